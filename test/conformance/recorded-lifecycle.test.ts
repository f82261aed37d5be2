import { beforeAll, describe, expect, it } from '@jest/globals';
import { lifecycleNamespace } from '../../network/embedded/ledger/lifecycle-state';
import { approveForMyOrg } from '../../network/embedded/lifecycle/approval-calls';
import {
    checkCommitReadiness,
    commitDefinition,
    queryDefinition,
    queryDefinitions,
} from '../../network/embedded/lifecycle/definition-calls';
import type { ChannelCall } from '../../network/embedded/lifecycle/lifecycle-view';
import { validationName } from '../../network/embedded/validate/validation-code';
import { parseBlock } from '../../network/wire/block';
import { parseEnvelope } from '../../network/wire/envelope';
import { FieldReader } from '../../network/wire/field-reader';
import { FieldWriter } from '../../network/wire/field-writer';
import { headerTypes } from '../../network/wire/headers';
import { encodeApprovalTerms, newApprovedResult, newInstalledListResult } from '../../network/wire/lifecycle';
import { parseInvocationArguments } from '../../network/wire/proposal';
import { parseProposalResponse } from '../../network/wire/proposal-response';
import { fieldBytes } from '../../network/wire/protobuf-bytes';
import { parseSerializedIdentity } from '../../network/wire/serialized-identity';
import { parseChaincodeAction, parseTransaction } from '../../network/wire/transaction';
import { recorded, recordedBytes, recordedChain } from '../support/recorded-fabric';
import { RecordedPeer } from '../support/recorded-peer';

/** A transaction of the lifecycle in the recorded chain, as its endorsers met it. */
interface RecordedCall {
    readonly blockNumber: number;
    /** Organisation of the first endorser. */
    readonly mspId: string;
    readonly name: string;
    readonly argument: Buffer;
    /** What they endorsed: TxReadWriteSet. */
    readonly results: Buffer;
}

const calls: Readonly<Record<string, (call: ChannelCall, argument: Buffer) => Buffer>> = {
    ApproveChaincodeDefinitionForMyOrg: approveForMyOrg,
    CommitChaincodeDefinition: commitDefinition,
};

/** The last block that commits a definition; block 46 is an upgrade with collections and another policy. */
const lastBlock = 47;
const firstDefinition = 4;
/** Blocks whose transaction is garbage. */
const unreadable: readonly number[] = [21, 22];

const chain = recordedChain();
const recordedCalls = chain.flatMap((block, blockNumber) => (blockNumber === 0 ? [] : callsIn(block, blockNumber)));

describe('the lifecycle of a real channel’s chaincodes, simulated and committed again', () => {
    const simulated = new Map<RecordedCall, Buffer>();
    let peer: RecordedPeer;
    let early: RecordedPeer;

    beforeAll(() => {
        const [genesisBlock = Buffer.alloc(0), ...blocks] = chain;
        peer = new RecordedPeer(genesisBlock, 'DispatchMSP');
        early = new RecordedPeer(genesisBlock, 'DispatchMSP');
        for (const block of blocks.slice(0, firstDefinition)) early.commit(block);
        for (const [index, block] of blocks.slice(0, lastBlock).entries()) {
            for (const each of recordedCalls.filter(({ blockNumber }) => blockNumber === index + 1)) {
                const run = calls[each.name];
                if (run) simulated.set(each, peer.simulate(run, each.argument, each.mspId).results);
            }
            peer.commit(block);
        }
    });

    it.each(recordedCalls.map((each) => [each.blockNumber, each.name, each.mspId, each] as const))(
        'block %i: %s by %s reads and writes the same bytes',
        (_number, _name, _mspId, each) => {
            expect(simulated.get(each)?.toString('hex')).toBe(each.results.toString('hex'));
        },
    );

    it('is judged as the real peer judged it: by the definitions that the ledger held before the block', () => {
        const verdicts = recordedCalls.map(({ blockNumber }) => peer.ledger.blockByNumber(blockNumber)?.codes[0]);
        expect(verdicts.map((code) => validationName(code ?? 254))).toEqual(recordedCalls.map(() => 'VALID'));
        // One endorsement is enough for what the upgrade in the block before has made of chaincode other.
        expect(peer.ledger.blockByNumber(lastBlock)?.codes).toEqual([0]);
    });

    it('leaves definitions with their version, sequence, collections and whether the peer’s organisation approved', () => {
        const described = peer.definitions.all().map(({ name, version, sequence, collections, isApproved }) => {
            return { name, version, sequence, collections: collections.map((each) => each.name), isApproved };
        });
        const collections = ['prices', 'shared'];
        expect(described).toEqual([
            { name: 'basic', version: '1.0', sequence: 1, collections, isApproved: true },
            { name: 'other', version: '2.0', sequence: 2, collections, isApproved: true },
        ]);
        expect(early.definitions.find('other')).toBeUndefined();
    });

    it.each<[string, (call: ChannelCall, argument: Buffer) => Buffer, Buffer]>([
        ['lifecycle-definition', queryDefinition, new FieldWriter().string(1, 'basic').finish()],
        ['lifecycle-definitions', queryDefinitions, Buffer.alloc(0)],
        ['lifecycle-readiness', checkCommitReadiness, readinessOfNothing()],
    ])('answers %s as the real peer did, and reads the same keys', (name, query, argument) => {
        const answer = parseProposalResponse(recordedBytes(`${name}-response.pb`));
        const action = parseChaincodeAction(fieldBytes(answer.payload ?? Buffer.alloc(0), 2) ?? Buffer.alloc(0));
        const { payload, results } = early.simulate(query, argument, 'DispatchMSP');
        expect(results.toString('hex')).toBe(action.results.toString('hex'));
        // A map has no order on the wire.
        expect(fieldsOf(payload)).toEqual(fieldsOf(recordedBytes(`${name}.pb`)));
    });

    it('tells two chaincodes with their collections byte for byte', () => {
        const { payload } = peer.simulate(queryDefinitions, Buffer.alloc(0), 'DispatchMSP');
        expect(fieldsOf(payload)).toEqual(fieldsOf(recordedBytes('lifecycle-definitions-two.pb')));
    });
});

