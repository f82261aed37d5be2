import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const directory = join(__dirname, '..', 'conformance', 'vectors');

/** What vectors.json says of one recorded file; see test/conformance/vectors/README.md. */
export interface RecordedVector {
    readonly name: string;
    readonly type: string;
    readonly about: string;
    readonly txid?: string;
    readonly nonceHex?: string;
    readonly creatorMspId?: string;
    readonly creatorCertPem?: string;
    readonly proposalHash?: string;
    readonly rangeKeys?: {
        readonly prefix: string;
        readonly from: number;
        readonly toExclusive: number;
        readonly pad: number;
        readonly version: { readonly block_num: number; readonly tx_num: number };
    };
}

export interface RecordedTransaction {
    readonly index: number;
    readonly type: number;
    readonly txid: string;
    readonly code: number;
    readonly codeName: string;
    readonly case?: string;
}

export interface RecordedBlock {
    readonly number: number;
    readonly about: string;
    readonly deliverFilteredStatus?: string;
    readonly txs: readonly RecordedTransaction[];
}

interface VectorsFile {
    readonly channel: string;
    readonly chain: readonly RecordedBlock[];
    readonly vectors: readonly RecordedVector[];
}

export const recorded = JSON.parse(readFileSync(join(directory, 'vectors.json'), 'utf8')) as VectorsFile;

/** The bytes of one recorded file. */
export function recordedBytes(name: string): Buffer {
    return readFileSync(join(directory, name));
}

/** All blocks of the recorded channel, as the dispatch centre's peer delivers them. */
export function recordedChain(): Buffer[] {
    return splitDelimited(gunzipSync(recordedBytes('chain.delimited.gz')));
}

/** The same blocks filtered; empty where the peer answered with a status instead. */
export function recordedFilteredChain(): Buffer[] {
    return splitDelimited(recordedBytes('filtered-chain.delimited'));
}

function splitDelimited(bytes: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    for (let at = 0; at < bytes.length;) {
        let length = 0;
        for (let shift = 0; ; shift += 7) {
            const byte = bytes[at++] ?? 0;
            length |= (byte & 0x7f) << shift;
            if (byte < 0x80) break;
        }
        messages.push(bytes.subarray(at, at + length));
        at += length;
    }
    return messages;
}
