import type { ChaincodeStub } from 'fabric-shim-api';
import { canonicalJson } from '../ledger-access/canonical-json';
import { StateRepository } from '../ledger-access/state-repository';
import { PrivateRepository } from '../private-data/private-repository';
import { supervisionCollection, type DetailsRecord, type FindingDetails } from './details-api';
import type { FindingName } from './finding-api';

/** Details of findings: the text at members of the collection, its digest, once announced, on the ledger. */
export class DetailsRepository {
    readonly #private: PrivateRepository;
    readonly #announced: StateRepository<DetailsRecord>;

    constructor(stub: ChaincodeStub) {
        this.#private = new PrivateRepository(stub, supervisionCollection, 'finding-details');
        this.#announced = new StateRepository(stub, 'finding-details');
    }

    async deposit({ assetId, findingId }: FindingName, details: FindingDetails): Promise<void> {
        await this.#private.put(bytesOf(details), assetId, findingId);
    }

    /** What was put, which a reader of this contract wrote. */
    async find({ assetId, findingId }: FindingName): Promise<FindingDetails | undefined> {
        const bytes = await this.#private.find(assetId, findingId);
        return bytes && (JSON.parse(bytes.toString()) as FindingDetails);
    }

    /** Hexadecimal; every peer has it. */
    async findDigest({ assetId, findingId }: FindingName): Promise<string | undefined> {
        return (await this.#private.findHash(assetId, findingId))?.toString('hex');
    }

    async findAnnounced({ assetId, findingId }: FindingName): Promise<DetailsRecord | undefined> {
        return this.#announced.find(assetId, findingId);
    }

    async announce(record: DetailsRecord): Promise<Buffer> {
        return this.#announced.put(record, record.assetId, record.findingId);
    }
}

/** The bytes that are kept, and of which the digest is. */
export function bytesOf({ salt, text }: FindingDetails): Buffer {
    return Buffer.from(canonicalJson({ salt, text }));
}
