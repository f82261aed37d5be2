import { describe, expect, it } from '@jest/globals';
import type { ClientResult, ClientsRecord, MeasuredClient } from '../../../../caliper/clients/clients-record';
import { compare } from '../../../../caliper/clients/measure-clients';
import { checkClients, renderClients } from '../../../../caliper/clients/render-clients';

const aClient = (...rounds: readonly (readonly [tps: number, cpuMs: number])[]): MeasuredClient => ({
    tps: 0,
    cpuMsPerTransaction: 0,
    failed: 0,
    ellipticSignatures: 0,
    rounds: rounds.map(([tps, cpuMsPerTransaction]) => ({ tps, cpuMsPerTransaction })),
});

const aResult = (more: Partial<ClientResult> = {}): ClientResult => ({
    operation: 'set',
    inFlight: 100,
    transactions: 500,
    own: aClient(),
    stock: aClient(),
    throughputRatio: 1.5,
    cpuRatio: 0.3,
    ...more,
});

const aRecord = (backend: string, ...results: ClientResult[]): ClientsRecord => ({
    schemaVersion: 1,
    startedAt: '2026-05-01T12:00:00.000Z',
    conditions: {
        backend,
        topology: 'wired',
        pairs: 5,
        gateways: 6,
        warmedWith: 500,
        relays: false,
        own: 'ours',
        stock: 'stock',
        blockCutting: { timeoutMs: 50, maxMessageCount: 100, preferredMaxBytes: 1, absoluteMaxBytes: 1 },
        machine: { cpuModel: 'a processor', cores: 2, memoryMb: 1, node: 'v20' },
        versions: {},
    },
    results,
});

describe('the comparison of the clients', () => {
    it('takes the median of the pairs’ own ratios, so that a slow minute weighs on neither side', () => {
        const own = aClient([200, 1], [20, 10], [180, 2]);
        const stock = aClient([100, 4], [10, 40], [100, 4]);
        const { throughputRatio, cpuRatio } = compare(own, stock);
        expect([throughputRatio, cpuRatio]).toEqual([2, 0.25]);
    });

    it.each([
        ['set', { throughputRatio: 1.4, cpuRatio: 0.4 }, [true, true, true]],
        ['set', { throughputRatio: 1.39, cpuRatio: 0.41 }, [false, false, true]],
        ['query', { throughputRatio: 2.2, cpuRatio: 0.3 }, [true, true, true]],
        ['query', { throughputRatio: 2.19, cpuRatio: 0.31 }, [false, false, true]],
        ['set', { own: { ...aClient(), failed: 1 } }, [true, true, false]],
    ] as const)('judges %s with %j on native Fabric', (operation, more, kept) => {
        const checked = checkClients(aRecord('native', aResult({ operation, ...more })));
        expect(checked.map((target) => target.kept)).toEqual(kept);
    });

    it('judges nothing elsewhere, and says so', () => {
        const record = aRecord('embedded', aResult({ cpuRatio: 9 }));
        expect(checkClients(record)).toEqual([]);
        expect(renderClients(record)).toContain('none is judged here');
    });

    it('shows both clients, their ratio, and a target that is missed', () => {
        const text = renderClients(aRecord('native', aResult({ cpuRatio: 0.5 })));
        expect(text).toMatch(/set stock +0 +0\.00 +0 +0\nset ours/);
        expect(text).toContain('MISSED  set: client CPU a transaction by stock');
        expect(text).toContain('kept    set: throughput by stock');
    });
});
