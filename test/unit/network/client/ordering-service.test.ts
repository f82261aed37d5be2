import { describe, expect, it } from '@jest/globals';
import { OrderingService } from '../../../../network/client/ordering-service';
import type { OrdererAnswer, OrdererConnection, SignedEnvelope } from '../../../../network/client/ordering-service';
import { FieldWriter } from '../../../../network/wire/field-writer';

type Behaviour = 'takes' | 'refuses' | 'has no leader' | 'hangs' | 'breaks off' | 'is away';

const answers: Partial<Record<Behaviour, OrdererAnswer>> = {
    takes: { status: 'SUCCESS' },
    refuses: { status: 'FORBIDDEN' },
    'has no leader': { status: 'SERVICE_UNAVAILABLE', info: 'no Raft leader' },
};

/** Orderers that do as they are told, and all that each was given. */
function someOrderers(behaviours: readonly Behaviour[]): {
    readonly service: OrderingService;
    readonly given: SignedEnvelope[][];
    readonly become: (behaviours: readonly Behaviour[]) => void;
} {
    let now = behaviours;
    const given: SignedEnvelope[][] = behaviours.map(() => []);
    const orderers = behaviours.map((_, at): OrdererConnection => ({
        name: `orderer${at}`,
        sendBroadcast: async (envelope, timeoutMs) => {
            given[at]?.push(envelope);
            const behaviour = now[at] ?? 'hangs';
            const answer = answers[behaviour];
            if (answer) return answer;
            return new Promise((_resolve, reject) => {
                setTimeout(
                    () => {
                        reject(new Error('REQUEST TIMEOUT'));
                    },
                    behaviour === 'hangs' ? timeoutMs : 0,
                );
            });
        },
    }));
    const service = new OrderingService({
        orderers: () => orderers,
        isReady: async ({ name }) => Promise.resolve(now[Number(name.at(-1))] !== 'is away'),
        orderTimeoutMs: 40,
        random: () => 0,
    });
    const become = (changed: readonly Behaviour[]): void => {
        now = changed;
    };
    return { service, given, become };
}

function anEnvelope(transactionId: string): SignedEnvelope {
    const channelHeader = new FieldWriter().string(5, transactionId).finish();
    const header = new FieldWriter().message(1, channelHeader).finish();
    return { payload: new FieldWriter().message(1, header).finish(), signature: Buffer.alloc(0) };
}

describe('OrderingService', () => {
    it.each(['hangs', 'has no leader', 'breaks off', 'is away'] as const)(
        'gives the same envelope to the next orderer when one %s',
        async (behaviour) => {
            const { service, given } = someOrderers([behaviour, 'takes']);
            const envelope = anEnvelope('a');
            expect(await service.sendBroadcast(envelope, 1_000)).toEqual({ status: 'SUCCESS' });
            expect(given.flat().every((each) => each === envelope)).toBe(true);
            expect(given[1]).toHaveLength(1);
        },
    );

    it('asks an orderer that failed last, the next time', async () => {
        const { service, given } = someOrderers(['hangs', 'takes']);
        for (const id of ['a', 'b', 'c']) await service.sendBroadcast(anEnvelope(id), 1_000);
        expect(given.map((each) => each.length)).toEqual([1, 3]);
    });

    it('takes no for an answer, and says the same again to the SDK’s second attempt', async () => {
        const { service, given } = someOrderers(['refuses', 'takes']);
        const envelope = anEnvelope('a');
        const twice = [await service.sendBroadcast(envelope, 1_000), await service.sendBroadcast(envelope, 1_000)];
        expect(twice).toEqual([{ status: 'FORBIDDEN' }, { status: 'FORBIDDEN' }]);
        expect(given.flat()).toHaveLength(1);
    });

    it('tells a transaction that nobody can have taken from one that somebody may have', async () => {
        const nobody = someOrderers(['is away', 'has no leader']).service.sendBroadcast(anEnvelope('a'), 300);
        await expect(nobody).rejects.toMatchObject({ fault: { code: 'NOT_ORDERED' } });
        const somebody = someOrderers(['is away', 'hangs']).service.sendBroadcast(anEnvelope('a'), 300);
        await expect(somebody).rejects.toMatchObject({ fault: { code: 'COMMIT_TIMEOUT', afterMs: 300 } });
    });

    it('goes on asking until there is a leader', async () => {
        const { service, become } = someOrderers(['has no leader', 'hangs']);
        const ordered = service.sendBroadcast(anEnvelope('a'), 5_000);
        setTimeout(() => {
            become(['has no leader', 'takes']);
        }, 200);
        expect(await ordered).toEqual({ status: 'SUCCESS' });
    });

    it('orders again what was ordered and not settled, and nothing else', async () => {
        const { service, given } = someOrderers(['takes']);
        const [lost, settled] = [anEnvelope('lost'), anEnvelope('settled')];
        await service.sendBroadcast(lost, 1_000);
        await service.sendBroadcast(settled, 1_000);
        service.settle('settled');
        for (const id of ['lost', 'settled', 'never sent']) await service.repeat(id);
        expect(given[0]).toEqual([lost, settled, lost]);
        expect(given[0]?.[2]).toBe(lost);
    });
});
