import type { ChaincodeStub } from 'fabric-shim-api';
import { canonicalJson } from '../ledger-access/canonical-json';
import { StateRepository } from '../ledger-access/state-repository';
import { PrivateRepository } from '../private-data/private-repository';
import { supervisionCollection, type Details, type DetailsRecord, type DetailsSubject } from './details-api';

/** Details by their subject: the text at members of the collection, its digest, once announced, on the ledger. */
export class DetailsRepository {
    readonly #stub: ChaincodeStub;

    constructor(stub: ChaincodeStub) {
        this.#stub = stub;
    }

    async deposit(subject: DetailsSubject, details: Details): Promise<void> {
        await this.#private(subject).put(bytesOf(details), ...attributesOf(subject));
    }

    /** What was put, which a reader of this contract wrote. */
    async find(subject: DetailsSubject): Promise<Details | undefined> {
        const bytes = await this.#private(subject).find(...attributesOf(subject));
        return bytes && (JSON.parse(bytes.toString()) as Details);
    }

    /** Hexadecimal; every peer has it. */
    async findDigest(subject: DetailsSubject): Promise<string | undefined> {
        return (await this.#private(subject).findHash(...attributesOf(subject)))?.toString('hex');
    }

    async findAnnounced(subject: DetailsSubject): Promise<DetailsRecord | undefined> {
        return this.#announced(subject).find(...attributesOf(subject));
    }

    async announce(record: DetailsRecord): Promise<Buffer> {
        return this.#announced(record).put(record, ...attributesOf(record));
    }

    #private(subject: DetailsSubject): PrivateRepository {
        return new PrivateRepository(this.#stub, supervisionCollection, layoutOf(subject));
    }

    #announced(subject: DetailsSubject): StateRepository<DetailsRecord> {
        return new StateRepository(this.#stub, layoutOf(subject));
    }
}

/** The bytes that are kept, and of which the digest is. */
export function bytesOf({ salt, text }: Details): Buffer {
    return Buffer.from(canonicalJson({ salt, text }));
}

/** The same layout in the collection and on the ledger. */
function layoutOf(subject: DetailsSubject): 'finding-details' | 'test-details' {
    return 'findingId' in subject ? 'finding-details' : 'test-details';
}

function attributesOf(subject: DetailsSubject): [assetId: string, id: string] {
    return [subject.assetId, 'findingId' in subject ? subject.findingId : subject.testId];
}
