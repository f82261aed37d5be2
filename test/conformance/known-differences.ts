/**
 * Recorded refusals of Fabric v2.5.16 (vectors/errors.json) that the embedded network does not give, each with the
 * reason. Whatever is recorded and stands neither here nor in a suite fails the test that counts them.
 */
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
    'call of qscc': noCalls,
    'callee answers an error': noCalls,
};

/** One way in which the embedded network differs from Fabric v2.5.16 that no recorded refusal shows. */
export interface Difference {
    readonly what: string;
    readonly fabric: string;
    readonly embedded: string;
    readonly reason: string;
}

/** Found by comparing the embedded network with a real one, call by call. Whatever is found and not mended stands here. */
export const otherDifferences: readonly Difference[] = [
    {
        what: 'signatures in the blocks of different orderers',
        fabric: 'each signs the block for itself; a peer keeps those of the orderer it took the block from',
        embedded: 'the same ones everywhere',
        reason: 'one sequencer stands for the orderers and signs each block once',
    },
    {
        what: 'filtered block with a transaction that cannot be read',
        fabric: 'status 400 in place of the block; the delivery goes on with the next one',
        embedded: 'the block, without that transaction’s events',
        reason: 'a listener would lose the other transactions of the block',
    },
    {
        what: 'block with a transaction that cannot be decoded before a good one',
        fabric: 'no peer ever commits it; where the transaction lacks its action, the peers end',
        embedded: 'committed, the one invalid and the other judged for itself',
        reason: 'it is a defect: any writer can end a channel by it',
    },
    {
        what: 'gossip messages in discovery answers',
        fabric: 'signed by their peers',
        embedded: 'without a signature',
        reason: 'no peer gossips, and no client verifies these signatures',
    },
    {
        what: 'ids of open iterators',
        fabric: 'random UUIDs',
        embedded: 'numbers',
        reason: 'chaincode gives them back as they are; nobody else sees them',
    },
    {
        what: 'texts that are not valid UTF-8, such as keys',
        fabric: 'refused in the words of Go’s protobuf',
        embedded: 'refused in other words',
        reason: 'no shim and no client writes them',
    },
    {
        what: 'key-level endorsement',
        fabric: 'policies of single keys, in simulation, validation and interest',
        embedded: 'the calls are refused, with a sentence that says so',
        reason: 'no contract here uses it',
    },
    {
        what: 'transactions that write metadata of keys',
        fabric: 'judged by the keys’ policies',
        embedded: 'INVALID_OTHER_REASON',
        reason: 'without key-level endorsement no honest peer endorses them',
    },
    {
        what: 'how long a peer looks for private data that no member within reach has',
        fabric: 'up to a minute before it commits the block; what a member that it asked later lacked, too, again after an hour',
        embedded: 'not before it commits the block; then at each interval, and when a peer comes back',
        reason: 'all peers live in one process: a wait brings nothing, and to ask again costs nothing',
    },
    {
        what: 'calls between chaincodes',
        fabric: 'run in one simulation',
        embedded: 'the call is refused',
        reason: 'no contract here calls another chaincode',
    },
    {
        what: 'chaincode as a service under TLS, and chaincode that a peer builds',
        fabric: 'dialled as connection.json says; built by an external builder or Docker',
        embedded: 'such a package is refused when it is installed, with a sentence that says so',
        reason: 'the services of the network run beside it, without TLS; a package of them holds no code',
    },
    {
        what: 'CONFIG_UPDATE',
        fabric: 'applied and ordered as a configuration block',
        embedded: 'status 501',
        reason: 'the configuration follows from the topology: another one is another network',
    },
    {
        what: 'the Gateway service',
        fabric: 'gateway.Gateway on every peer',
        embedded: 'UNIMPLEMENTED',
        reason: 'clients here endorse, order and listen by themselves',
    },
    {
        what: 'commit hash after two writes of one key in one forged read-write set',
        fabric: 'one hash on all its peers',
        embedded: 'another hash, one on all peers as well',
        reason: 'no peer endorses such a set; the hash is not compared between networks',
    },
];
