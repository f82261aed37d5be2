import { parseBlock } from '../../network/wire/block';
import { FieldReader } from '../../network/wire/field-reader';
import { parsePrivateKeyValueSet, parsePrivateReadWriteSet } from '../../network/wire/private-rwset';
import { fieldBytes } from '../../network/wire/protobuf-bytes';
import { channelId } from './conformance-network';
import type { ConformanceNetwork } from './conformance-network';
import type { RawClient } from './raw-client';
import { newSeekEnvelope } from './seek-draft';

/** Collection and value of each private write that a client is delivered of the block that holds a transaction. */
export async function privateWritesDelivered(
    client: RawClient,
    network: ConformanceNetwork,
    asked: { readonly txId: string; readonly reader: string; readonly peerOf: string },
): Promise<string[]> {
    const peer = network.peers.find(({ mspId }) => mspId === asked.peerOf);
    const identity = network.clients.member(asked.reader);
    const args = ['GetBlockByTxID', channelId, asked.txId];
    const { answer } = await client.endorse({ chaincode: 'qscc', args, identity }, asked.peerOf);
    const number = parseBlock(answer?.response.payload ?? Buffer.alloc(0)).header.number;
    const start = { kind: 'specified', number } as const;
    const seek = newSeekEnvelope({ identity, start, stop: start });
    const { messages } = await client.stream(peer, '/protos.Deliver/DeliverWithPrivateData', [seek]);
    const delivered = fieldBytes(messages[0] ?? Buffer.alloc(0), 4) ?? Buffer.alloc(0);
    return privateSetsIn(delivered).flatMap((set) =>
        parsePrivateReadWriteSet(set).flatMap(({ collection, rwset }) =>
            parsePrivateKeyValueSet(rwset).map(({ value }) => `${collection} ${Buffer.from(value).toString()}`),
        ),
    );
}

/** The private sets of a protos.BlockAndPrivateData, in the order of their transactions. */
function privateSetsIn(delivered: Buffer): Buffer[] {
    const sets = new Map<number, Buffer>();
    const reader = new FieldReader('BlockAndPrivateData', delivered);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag !== 0x12) {
            reader.skip();
            continue;
        }
        const entry = reader.message('PrivateDataMapEntry');
        let txNumber = 0;
        let set: Buffer = Buffer.alloc(0);
        for (let field = entry.next(); field !== 0; field = entry.next()) {
            if (field === 0x08) txNumber = entry.uint();
            else if (field === 0x12) set = entry.bytes();
            else entry.skip();
        }
        sets.set(txNumber, set);
    }
    return [...sets].sort(([one], [other]) => one - other).map(([, set]) => set);
}
