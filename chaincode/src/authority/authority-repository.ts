import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page, PageRequest } from '../calls/call-api';
import { pageOfHistory } from '../ledger-access/history-page';
import { StateRepository } from '../ledger-access/state-repository';
import type { AuthorityProposal, AuthorityRecord } from './authority-api';

/** Who holds dispatch authority, and what is proposed. */
export class AuthorityRepository {
    readonly #authority: StateRepository<AuthorityRecord>;
    readonly #proposals: StateRepository<AuthorityProposal>;

    constructor(stub: ChaincodeStub) {
        this.#authority = new StateRepository(stub, 'authority');
        this.#proposals = new StateRepository(stub, 'authority-proposal');
    }

    async find(): Promise<AuthorityRecord | undefined> {
        return this.#authority.find();
    }

    async put(record: AuthorityRecord): Promise<Buffer> {
        return this.#authority.put(record);
    }

    async history(request: PageRequest): Promise<Page<AuthorityRecord>> {
        return pageOfHistory(this.#authority.history(), request);
    }

    async findProposal(mspId: string): Promise<AuthorityProposal | undefined> {
        return this.#proposals.find(mspId);
    }

    async putProposal(proposal: AuthorityProposal): Promise<Buffer> {
        return this.#proposals.put(proposal, proposal.proposedBy.mspId);
    }

    async removeProposal(mspId: string): Promise<void> {
        await this.#proposals.remove(mspId);
    }

    async listProposals(request: PageRequest): Promise<Page<AuthorityProposal>> {
        return this.#proposals.page([], request);
    }
}
