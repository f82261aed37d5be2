import { beforeAll, describe, expect, it } from '@jest/globals';

import { shareTerminals } from '../../../../caliper/terminals/share-terminals';
import { openTerminalFleet, TerminalFleet } from '../../../../caliper/terminals/terminal-fleet';
import type { FleetReading } from '../../../../caliper/terminals/terminal-fleet';
import { readingUnits } from '../../../../chaincode/src/measurement/measurement-api';
import { loadNetwork } from '../../../../network/topology/load-network';
import type { Network } from '../../../../network/topology/network-model';

let wireless: Network;

beforeAll(async () => {
    wireless = await loadNetwork('wireless');
});

async function take(network: Network, workerIndex: number, count: number): Promise<FleetReading[]> {
    const fleet = await openTerminalFleet(network, workerIndex);
    return Array.from({ length: count }, (_, index) => fleet.nextReading(1_000 + index));
}

describe('shareTerminals', () => {
    it('gives every terminal to exactly one worker, and each worker its medium only', () => {
        const shares = shareTerminals(wireless);
        const ids = shares.flatMap(({ terminals }) => terminals.map(({ terminal }) => terminal.id));
        expect([...ids].sort()).toEqual(wireless.terminals.map(({ id }) => id).sort());
        for (const [index, { medium, terminals }] of shares.entries()) {
            expect(medium).toBe(wireless.workers[index]?.medium);
            expect(new Set(terminals.map(({ terminal }) => terminal.medium))).toEqual(new Set([medium]));
        }
    });

    it('splits a medium evenly over its workers', () => {
        expect(shareTerminals(wireless).map(({ terminals }) => terminals.length)).toEqual([9, 8, 14, 14, 15]);
    });

    it('opens gateways for concentrators only on LTE-230, and for every terminal elsewhere', () => {
        const [five, , , , radio] = shareTerminals(wireless);
        expect(five?.gateways).toHaveLength(9);
        expect(radio?.gateways.map(({ id }) => id)).toEqual(['DTU-B026', 'DTU-B027', 'DTU-B053', 'DTU-B063']);
        for (const { terminal, reporter } of radio?.terminals ?? []) {
            expect(terminal.isConcentrator ? [terminal.id] : terminal.concentrators).toContain(reporter.id);
        }
    });
});

describe('TerminalFleet', () => {
    it('gives the same readings for the same seed, and others for another', async () => {
        const values = async (seed: number): Promise<unknown[]> =>
            (await take({ ...wireless, seed }, 4, 40)).map(({ reading }) => [
                reading.terminalId,
                reading.type,
                reading.value,
            ]);
        expect(await values(1)).toEqual(await values(1));
        expect(await values(2)).not.toEqual(await values(1));
    });

    it('lets each terminal report in turn, at the time asked for', async () => {
        const readings = await take(wireless, 0, 18);
        const ids = readings.map(({ reading }) => reading.terminalId);
        expect(new Set(ids.slice(0, 9)).size).toBe(9);
        expect(ids.slice(9)).toEqual(ids.slice(0, 9));
        expect(readings.map(({ reading }) => reading.timeMs)).toEqual(readings.map((_, index) => 1_000 + index));
    });

    it('goes through all types that a terminal measures, in units the ledger knows', async () => {
        const byTerminal = new Map<string, Set<string>>();
        for (const { terminal, reading } of await take(wireless, 0, 36)) {
            const units: readonly string[] = readingUnits[reading.type];
            expect(units).toContain(reading.unit);
            expect(Number.isFinite(reading.value)).toBe(true);
            expect(reading.quality).toBe('valid');
            byTerminal.set(terminal.id, (byTerminal.get(terminal.id) ?? new Set()).add(reading.type));
        }
        expect(byTerminal.get('DTU-B002')?.size).toBe(4);
        expect(byTerminal.get('FTU-S030')?.size).toBe(2);
    });

    it('stays near the nominal voltage on every medium', async () => {
        for (const worker of [0, 2, 4]) {
            const voltages = (await take(wireless, worker, 60)).filter(({ reading }) => reading.type === 'voltage');
            expect(voltages.length).toBeGreaterThan(5);
            for (const { reading } of voltages) {
                expect(reading.value).toBeGreaterThan(18);
                expect(reading.value).toBeLessThan(22);
            }
        }
    });

    it('gives terminals to query without taking readings', async () => {
        const fleet = await openTerminalFleet(wireless, 4);
        const ids = Array.from({ length: 15 }, () => fleet.nextTerminal().terminal.id);
        expect(new Set(ids).size).toBe(15);
    });

    it('refuses to speak for nobody with TOPOLOGY_INVALID', () => {
        const nothing = { startMs: 0, stepMs: 1, steps: 2, series: {} as never };
        const fleet = new TerminalFleet({ medium: 'epon', terminals: [], gateways: [] }, nothing, 1);
        expect(() => fleet.nextReading(0)).toThrow('no terminal is left for a worker on epon');
    });
});
