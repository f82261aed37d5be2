import { describe, expect, it } from '@jest/globals';
import { privateHash } from '../../network/embedded/ledger/collection-namespaces';
import { TransactionSimulator } from '../../network/embedded/endorse/transaction-simulator';
import { encodeCollectionConfigs, parseCollectionConfigs } from '../../network/wire/collection-config';
import { newHashedReadWriteSet, parseHashedReadWriteSet } from '../../network/wire/hashed-rwset';
import { newBlockAndPrivateData, parsePrivateReadWriteSet, type PrivateWrites } from '../../network/wire/private-rwset';
import { newChaincodeInterest, parseProposalResponse } from '../../network/wire/proposal-response';
import { fieldBytes } from '../../network/wire/protobuf-bytes';
import { parseReadWriteSet } from '../../network/wire/rwset';
import { FieldReader } from '../../network/wire/field-reader';
import { recorded, recordedBytes } from '../support/recorded-fabric';

const sets = recorded.vectors.map(({ name }) => name).filter((name) => name.startsWith('rwset-private-'));

/** Every field of this number in a message. */
function fieldsOf(bytes: Uint8Array, number: number): Buffer[] {
    const reader = new FieldReader('recorded', bytes);
    const found: Buffer[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === (number << 3) + 2) found.push(reader.bytes());
        else reader.skip();
    }
    return found;
}

describe('private data of a real peer', () => {
    it.each(sets)('%s has hashes that are written again byte for byte', (name) => {
        const collections = parseReadWriteSet(recordedBytes(name)).flatMap((set) => set.hashedCollections ?? []);
        expect(collections.length).toBeGreaterThan(0);
        for (const { hashedReadWriteSet } of collections) {
            const again = newHashedReadWriteSet(parseHashedReadWriteSet(hashedReadWriteSet));
            expect(again.toString('hex')).toBe(Buffer.from(hashedReadWriteSet).toString('hex'));
        }
    });

    it.each(['dispatch', 'south'])('is delivered by the peer of %s in the same bytes, or not at all', (peer) => {
        const bytes = recordedBytes(`block-and-private-data-${peer}.pb`);
        const writes = new Map<number, PrivateWrites[]>();
        for (const entry of fieldsOf(bytes, 2)) {
            writes.set(0, parsePrivateReadWriteSet(fieldBytes(entry, 2) ?? Buffer.alloc(0)));
        }
        expect(writes.size).toBe(peer === 'dispatch' ? 1 : 0);
        expect(newBlockAndPrivateData(fieldBytes(bytes, 1) ?? Buffer.alloc(0), writes).equals(bytes)).toBe(true);
    });

    it('comes of a put as the peer hashed it, with the interest it told', () => {
        const delivered = fieldsOf(recordedBytes('block-and-private-data-dispatch.pb'), 2)[0] ?? Buffer.alloc(0);
        const [written] = parsePrivateReadWriteSet(fieldBytes(delivered, 2) ?? Buffer.alloc(0));
        const simulator = new TransactionSimulator('t', emptyState, { isDefined: () => true });
        const key = keyIn(written?.rwset);
        simulator.putPrivate('basic', 'prices', key, Buffer.from('secret-1'));
        expect(simulator.privateWrites()).toEqual([written]);
        const theirs = parseReadWriteSet(recordedBytes('rwset-private-put.pb')).find(
            ({ namespace }) => namespace === 'basic',
        );
        const ours = parseReadWriteSet(simulator.results())[0];
        expect(ours).toEqual(theirs);
        expect(ours?.hashedCollections?.[0]?.privateReadWriteSetHash).toEqual(
            privateHash(written?.rwset ?? Buffer.alloc(0)),
        );
        const { interest } = parseProposalResponse(recordedBytes('proposal-response-private-put.pb'));
        expect(newChaincodeInterest(simulator.interest())).toEqual(interest);
    });

    it('lies in collections whose definition is written again byte for byte', () => {
        const definitions = fieldsOf(recordedBytes('lifecycle-definitions-two.pb'), 1);
        const packages = definitions.map((definition) => fieldBytes(definition, 7) ?? Buffer.alloc(0));
        expect(packages.flatMap(parseCollectionConfigs).map(({ name }) => name)).toEqual(
            expect.arrayContaining(['prices', 'shared']),
        );
        for (const bytes of packages) expect(encodeCollectionConfigs(parseCollectionConfigs(bytes))).toEqual(bytes);
    });
});

const emptyState = { get: () => undefined, range: () => [][Symbol.iterator]() };

/** Key of the first write in a KVRWSet. */
function keyIn(rwset: Buffer | undefined): string {
    return (fieldBytes(fieldBytes(rwset ?? Buffer.alloc(0), 3) ?? Buffer.alloc(0), 1) ?? Buffer.alloc(0)).toString();
}
