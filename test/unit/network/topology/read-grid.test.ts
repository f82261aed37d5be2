import { describe, expect, it } from '@jest/globals';

import { parseGrid, readGrid } from '../../../../network/topology/read-grid';
import type { GridFiles } from '../../../../network/topology/read-grid';
import { readShippedTopology } from '../../../support/read-shipped-topology';

const sound: GridFiles = {
    'buses.csv': 'bus,name,vn_kv,lon,lat,subnet,substation\n0,busbar,20.0,11,53,M,S\n1,node,20.0,11,53,M,\n',
    'lines.csv':
        'line,name,from_bus,to_bus,length_km,r_ohm_per_km,x_ohm_per_km,max_i_ka,subnet\n0,L,0,1,0.3,0.4,0.1,0.2,F_Feeder1\n',
    'switches.csv': 'switch,name,bus,element,et,type,closed\n0,S,0,0,l,CB,True\n1,T,1,0,l,LBS,False\n',
    'loads.csv': 'load,name,bus,p_mw,q_mvar,profile\n0,L,1,0.08,0.03,lv_rural1\n',
    'transformers.csv': 'transformer,name,hv_bus,lv_bus,sn_mva\n0,T,0,1,25\n',
};

function findingsOf(change: Partial<GridFiles>): unknown {
    try {
        parseGrid({ ...sound, ...change }, 'data/x');
    } catch (error) {
        return (error as { fault: unknown }).fault;
    }
    return undefined;
}

describe('parseGrid', () => {
    it('reads numbers, kinds and yes or no', () => {
        const grid = parseGrid(sound, 'data/x');
        expect(grid.switches[1]).toEqual({
            switch: '1',
            name: 'T',
            bus: '1',
            element: '0',
            elementType: 'line',
            type: 'LBS',
            closed: false,
        });
        expect(grid.lines[0]).toMatchObject({ fromBus: '0', toBus: '1', lengthKm: 0.3, subnet: 'F_Feeder1' });
    });

    it('tells every finding with file and line under GRID_DATA_INVALID', () => {
        const fault = findingsOf({
            'buses.csv': 'bus,name,vn_kv,lon,lat,subnet,substation\n0,a,much,11,53,M,S\n0,b,20,11,53,M,\n1,c,20,11\n',
            'lines.csv': sound['lines.csv'].replace('0,L,0,1', '0,L,0,7'),
            'switches.csv': sound['switches.csv'].replace('l,CB,True', 'q,CB,perhaps'),
            'loads.csv': 'load,name\n0,L\n',
        });
        expect(fault).toEqual({
            code: 'GRID_DATA_INVALID',
            folder: 'data/x',
            findings: expect.arrayContaining([
                { path: 'buses.csv:4', message: 'must have 7 cells' },
                { path: 'buses.csv:2', message: 'vn_kv must be a number, not "much"' },
                { path: 'buses.csv:3', message: 'number 0 is given twice' },
                { path: 'lines.csv:2', message: 'names bus 7, which is not in the data' },
                { path: 'switches.csv:2', message: 'et must be one of l, b, t, not "q"' },
                { path: 'switches.csv:2', message: 'closed must be one of True, False, not "perhaps"' },
                { path: 'loads.csv:1', message: 'lacks the column bus, p_mw, q_mvar, profile' },
            ]),
        });
    });

    it('refuses an empty cell where a number is due', () => {
        expect(findingsOf({ 'loads.csv': sound['loads.csv'].replace('0.08', '') })).toMatchObject({
            findings: [{ path: 'loads.csv:2', message: 'p_mw must be a number, not ""' }],
        });
    });
});

describe('readGrid', () => {
    it('reads both grids that ship', async () => {
        const urban = await readShippedTopology('wired');
        const rural = await readShippedTopology('wireless');
        expect([urban.grid.buses.length, urban.grid.lines.length]).toEqual([144, 147]);
        expect([rural.grid.buses.length, rural.grid.lines.length]).toEqual([97, 99]);
    });

    it('names every file that is not there', async () => {
        await expect(readGrid('/nowhere', 'data/nowhere')).rejects.toMatchObject({
            fault: { code: 'GRID_DATA_INVALID', findings: Array(5).fill({ message: 'cannot be read' }) },
        });
    });
});
