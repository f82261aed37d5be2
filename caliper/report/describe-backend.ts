import type { RunRecord } from './run-record';

interface BackendDescription {
    readonly isFabric: boolean;
    /** A few words that stand at every figure. */
    readonly short: string;
    readonly sentence: string;
}

const real = 'the figures are those of real orderers and peers on the machine named below';

const descriptions: Readonly<Record<RunRecord['backend'], BackendDescription>> = {
    embedded: {
        isFabric: false,
        short: 'Embedded network, not Hyperledger Fabric',
        sentence:
            'These figures come from the embedded network: this project’s own stand-in that speaks Fabric’s protocols to ' +
            'unmodified clients and chaincode, checks real signatures, cuts real blocks, keeps its state in memory, and ' +
            'runs on one machine. It is not Hyperledger Fabric: it has no Raft replication and no disk to wait for. ' +
            'Judge a field installation by a run on Fabric itself.',
    },
    native: {
        isFabric: true,
        short: 'Hyperledger Fabric, native processes',
        sentence: `Hyperledger Fabric as native processes on one machine: ${real}.`,
    },
    docker: {
        isFabric: true,
        short: 'Hyperledger Fabric in containers',
        sentence: `Hyperledger Fabric in containers on one machine: ${real}.`,
    },
    profile: {
        isFabric: true,
        short: 'An existing network, by connection profile',
        sentence: 'An existing network that was reached by its connection profile; its nodes are not this project’s.',
    },
};

/** What a back end is, so that no figure is taken for what it is not. */
export function describeBackend(backend: RunRecord['backend']): BackendDescription {
    return descriptions[backend];
}
