import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { discovery, gossip } from 'fabric-protos/bundle';
import { describe, expect, it } from '@jest/globals';
import { OpenIterators } from '../../network/embedded/chaincode/open-iterators';
import { answerChaincode } from '../../network/embedded/chaincode/answer-chaincode';
import type { TransactionContext } from '../../network/embedded/chaincode/answer-chaincode';
import { TransactionSimulator } from '../../network/embedded/endorse/transaction-simulator';
import { newChaincodeMessage, parseChaincodeMessage, parseRegisteredName } from '../../network/wire/chaincode-message';
import { newMembershipResult, parseDiscoveryRequest } from '../../network/wire/discovery';
import {
    newChaincodeInterest,
    newProposalResponse,
    newProposalResponsePayload,
    parseProposalResponse,
} from '../../network/wire/proposal-response';
import { parseSignedProposal } from '../../network/wire/proposal';
import { parseSerializedIdentity } from '../../network/wire/serialized-identity';
import { parseChaincodeAction, parseResponse } from '../../network/wire/transaction';
import { FieldReader } from '../../network/wire/field-reader';
import { recorded, recordedBytes } from '../support/recorded-fabric';
import { accessToNoCollections } from '../support/no-collections';

interface StreamMessage {
    readonly from: 'peer' | 'chaincode';
    readonly type: string;
    readonly txid: string;
    readonly base64: string;
}
const streams = JSON.parse(readFileSync(join(__dirname, 'vectors', 'chaincode-stream.json'), 'utf8')) as Record<
    'registration' | 'put' | 'readAndPut' | 'history' | 'event' | 'chaincodeError',
    readonly StreamMessage[]
>;

function bytesOf(stream: readonly StreamMessage[], from: StreamMessage['from'], type: string): Buffer {
    const message = stream.find((each) => each.from === from && each.type === type);
    return Buffer.from(message?.base64 ?? '', 'base64');
}

describe('a recorded proposal', () => {
    const proposal = parseSignedProposal(recordedBytes('signed-proposal.pb'));
    const vector = recorded.vectors.find(({ name }) => name === 'signed-proposal.pb');

    it('is read down to its arguments', () => {
        expect(proposal).toMatchObject({ channelId: 'grid', chaincodeName: 'basic', specChaincodeName: 'basic' });
        expect(proposal.txId).toBe(vector?.txid);
        expect(proposal.input?.args.map(String)).toEqual(['put', 'feeder/F1', 'closed']);
    });

    it.each(['signed-proposal.pb', 'proposal-private-put.pb'])(
        'of %s hashes to what the endorsers signed, transient data left out',
        (name) => {
            const expected = recorded.vectors.find((each) => each.name === name)?.proposalHash;
            expect(expected).toMatch(/^[0-9a-f]{64}$/);
            expect(parseSignedProposal(recordedBytes(name)).proposalHash.toString('hex')).toBe(expected);
        },
    );

    it('is answered with the bytes that the peers signed', () => {
        for (const name of ['proposal-response-dispatch.pb', 'proposal-response-north.pb']) {
            const answer = parseProposalResponse(recordedBytes(name));
            const action = parseChaincodeAction(extensionOf(answer.payload));
            const payload = newProposalResponsePayload({
                proposalHash: proposal.proposalHash,
                results: action.results,
                response: answer.response,
                event: undefined,
                txId: proposal.txId,
                chaincodeName: 'basic',
                chaincodeVersion: '1.0',
            });
            expect(payload).toEqual(answer.payload);
        }
    });

    it('is answered with the peer’s whole answer, interest included', () => {
        const bytes = recordedBytes('proposal-response-dispatch.pb');
        const answer = parseProposalResponse(bytes);
        expect(answer.interest).toEqual(newChaincodeInterest([{ name: 'basic', collections: [] }]));
        expect(newProposalResponse(answer)).toEqual(bytes);
    });

    it('with an event is answered with the event, its chaincode and transaction filled in', () => {
        const answer = parseProposalResponse(recordedBytes('proposal-response-event.pb'));
        const action = parseChaincodeAction(extensionOf(answer.payload));
        const { event, txId } = parseChaincodeMessage(bytesOf(streams.event, 'chaincode', 'COMPLETED'));
        expect(event).toBeDefined();
        const payload = newProposalResponsePayload({
            proposalHash: proposalHashOf(answer.payload),
            results: action.results,
            response: answer.response,
            event,
            txId: recorded.vectors.find(({ name }) => name === 'proposal-response-event.pb')?.txid ?? txId,
            chaincodeName: 'basic',
            chaincodeVersion: '1.0',
        });
        expect(payload).toEqual(answer.payload);
    });
});

