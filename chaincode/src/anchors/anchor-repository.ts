import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page } from '../calls/call-api';
import { StateRepository } from '../ledger-access/state-repository';
import type { AnchorRecord, DigestFilter } from './anchors-api';

/** Anchors by name, and by the digest of what they anchor. */
export class AnchorRepository {
    readonly #anchors: StateRepository<AnchorRecord>;
    readonly #byDigest: StateRepository<AnchorRecord>;

    constructor(stub: ChaincodeStub) {
        this.#anchors = new StateRepository(stub, 'anchor');
        this.#byDigest = new StateRepository(stub, 'anchor-by-digest');
    }

    async find(name: string): Promise<AnchorRecord | undefined> {
        return this.#anchors.find(name);
    }

    async put(anchor: AnchorRecord): Promise<Buffer> {
        await this.#byDigest.put(anchor, anchor.sha256, anchor.name);
        return this.#anchors.put(anchor, anchor.name);
    }

    async ofDigest({ sha256, ...request }: DigestFilter): Promise<Page<AnchorRecord>> {
        return this.#byDigest.page([sha256], request);
    }
}
