/**
 * Recorded refusals of Fabric v2.5.16 (vectors/errors.json) that the embedded network does not give, each with the
 * reason. Whatever is recorded and stands neither here nor in a suite fails the test that counts them.
 */
const noCollections = 'the embedded network has no private data';
const builtInChaincode = 'the chaincode definition is built in: nothing is installed, approved or committed';
const otherChaincode = 'the recorded chaincode answers this by itself; the test chaincode has no such function';
const noCalls = 'the embedded network has no calls between chaincodes';

export const knownDifferences: Readonly<Record<string, string>> = {
    'chaincode answers status 404': otherChaincode,
    'chaincode answers status 399': otherChaincode,
    'chaincode answers status 500 with payload': otherChaincode,
    'chaincode answers status 600': otherChaincode,
    'chaincode answers status 0': otherChaincode,
    'chaincode answers error 500': otherChaincode,
    'no args': otherChaincode,
    '_lifecycle InstallChaincode garbage by the admin': builtInChaincode,
    '_lifecycle QueryApproved unknown': builtInChaincode,
    '_lifecycle approve sequence 5': builtInChaincode,
    '_lifecycle approve sequence 1 changed': builtInChaincode,
    '_lifecycle approve sequence 2, bad name': builtInChaincode,
    '_lifecycle approve sequence 0': builtInChaincode,
    '_lifecycle commit sequence 3': builtInChaincode,
    '_lifecycle commit sequence 2 nobody approved': builtInChaincode,
    'private put: unknown collection': noCollections,
    'private get of a key whose data this peer lacks (client of the outside organisation, collection open to read)':
        noCollections,
    'private get on a peer outside the collection': noCollections,
    'memberOnlyRead: client outside, member peer': noCollections,
    'memberOnlyWrite: client outside, member peer': noCollections,
    'private hash: unknown collection': noCollections,
    'private hash by a client outside': noCollections,
    'private range then nothing': noCollections,
    'call of qscc': noCalls,
    'callee answers an error': noCalls,
};
