import type { FaultEntries } from '../faults/fault-entry';
import type { PrivateDataFault } from './private-data-api';

/** What the faults of private data mean, and what to do. */
export const privateDataCatalogue: FaultEntries<PrivateDataFault['code']> = {
    TRANSIENT_MISSING: {
        meaning: 'What is private is not an argument, which everybody reads: it comes as transient data, and did not.',
        action: 'Build the call with the functions of the domain’s -api.ts file, which say what goes there.',
        says: (f) => `The transient field ${f.field} is missing.`,
    },
    COLLECTION_NOT_DEFINED: {
        meaning: 'The chaincode’s definition has no collection of the name that the contract keeps private data in.',
        action: 'Add it to the topology under chaincode.collections, or to the collections that the chaincode is approved with.',
        says: (f) => `The chaincode has no collection ${f.collection}.`,
    },
    NOT_A_MEMBER: {
        meaning: 'Fabric reads and writes the collection for clients of its members alone.',
        action: 'Call with an identity of a member organisation.',
        says: (f) => `${f.mspId} is no member of the collection ${f.collection}.`,
    },
    PRIVATE_DATA_NOT_HERE: {
        meaning: 'The peer that was asked has only the hash of the private data.',
        action: 'Ask a peer of a member organisation; a member’s peer that lacks them gets them from another member.',
        says: (f) => `This peer does not hold what lies in the collection ${f.collection}.`,
    },
};
