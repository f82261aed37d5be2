import { describe, expect, it } from '@jest/globals';
import { OrderingService } from '../../../../network/client/ordering-service';
import type { OrdererConnection, OrdererOutcome } from '../../../../network/client/ordering-service';

type Behaviour = 'takes' | 'refuses' | 'has no leader' | 'hangs' | 'breaks off' | 'is away';

const outcomes: Readonly<Record<Exclude<Behaviour, 'hangs'>, OrdererOutcome>> = {
    takes: { answer: { status: 200, info: '' } },
    refuses: { answer: { status: 403, info: 'revoked' } },
    'has no leader': { answer: { status: 503, info: 'no Raft leader' } },
    'breaks off': { failure: 'the connection ended', mayBeTaken: true },
    'is away': { failure: 'it is not connected', mayBeTaken: false },
};

/** Orderers that do as they are told, and all that each was given. */
function someOrderers(behaviours: readonly Behaviour[]): {
    readonly service: OrderingService;
    readonly given: Uint8Array[][];
    readonly become: (behaviours: readonly Behaviour[]) => void;
} {
    let now = behaviours;
    const given: Uint8Array[][] = behaviours.map(() => []);
    const orderers = behaviours.map((_, at): OrdererConnection => ({
        name: `orderer${at}`,
        sendBroadcast: async (envelope, timeoutMs) => {
            given[at]?.push(envelope);
            const behaviour = now[at] ?? 'hangs';
            if (behaviour !== 'hangs') return outcomes[behaviour];
            return new Promise((resolve) => {
                setTimeout(() => {
                    resolve({ failure: 'no answer', mayBeTaken: true });
                }, timeoutMs);
            });
        },
    }));
    const service = new OrderingService({ orderers: () => orderers, orderTimeoutMs: 40, random: () => 0 });
    const become = (changed: readonly Behaviour[]): void => {
        now = changed;
    };
    return { service, given, become };
}

const anEnvelope = (name: string): Buffer => Buffer.from(name);

describe('OrderingService', () => {
    it.each(['hangs', 'has no leader', 'breaks off', 'is away'] as const)(
        'gives the same envelope to the next orderer when one %s',
        async (behaviour) => {
            const { service, given } = someOrderers([behaviour, 'takes']);
            const envelope = anEnvelope('a');
            await service.order(envelope, 1_000);
            expect(given).toEqual([[envelope], [envelope]]);
            expect(given.flat().every((each) => each === envelope)).toBe(true);
        },
    );

    it('asks an orderer that failed last, the next time', async () => {
        const { service, given } = someOrderers(['hangs', 'takes']);
        for (const id of ['a', 'b', 'c']) await service.order(anEnvelope(id), 1_000);
        expect(given.map((each) => each.length)).toEqual([1, 3]);
    });

    it('takes no for an answer: NOT_ORDERED, with what the orderer says', async () => {
        const { service, given } = someOrderers(['refuses', 'takes']);
        const ordered = service.order(anEnvelope('a'), 1_000);
        await expect(ordered).rejects.toMatchObject({ fault: { code: 'NOT_ORDERED', why: 'status 403 revoked' } });
        expect(given.flat()).toHaveLength(1);
    });

    it('tells a transaction that nobody can have taken from one that somebody may have', async () => {
        const nobody = someOrderers(['is away', 'has no leader']).service.order(anEnvelope('a'), 300);
        await expect(nobody).rejects.toMatchObject({ fault: { code: 'NOT_ORDERED' } });
        const somebody = someOrderers(['is away', 'hangs']).service.order(anEnvelope('a'), 300);
        await expect(somebody).rejects.toMatchObject({ fault: { code: 'COMMIT_TIMEOUT', afterMs: 300 } });
    });

    it('goes on asking until there is a leader', async () => {
        const { service, become } = someOrderers(['has no leader', 'hangs']);
        const ordered = service.order(anEnvelope('a'), 5_000);
        setTimeout(() => {
            become(['has no leader', 'takes']);
        }, 200);
        await expect(ordered).resolves.toBeUndefined();
    });

    it('goes on no longer when it is closed, and says whether an orderer may have taken the envelope', async () => {
        for (const [behaviour, code] of [
            ['is away', 'NOT_ORDERED'],
            ['breaks off', 'COMMIT_UNKNOWN'],
        ] as const) {
            const { service } = someOrderers([behaviour]);
            const ordered = service.order(anEnvelope('a'), 60_000);
            service.close();
            await expect(ordered).rejects.toMatchObject({ fault: { code } });
        }
    });

    it('gives an envelope once more, whatever is said to it', async () => {
        const { service, given } = someOrderers(['refuses']);
        await expect(service.repeat(anEnvelope('lost'))).resolves.toBeUndefined();
        expect(given[0]).toEqual([anEnvelope('lost')]);
    });
});
