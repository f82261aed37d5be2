import type { CheckedTarget } from '../capacity/render-capacity';
import type { ComparedOperation } from './client-messages';
import type { ClientsRecord } from './clients-record';

/** What our client must save on native Fabric, beside the stock one. */
export const clientTargets: Readonly<
    Record<ComparedOperation, { readonly throughputAtLeast: number; readonly cpuAtMost: number }>
> = {
    set: { throughputAtLeast: 1.4, cpuAtMost: 0.4 },
    query: { throughputAtLeast: 2.2, cpuAtMost: 0.3 },
};

/** The comparison on a terminal: a line an operation and client, and on native Fabric each target with what was found. */
export function renderClients({ conditions, results }: ClientsRecord): string {
    const line = (what: string, figures: readonly string[]): string =>
        [what.padEnd(14), ...figures.map((figure) => figure.padStart(10))].join(' ');
    const rows = results.flatMap(({ operation, own, stock, throughputRatio, cpuRatio }) => [
        ...[['stock', stock] as const, ['ours', own] as const].map(([name, client]) =>
            line(`${operation} ${name}`, [
                client.tps.toFixed(0),
                client.cpuMsPerTransaction.toFixed(2),
                String(client.failed),
                String(client.ellipticSignatures),
            ]),
        ),
        line('  ratio', [throughputRatio.toFixed(2), cpuRatio.toFixed(2)]),
    ]);
    const targets = checkClients({ conditions, results }).map(
        ({ name, found, wanted, kept }) => `${kept ? 'kept  ' : 'MISSED'}  ${name}: ${found} (wanted ${wanted})`,
    );
    return [
        `Back end ${conditions.backend}; ${results[0]?.inFlight ?? 0} in flight over ${conditions.gateways} gateways, ` +
            `medians of ${conditions.pairs} alternating pairs, each client in a process of its own.`,
        '',
        line('', ['TPS', 'client ms', 'failed', 'elliptic']),
        ...rows,
        '',
        ...(targets.length > 0 ? targets : ['The targets are those of native Fabric: none is judged here.']),
    ].join('\n');
}

/** The targets with what was found; none on another back end than native Fabric. */
export function checkClients({ conditions, results }: Pick<ClientsRecord, 'conditions' | 'results'>): CheckedTarget[] {
    if (conditions.backend !== 'native') return [];
    return results.flatMap(({ operation, own, throughputRatio, cpuRatio }) => {
        const { throughputAtLeast, cpuAtMost } = clientTargets[operation];
        return [
            {
                name: `${operation}: throughput by stock's`,
                found: throughputRatio.toFixed(2),
                wanted: `at least ${throughputAtLeast}`,
                kept: throughputRatio >= throughputAtLeast,
            },
            {
                name: `${operation}: client CPU a transaction by stock's`,
                found: cpuRatio.toFixed(2),
                wanted: `at most ${cpuAtMost}`,
                kept: cpuRatio <= cpuAtMost,
            },
            {
                name: `${operation}: lost by our client`,
                found: String(own.failed),
                wanted: 'none',
                kept: own.failed === 0,
            },
        ];
    });
}
