import { describe, expect, it } from '@jest/globals';
import { newLifecycleState } from '../../../../../network/embedded/ledger/lifecycle-state';
import { parseEnvelope } from '../../../../../network/wire/envelope';
import { parseBlock } from '../../../../../network/wire/block';
import { parseReadWriteSet } from '../../../../../network/wire/rwset';
import { parseTransaction } from '../../../../../network/wire/transaction';
import { FieldReader } from '../../../../../network/wire/field-reader';
import { recordedBytes } from '../../../../support/recorded-fabric';

/** What the real network wrote when it committed the definition of chaincode basic, version 1.0, sequence 1. */
function recordedState(): Map<string, Buffer> {
    const [envelope] = parseBlock(recordedBytes('block-4.pb')).data;
    const { action } = parseTransaction(parseEnvelope(envelope ?? Buffer.alloc(0)).data);
    const writes = parseReadWriteSet(action.results).flatMap((set) =>
        set.namespace === '_lifecycle' ? set.writes : [],
    );
    return new Map(writes.map(({ key, value }) => [key, value as Buffer]));
}

function fieldOf(bytes: Buffer, field: number): Buffer {
    const reader = new FieldReader('StateData', bytes);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === ((field << 3) | 2)) return reader.bytes();
        reader.skip();
    }
    return Buffer.alloc(0);
}

describe('newLifecycleState', () => {
    it('writes a definition byte for byte as a real network commits it', () => {
        const recorded = recordedState();
        const validationInfo = recorded.get('namespaces/fields/basic/ValidationInfo') ?? Buffer.alloc(0);
        const collections = recorded.get('namespaces/fields/basic/Collections') ?? Buffer.alloc(0);
        const ours = newLifecycleState({
            name: 'basic',
            version: '1.0',
            sequence: 1,
            validationParameter: fieldOf(fieldOf(validationInfo, 2), 2),
            collections: fieldOf(collections, 2),
        });
        const hex = (entries: Iterable<readonly [string, Buffer]>): Record<string, string> =>
            Object.fromEntries([...entries].map(([key, value]) => [key, value.toString('hex')]));
        expect(hex(ours)).toEqual(hex(recorded));
        expect(recorded.size).toBe(5);
    });
});
