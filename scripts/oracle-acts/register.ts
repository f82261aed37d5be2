import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { oracleCalls } from '../../chaincode/src/oracles/oracles-api';
import { oracleCertificateOf } from '../../network/client/oracles/oracle-certificate';
import { submitCall } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import type { ActValues, NetworkAct } from '../network-acts/network-act';
import { openNetwork } from '../open-network';
import { whichLedger, whoSigns } from './oracle-options';

const options = {
    ...whichLedger,
    ...whoSigns,
} as const;

export const register: NetworkAct<typeof options> = {
    name: 'register',
    words: ['ORACLE'],
    usage: 'registers an identity as an oracle, by the operator of its organisation',
    options,
    run: (values, [oracleId = '']) => registerOracle(values, oracleId),
};

async function registerOracle(values: ActValues<typeof options>, oracleId: string): Promise<ExitCode> {
    const open = await openNetwork(values);
    const oracle = findIdentity(open.identities, oracleId);
    const organization = open.network.organizations.find(({ mspId }) => mspId === oracle.mspId);
    const connection = await open.connect(values.as ?? identityNames.operator(organization?.id ?? ''));
    try {
        const certificate = oracleCertificateOf(oracle);
        const { transactionId } = await submitCall(connection, oracleCalls.register({ oracleId, certificate }));
        console.log(
            `${oracleId} of ${oracle.mspId} is registered with the certificate ${certificate.serial}.\n${transactionId}`,
        );
        return exitCodes.kept;
    } finally {
        connection.close();
    }
}