describe('answers of the lifecycle that only one peer can give', () => {
    it('tell an approval byte for byte as the real peer did', () => {
        const bytes = recordedBytes('lifecycle-approved.pb');
        const collections = fieldBytes(bytes, 6) ?? Buffer.alloc(0);
        const source = fieldBytes(bytes, 8) ?? Buffer.alloc(0);
        const ours = newApprovedResult({
            name: 'basic',
            sequence: 1,
            version: '1.0',
            initRequired: false,
            endorsementPlugin: 'escc',
            validationPlugin: 'vscc',
            validationParameter: fieldBytes(bytes, 5) ?? Buffer.alloc(0),
            collections,
            packageId: fieldBytes(fieldBytes(source, 2) ?? Buffer.alloc(0), 1)?.toString() ?? '',
        });
        expect(ours.toString('hex')).toBe(bytes.toString('hex'));
    });

    it('tell what is installed, and what uses it, byte for byte as the real peer did', () => {
        const bytes = recordedBytes('lifecycle-installed.pb');
        const packageId = fieldBytes(fieldBytes(bytes, 1) ?? Buffer.alloc(0), 1)?.toString() ?? '';
        const references = new Map([[recorded.channel, [{ name: 'basic', version: '1.0' }]]]);
        const ours = newInstalledListResult([{ packageId, label: 'basic_1.0', references }]);
        expect(ours.toString('hex')).toBe(bytes.toString('hex'));
    });
});

function callsIn(block: Buffer, blockNumber: number): RecordedCall[] {
    const [envelope = Buffer.alloc(0)] = parseBlock(block).data;
    const { header, data } = parseEnvelope(envelope);
    if (header.type !== headerTypes.endorserTransaction || unreadable.includes(blockNumber)) return [];
    const transaction = parseTransaction(data);
    if (transaction.chaincodeName !== lifecycleNamespace) return [];
    const input = fieldBytes(transaction.chaincodeProposalPayloadBytes, 1) ?? Buffer.alloc(0);
    const [name, argument = Buffer.alloc(0)] = parseInvocationArguments(input);
    const endorser = transaction.endorsements[0]?.endorser ?? Buffer.alloc(0);
    const { mspId } = parseSerializedIdentity(endorser);
    return [{ blockNumber, mspId, name: name?.toString() ?? '', argument, results: transaction.action.results }];
}

/** Sequence 2 of basic, which nobody had approved. */
function readinessOfNothing(): Buffer {
    return encodeApprovalTerms({
        name: 'basic',
        sequence: 2,
        version: '2.0',
        initRequired: false,
        endorsementPlugin: '',
        validationPlugin: '',
        validationParameter: Buffer.alloc(0),
        collections: Buffer.alloc(0),
    });
}

/** Each field as its tag and bytes, sorted. */
function fieldsOf(bytes: Buffer): string[] {
    const reader = new FieldReader('message', bytes);
    const fields: string[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        fields.push(`${tag} ${(tag & 7) === 2 ? reader.bytes().toString('hex') : String(reader.uint())}`);
    }
    return fields.sort();
}
