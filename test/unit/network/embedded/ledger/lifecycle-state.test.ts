import { describe, expect, it } from '@jest/globals';
import {
    fieldKey,
    metadataKey,
    newDefinitionRecord,
    readDefinition,
    writeRecord,
} from '../../../../../network/embedded/ledger/lifecycle-state';
import { parseEnvelope } from '../../../../../network/wire/envelope';
import { parseBlock } from '../../../../../network/wire/block';
import { parseReadWriteSet } from '../../../../../network/wire/rwset';
import { parseTransaction } from '../../../../../network/wire/transaction';
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

describe('a definition in the state', () => {
    const recorded = recordedState();
    const reading = { get: (key: string) => recorded.get(key) };

    it('is read from what a real network committed', () => {
        expect(readDefinition('basic', reading)).toMatchObject({
            name: 'basic',
            sequence: 1,
            version: '1.0',
            initRequired: false,
            endorsementPlugin: 'escc',
            validationPlugin: 'vscc',
        });
        expect(readDefinition('other', reading)).toBeUndefined();
    });

    it('is written byte for byte as a real network commits it', () => {
        const written = new Map<string, Buffer>();
        const terms = readDefinition('basic', reading);
        if (!terms) throw new TypeError('nothing was recorded');
        writeRecord('namespaces', 'basic', newDefinitionRecord(terms), stateOver(written));
        expect(written).toEqual(recorded);
        expect(written.size).toBe(5);
    });

    it('is written anew in nothing but what has changed', () => {
        const state = new Map(recorded);
        const terms = readDefinition('basic', reading);
        if (!terms) throw new TypeError('nothing was recorded');
        const changed = new Set<string>();
        const next = newDefinitionRecord({ ...terms, sequence: 2, version: '2.0' });
        writeRecord('namespaces', 'basic', next, stateOver(state, changed));
        expect([...changed]).toEqual([
            fieldKey('namespaces', 'basic', 'Sequence'),
            fieldKey('namespaces', 'basic', 'EndorsementInfo'),
        ]);
        expect(state.get(metadataKey('namespaces', 'basic'))).toEqual(recorded.get('namespaces/metadata/basic'));
    });
});

function stateOver(state: Map<string, Buffer>, changed = new Set<string>()): Parameters<typeof writeRecord>[3] {
    return {
        get: (key) => state.get(key),
        put: (key, value) => {
            changed.add(key);
            state.set(key, value);
        },
    };
}
