import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChaincodeStream } from '../../../../../network/embedded/chaincode/chaincode-stream';
import type { ChaincodeInvocation } from '../../../../../network/embedded/chaincode/chaincode-stream';
import { OpenIterators } from '../../../../../network/embedded/chaincode/open-iterators';
import { TransactionSimulator } from '../../../../../network/embedded/endorse/transaction-simulator';
import { chaincodeMessageType } from '../../../../../network/wire/chaincode-message';
import { FieldWriter } from '../../../../../network/wire/field-writer';
import { ManualClock } from '../../../../support/manual-clock';
import { accessToNoCollections } from '../../../../support/no-collections';
import { PretendChaincode } from '../../../../support/pretend-chaincode';

const { packageId } = PretendChaincode;

function anInvocation(txId: string): ChaincodeInvocation {
    const state = { get: () => undefined, range: () => [][Symbol.iterator]() };
    return {
        context: {
            txId,
            channelId: 'grid',
            namespace: 'basic',
            simulator: new TransactionSimulator(txId, state),
            access: accessToNoCollections(),
            historyOf: () => [],
            iterators: new OpenIterators(),
        },
        input: Buffer.from('0a0161', 'hex'),
        signedProposal: Buffer.from('0a0162', 'hex'),
    };
}

const answered = new FieldWriter().uint(1, 200).string(2, 'done').finish();

