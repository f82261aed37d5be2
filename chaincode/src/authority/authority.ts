import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './authority-api';

// Decorated classes: they describe inputs and records in the contract's metadata, and are never instantiated.

@LedgerObject()
export class Person implements api.Person {
    @Property('mspId', 'string')
    readonly mspId!: string;
    @Property('name', 'string')
    readonly name!: string;
}

@LedgerObject()
export class AuthorityRecord implements api.AuthorityRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('holder', 'string')
    readonly holder!: string;
    @Property('sinceMs', 'number')
    readonly sinceMs!: number;
    @Property('former', 'string')
    readonly former!: string | null;
    @Property('proposedBy', 'Person')
    readonly proposedBy!: Person;
    @Property('approvedBy', 'Person')
    readonly approvedBy!: Person;
    @Property('reason', 'string')
    readonly reason!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class AuthorityProposal implements api.AuthorityProposal {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('holder', 'string')
    readonly holder!: string;
    @Property('reason', 'string')
    readonly reason!: string;
    @Property('proposedBy', 'Person')
    readonly proposedBy!: Person;
    @Property('replaces', 'string')
    readonly replaces!: string | null;
    @Property('expiresAtMs', 'number')
    readonly expiresAtMs!: number;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class AuthorityMove implements api.AuthorityMove {
    @Property('holder', 'string')
    readonly holder!: string;
    @Property('reason', 'string')
    readonly reason!: string;
}

@LedgerObject()
export class AuthorityApproval implements api.AuthorityApproval {
    @Property('proposedBy', 'string')
    readonly proposedBy!: string;
    @Property('proposalId', 'string')
    readonly proposalId!: string;
}

@LedgerObject()
export class PageRequest {
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class AuthorityPage {
    @Property('items', 'AuthorityRecord[]')
    readonly items!: AuthorityRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class ProposalPage {
    @Property('items', 'AuthorityProposal[]')
    readonly items!: AuthorityProposal[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
