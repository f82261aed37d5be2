import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FleetSwitch } from '../../../../caliper/terminals/switches';
import { initialReport, moveReport, switchesOf } from '../../../../caliper/terminals/switches';
import { loadNetwork } from '../../../../network/topology/load-network';
import type { Network } from '../../../../network/topology/network-model';

describe('switchesOf', () => {
    let wireless: Network;

    beforeAll(async () => {
        wireless = await loadNetwork('wireless');
    });

    it('has one switch of each terminal, and whoever holds the gateway over which the terminal speaks', () => {
        const switches = switchesOf(wireless);
        expect(switches.map(({ terminalId }) => terminalId).sort()).toEqual(
            wireless.terminals.map(({ id }) => id).sort(),
        );
        for (const { terminalId, holderId, medium, command } of switches) {
            const terminal = wireless.terminals.find(({ id }) => id === terminalId);
            const { isConcentrator = true, concentrators = [] } = terminal ?? {};
            const isServed = medium === 'lte-230' && !isConcentrator;
            expect(isServed ? concentrators : [terminalId]).toContain(holderId);
            expect(command).toBe(terminalId.startsWith('TTU') ? 'single' : 'double');
        }
    });

    it('depends on the seed alone, and lets no medium wait for long or come in a row', () => {
        const media = switchesOf(wireless).map(({ medium }) => medium);
        expect(switchesOf(wireless).map(({ medium }) => medium)).toEqual(media);
        expect(switchesOf({ ...wireless, seed: 7 }).map(({ medium }) => medium)).not.toEqual(media);
        const runs = media.join(' ').match(/(lte-230 ?)+/g) ?? [];
        expect(Math.max(...runs.map((run) => run.trim().split(' ').length))).toBeLessThan(6);
    });
});

describe('the reports of a switch', () => {
    const one: FleetSwitch = {
        terminalId: 'FTU-S012',
        deviceId: 'Q0',
        command: 'double',
        medium: 'epon',
        holderId: 'FTU-S012',
        nextSoe: 41,
        position: 'off',
    };

    it('begin with where it stands and go to and fro, each under the next number', () => {
        const reports = [initialReport(one, 5), ...[0, 1, 2].map((moves) => moveReport(one, moves, 6 + moves))];
        expect(reports.map(({ soe, cause, position, timeMs }) => [soe, cause, position, timeMs])).toEqual([
            [41, 'initialized', { type: 'double', state: 'off' }, 5],
            [42, 'spontaneous', { type: 'double', state: 'on' }, 6],
            [43, 'spontaneous', { type: 'double', state: 'off' }, 7],
            [44, 'spontaneous', { type: 'double', state: 'on' }, 8],
        ]);
    });
});