describe('a recorded chaincode stream', () => {
    it('begins with the package id and is answered with REGISTERED and READY', () => {
        const register = parseChaincodeMessage(bytesOf(streams.registration, 'chaincode', 'REGISTER'));
        expect(parseRegisteredName(register.payload)).toMatch(/^basic_1\.0:[0-9a-f]{64}$/);
        for (const type of ['REGISTERED', 'READY'] as const) {
            expect(newChaincodeMessage({ type })).toEqual(bytesOf(streams.registration, 'peer', type));
        }
    });

    it('gives the chaincode its transaction byte for byte', () => {
        const proposal = parseSignedProposal(recordedBytes('signed-proposal.pb'));
        const message = newChaincodeMessage({
            type: 'TRANSACTION',
            txId: proposal.txId,
            channelId: proposal.channelId,
            payload: proposal.input?.bytes ?? Buffer.alloc(0),
            signedProposal: proposal.bytes,
        });
        expect(message).toEqual(bytesOf(streams.put, 'peer', 'TRANSACTION'));
    });

    it.each(['put', 'readAndPut', 'event'] as const)('answers each call of "%s" byte for byte', (name) => {
        const stream = streams[name];
        const answers = stream.filter(({ from, type }) => from === 'peer' && type === 'RESPONSE');
        const calls = stream.filter(({ from, type }) => from === 'chaincode' && type !== 'COMPLETED');
        const value = parseChaincodeMessage(Buffer.from(answers[0]?.base64 ?? '', 'base64')).payload;
        const context = newContext(calls[0]?.txid ?? '', value);
        const given = calls.map(({ base64 }) =>
            answerChaincode(parseChaincodeMessage(Buffer.from(base64, 'base64')), context),
        );
        expect(given).toEqual(answers.map(({ base64 }) => Buffer.from(base64, 'base64')));
    });

    it('ends with the chaincode’s own status, message and result', () => {
        const completed = parseChaincodeMessage(bytesOf(streams.chaincodeError, 'chaincode', 'COMPLETED'));
        expect(parseResponse(completed.payload)).toMatchObject({ status: 500 });
    });
});

describe('a recorded discovery', () => {
    it('request is read query by query', () => {
        const request = parseDiscoveryRequest(recordedBytes('discovery-request.pb'));
        expect(request.queries).toEqual([
            { kind: 'config', channel: 'grid' },
            { kind: 'peers', channel: 'grid', filter: [] },
            { kind: 'endorsers', channel: 'grid', interests: [[{ name: 'basic', collections: [] }]] },
        ]);
        expect(parseSerializedIdentity(request.clientIdentity ?? Buffer.alloc(0)).mspId).toBe('DispatchMSP');
    });

    it('request with collections and several chaincodes is read interest by interest', () => {
        const { queries } = parseDiscoveryRequest(recordedBytes('discovery-request-interests.pb'));
        expect(queries).toEqual(
            [
                [{ name: 'basic', collections: ['prices'] }],
                [
                    { name: 'basic', collections: [] },
                    { name: 'other', collections: [] },
                ],
                [{ name: 'other', collections: [] }],
            ].map((interest) => ({ kind: 'endorsers', channel: 'grid', interests: [interest] })),
        );
    });

    it('answer tells of a peer what ours tells, but for signatures and times', () => {
        const members = discovery.Response.decode(recordedBytes('discovery-response.pb')).results[1]?.members;
        const peer = members?.peers_by_org?.['DispatchMSP']?.peers?.[0];
        const identity = Buffer.from(peer?.identity ?? []);
        const ours = discovery.QueryResult.decode(
            newMembershipResult(
                [
                    {
                        mspId: 'DispatchMSP',
                        endpoint: '127.0.0.1:17151',
                        identity,
                        startedAtMs: 0,
                        sequence: 0,
                        channel: {
                            name: 'grid',
                            ledgerHeight: 23,
                            chaincodes: [
                                { name: 'basic', version: '1' },
                                { name: '_lifecycle', version: '1' },
                            ],
                        },
                    },
                ],
                (bytes) => parseSerializedIdentity(bytes).idBytes,
            ),
        ).members?.peers_by_org?.['DispatchMSP']?.peers?.[0];
        expect(withoutTimes(ours)).toEqual(withoutTimes(peer));
    });
});

function withoutTimes(peer: discovery.IPeer | null | undefined): unknown {
    const open = (envelope: gossip.IEnvelope | null | undefined): object => {
        const message = gossip.GossipMessage.decode(envelope?.payload ?? new Uint8Array());
        const plain = gossip.GossipMessage.toObject(message, { longs: String, bytes: String }) as GossipObject;
        delete plain.alive_msg?.timestamp;
        delete plain.state_info?.timestamp;
        return plain;
    };
    const identity = Buffer.from(peer?.identity ?? []).toString();
    return { identity, membership: open(peer?.membership_info), state: open(peer?.state_info) };
}

interface GossipObject {
    alive_msg?: { timestamp?: unknown };
    state_info?: { timestamp?: unknown };
}

function newContext(txId: string, value: Buffer): TransactionContext {
    const version = { blockNumber: 1, txNumber: 0 };
    const state = { get: () => ({ value, version }), range: () => [][Symbol.iterator]() };
    return {
        txId,
        channelId: 'grid',
        namespace: 'basic',
        simulator: new TransactionSimulator(txId, state),
        access: accessToNoCollections(),
        historyOf: () => [],
        iterators: new OpenIterators(),
    };
}

function extensionOf(payload: Uint8Array | undefined): Buffer {
    return fieldOf(payload, 0x12);
}

function proposalHashOf(payload: Uint8Array | undefined): Buffer {
    return fieldOf(payload, 0x0a);
}

function fieldOf(payload: Uint8Array | undefined, wanted: number): Buffer {
    const reader = new FieldReader('ProposalResponsePayload', payload ?? Buffer.alloc(0));
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === wanted) return reader.bytes();
        reader.skip();
    }
    return Buffer.alloc(0);
}
