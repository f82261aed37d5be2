import { describe, expect, it } from '@jest/globals';
import { encodeFault } from '../../../../chaincode/src/faults/fault-api';
import { collectEndorsements, type EndorsedResult } from '../../../../network/client/collect-endorsements';
import type { EndorsementPlan } from '../../../../network/client/endorsement-plan';
import { newFailure, notConnected } from '../../../../network/grpc/grpc-status';
import type { PeerAnswer } from '../../../../network/client/peer-answer';

const suspended = encodeFault({ code: 'TERMINAL_SUSPENDED', terminalId: 'DTU-B004' });

/** Two of three organisations, one peer each. */
const twoOfThree: EndorsementPlan = {
    groups: Object.fromEntries(['a', 'b', 'c'].map((name) => [name, [{ address: name, mspId: name }]])),
    layouts: [
        { a: 1, b: 1 },
        { b: 1, c: 1 },
        { a: 1, c: 1 },
    ],
};

const endorsing = (peer: string, payload = 'result'): PeerAnswer => ({
    peer,
    response: {
        response: { status: 200, message: '', payload: Buffer.alloc(0) },
        payload: Buffer.from(payload),
        endorsement: { endorser: Buffer.from(peer), signature: Buffer.from('signature') },
    },
});
const refusing = (peer: string, message: string): PeerAnswer => ({
    peer,
    response: { response: { status: 500, message, payload: Buffer.alloc(0) } },
});
const away = (peer: string): PeerAnswer => ({ peer, failure: notConnected('ECONNREFUSED') });
const late = (peer: string): PeerAnswer => ({ peer, failure: newFailure(4, 'no answer within 3000 ms') });

/** What comes of these answers, and who was asked. */
async function collect(
    answers: Readonly<Record<string, PeerAnswer>>,
    { plan = twoOfThree, suspects = [] }: { plan?: EndorsementPlan; suspects?: readonly string[] } = {},
): Promise<{ readonly result: Promise<EndorsedResult>; readonly asked: string[] }> {
    const asked: string[] = [];
    const result = collectEndorsements({
        plan,
        isSuspect: ({ address }) => suspects.includes(address),
        ask: ({ address }) => {
            asked.push(address);
            return Promise.resolve(answers[address] ?? away(address));
        },
        random: () => 0,
        requestTimeoutMs: 3_000,
    });
    await result.catch(() => undefined);
    return { result, asked };
}

const endorsersOf = async (result: Promise<EndorsedResult>): Promise<string[]> =>
    (await result).endorsements.map(({ endorser }) => endorser.toString());

describe('collectEndorsements', () => {
    it('asks as many peers as one layout wants, and no more', async () => {
        const { result, asked } = await collect({ a: endorsing('a'), b: endorsing('b'), c: endorsing('c') });
        expect(asked).toEqual(['a', 'b']);
        expect(await endorsersOf(result)).toEqual(['a', 'b']);
        expect((await result).payload.toString()).toBe('result');
    });

    it.each([
        ['is away', away('b')],
        ['is late', late('b')],
        ['cannot reach its chaincode', refusing('b', 'could not launch chaincode: connection refused')],
        ['says something else', endorsing('b', 'another result')],
        ['is behind, and its contract refuses', refusing('b', suspended)],
    ])('takes another organisation when one %s, and asks nobody twice', async (_what, answer) => {
        const { result, asked } = await collect({ a: endorsing('a'), b: answer, c: endorsing('c') });
        expect(asked).toEqual(['a', 'b', 'c']);
        expect(await endorsersOf(result)).toEqual(['a', 'c']);
    });

    it('asks peers that failed lately last', async () => {
        const all = { a: endorsing('a'), b: endorsing('b'), c: endorsing('c') };
        const { asked } = await collect(all, { suspects: ['a'] });
        expect(asked).toEqual(['b', 'c']);
    });

    it('cannot ask where discovery tells of nobody: CLIENT_UNREACHABLE', async () => {
        const { result, asked } = await collect({}, { plan: { groups: {}, layouts: [] } });
        expect(asked).toEqual([]);
        await expect(result).rejects.toMatchObject({ fault: { code: 'CLIENT_UNREACHABLE', why: 'none is known' } });
    });

    it('takes the next peer of the same group', async () => {
        const pair = ['a', 'b'].map((address) => ({ address, mspId: 'm' }));
        const plan = { groups: { m: pair }, layouts: [{ m: 1 }] };
        const { result, asked } = await collect({ a: away('a'), b: endorsing('b') }, { plan });
        expect(asked).toEqual(['a', 'b']);
        expect(await endorsersOf(result)).toEqual(['b']);
    });

    it('takes a contract’s no for an answer when all that were asked give it: CHAINCODE_FAULT', async () => {
        const { result, asked } = await collect({ a: refusing('a', suspended), b: refusing('b', suspended) });
        expect(asked).toEqual(['a', 'b']);
        const fault = { code: 'TERMINAL_SUSPENDED', terminalId: 'DTU-B004' };
        await expect(result).rejects.toMatchObject({ fault: { code: 'CHAINCODE_FAULT', fault } });
    });

    it.each([
        ['too few are there', { a: endorsing('a') }, { code: 'CLIENT_UNREACHABLE', why: 'b: ECONNREFUSED' }],
        ['one was late', { a: late('a'), b: endorsing('b') }, { code: 'REQUEST_TIMEOUT', afterMs: 3_000 }],
        [
            'all refuse without a fault of a contract',
            { a: refusing('a', 'access\n denied'), b: refusing('b', 'access denied'), c: refusing('c', 'no') },
            { code: 'ENDORSEMENT_FAILED', why: 'access denied; no' },
        ],
        [
            'no two agree',
            { a: endorsing('a', '1'), b: endorsing('b', '2'), c: endorsing('c', '3') },
            { code: 'ENDORSEMENT_FAILED', why: 'the peers endorsed different results' },
        ],
    ])('says why when %s', async (_what, answers: Record<string, PeerAnswer>, fault) => {
        const { result } = await collect(answers);
        await expect(result).rejects.toMatchObject({ fault });
    });
});