describe('ChaincodeStream', () => {
    let chaincode: PretendChaincode;
    let clock: ManualClock;
    let stream: ChaincodeStream;

    beforeEach(async () => {
        chaincode = new PretendChaincode();
        clock = new ManualClock();
        const address = await chaincode.start();
        stream = new ChaincodeStream({ address, packageId, dialTimeoutMs: 2000, executeTimeoutMs: 30_000 }, clock);
    });
    afterEach(() => {
        stream.stop();
        chaincode.stop();
    });

    it('answers REGISTER with REGISTERED and READY, then sends the transaction', async () => {
        const outcome = stream.execute(anInvocation('t1'));
        await chaincode.hears('TRANSACTION', 't1');
        expect(chaincode.heard.map(({ type }) => type)).toEqual([2, 4, 5]);
        chaincode.say('COMPLETED', { txId: 't1', payload: answered });
        expect((await outcome).response).toMatchObject({ status: 200, message: 'done' });
    });

    it('runs many transactions at once over one stream', async () => {
        const ids = ['t1', 't2', 't3'];
        const outcomes = ids.map(async (txId) => stream.execute(anInvocation(txId)));
        for (const txId of ids) await chaincode.hears('TRANSACTION', txId);
        for (const txId of ids.toReversed()) chaincode.say('COMPLETED', { txId, payload: answered });
        await Promise.all(outcomes);
        expect(chaincode.streams).toBe(1);
    });

    it('refuses a second run of the same transaction (TRANSACTION_RUNNING)', async () => {
        const first = stream.execute(anInvocation('t1'));
        await chaincode.hears('TRANSACTION', 't1');
        await expect(stream.execute(anInvocation('t1'))).rejects.toMatchObject({
            fault: { code: 'TRANSACTION_RUNNING' },
        });
        chaincode.say('COMPLETED', { txId: 't1', payload: answered });
        await first;
    });

    it('gives up after the execution timeout, and ignores what comes later (CHAINCODE_TIMEOUT)', async () => {
        const late = stream.execute(anInvocation('t1'));
        await chaincode.hears('TRANSACTION', 't1');
        clock.advance(29_999);
        expect(clock.pending).toBe(1);
        clock.advance(1);
        await expect(late).rejects.toThrow('error sending: timeout expired while executing transaction');
        chaincode.say('GET_STATE', { txId: 't1', payload: new FieldWriter().string(1, 'a').finish() });
        const error = await chaincode.hears('ERROR', 't1');
        expect(error.payload.toString()).toBe('GET_STATE failed: transaction ID: t1: no ledger context');
        chaincode.say('COMPLETED', { txId: 't1', payload: answered });
        const next = stream.execute(anInvocation('t2'));
        await chaincode.hears('TRANSACTION', 't2');
        chaincode.say('COMPLETED', { txId: 't2', payload: answered });
        expect((await next).response.status).toBe(200);
    });

    it('fails what runs when the stream ends, and dials again at the next call (CHAINCODE_STREAM_LOST)', async () => {
        const lost = stream.execute(anInvocation('t1'));
        await chaincode.hears('TRANSACTION', 't1');
        chaincode.endStream();
        await expect(lost).rejects.toThrow('error sending: chaincode stream terminated');
        const next = stream.execute(anInvocation('t2'));
        await chaincode.hears('TRANSACTION', 't2');
        chaincode.say('COMPLETED', { txId: 't2', payload: answered });
        await next;
        expect(chaincode.streams).toBe(2);
    });

    it('takes KEEPALIVE without an answer and ERROR as the end of the transaction (CHAINCODE_FAILED)', async () => {
        const failed = stream.execute(anInvocation('t1'));
        await chaincode.hears('TRANSACTION', 't1');
        chaincode.say('KEEPALIVE', {});
        chaincode.say('ERROR', { txId: 't1', payload: Buffer.from('no stub') });
        await expect(failed).rejects.toThrow('transaction returned with failure: no stub');
        expect(chaincode.heard.map(({ type }) => type)).not.toContain(chaincodeMessageType.KEEPALIVE);
    });

    it('ends a stream on which the chaincode sends what only a peer sends', async () => {
        const running = stream.execute(anInvocation('t1'));
        await chaincode.hears('TRANSACTION', 't1');
        chaincode.say('READY', {});
        await expect(running).rejects.toMatchObject({ fault: { code: 'CHAINCODE_STREAM_LOST' } });
    });

    it('ends a stream on which something comes that is no message of a chaincode', async () => {
        const running = stream.execute(anInvocation('t1'));
        await chaincode.hears('TRANSACTION', 't1');
        chaincode.sayBytes(Buffer.from('1a05', 'hex'));
        await expect(running).rejects.toMatchObject({ fault: { code: 'CHAINCODE_STREAM_LOST' } });
    });

    it('carries what is larger than the windows of HTTP/2, both ways and many at once', async () => {
        const ids = ['t1', 't2', 't3'];
        const value = Buffer.alloc(12_000_000, 'v');
        const outcomes = ids.map(async (txId) => stream.execute({ ...anInvocation(txId), input: value }));
        for (const txId of ids) {
            expect((await chaincode.hears('TRANSACTION', txId)).payload.equals(value)).toBe(true);
            const payload = new FieldWriter().uint(1, 200).bytes(3, value).finish();
            chaincode.say('COMPLETED', { txId, payload });
        }
        for (const { response } of await Promise.all(outcomes)) expect(response.payload.equals(value)).toBe(true);
        expect(chaincode.streams).toBe(1);
    });

    it('loses the stream over a message of more than 100 MiB, as gRPC does', async () => {
        const running = stream.execute(anInvocation('t1'));
        await chaincode.hears('TRANSACTION', 't1');
        const tooLong = { ...anInvocation('t2'), input: Buffer.alloc(100 * 1024 * 1024) };
        await expect(stream.execute(tooLong)).rejects.toMatchObject({ fault: { code: 'CHAINCODE_STREAM_LOST' } });
        await expect(running).rejects.toMatchObject({ fault: { code: 'CHAINCODE_STREAM_LOST' } });
    });

    it('tells the status that a chaincode ends the stream with before it registers (CHAINCODE_UNREACHABLE)', async () => {
        chaincode.greet = () => {
            chaincode.failStream(status.PERMISSION_DENIED, 'not today');
        };
        await expect(stream.execute(anInvocation('t1'))).rejects.toThrow(
            'connection to pretend:1 failed: 7 PERMISSION_DENIED: not today',
        );
        chaincode.greet = () => {
            chaincode.endStream();
        };
        await expect(stream.execute(anInvocation('t1'))).rejects.toThrow(
            'failed: the chaincode ended the stream before it registered',
        );
        chaincode.greet = () => {
            chaincode.sayBytes(Buffer.from('1a05', 'hex'));
        };
        await expect(stream.execute(anInvocation('t1'))).rejects.toThrow('These bytes are not a ChaincodeMessage');
    });

    it('does not take a chaincode that registers under another name (CHAINCODE_UNREACHABLE)', async () => {
        chaincode.registersAs = 'somebody:else';
        await expect(stream.execute(anInvocation('t1'))).rejects.toThrow(
            'could not launch chaincode pretend:1: connection to pretend:1 failed: ' +
                'it registered as "somebody:else" instead of "pretend:1"',
        );
    });

    it('says that nobody listens when nobody does (CHAINCODE_UNREACHABLE)', async () => {
        const address = '127.0.0.1:1';
        const nobody = { address, packageId, dialTimeoutMs: 60_000, executeTimeoutMs: 1000 };
        const startedAt = Date.now();
        await expect(new ChaincodeStream(nobody, clock).execute(anInvocation('t1'))).rejects.toMatchObject({
            fault: { code: 'CHAINCODE_UNREACHABLE', packageId },
            message:
                'could not launch chaincode pretend:1: connection to pretend:1 failed: error cannot create ' +
                `connection for pretend:1: error creating grpc connection to ${address}: failed to create new ` +
                'connection: connection error: desc = "transport: error while dialing: ' +
                `dial tcp ${address}: connect: connection refused"`,
        });
        expect(Date.now() - startedAt).toBeLessThan(2000);
    });

    it('finds a chaincode again that was away', async () => {
        await chaincode.restart(async () => {
            await expect(stream.execute(anInvocation('t1'))).rejects.toThrow('connection refused');
        });
        const found = stream.execute(anInvocation('t2'));
        await chaincode.hears('TRANSACTION', 't2');
        chaincode.say('COMPLETED', { txId: 't2', payload: answered });
        expect((await found).response.status).toBe(200);
    });

    it('waits for a chaincode that is being started, also beside an invocation that does not', async () => {
        let starting: Promise<void> | undefined;
        await chaincode.restart(async () => {
            const refused = stream.execute(anInvocation('t1'));
            starting = stream.connect(10_000);
            await expect(refused).rejects.toThrow('connection refused');
        });
        await starting;
        expect(stream.isConnected).toBe(true);
    });

    it('gives up waiting for one that does not come (CHAINCODE_UNREACHABLE)', async () => {
        const nobody = { address: '127.0.0.1:1', packageId, dialTimeoutMs: 60_000, executeTimeoutMs: 1000 };
        await expect(new ChaincodeStream(nobody, clock).connect(100)).rejects.toThrow(/: context deadline exceeded$/);
    });

    it('does not dial while it is held back', async () => {
        stream.holdBack('the test holds it');
        await expect(stream.execute(anInvocation('t1'))).rejects.toThrow('failed: the test holds it');
        expect(chaincode.streams).toBe(0);
        stream.resume();
        await stream.connect();
        expect(stream.isConnected).toBe(true);
    });
});
