import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { revokeIdentity } from '../../network/admin/revoke-identity';
import { openConfigSession } from '../../network/backends/open-admin-session';
import { findOrganizationOf, getOrganization } from '../../network/identities/find-identity';
import { readRevocationList, writeRevocationList } from '../../network/identities/revocation-store';
import { describeUnheard } from './describe-unheard';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';
import { requireRunningNetwork } from './require-running-network';

export const revoke: NetworkAct<typeof whichNetwork> = {
    name: 'revoke',
    words: ['TERMINAL'],
    usage: "takes a terminal's (or anybody's) certificate back, for good",
    options: whichNetwork,
    run,
};

async function run(values: ActValues<typeof whichNetwork>, [name = '']: readonly string[]): Promise<ExitCode> {
    const running = await requireRunningNetwork(values);
    const session = await openConfigSession(running, 'revoke a certificate');
    const { identitiesDirectory } = running;
    try {
        const { identities } = session.options;
        const { mspId } = findOrganizationOf(identities, name);
        const kept = await readRevocationList(identitiesDirectory, mspId);
        const { list, update } = await revokeIdentity(session, name, { kept, now: new Date() });
        if (list === undefined || update === undefined) {
            console.log(`The certificate of ${name} was revoked before: nothing to change.`);
            return exitCodes.kept;
        }
        await writeRevocationList(identitiesDirectory, getOrganization(identities, mspId), list.pem);
        console.log(
            `The certificate of ${name} is revoked: list ${list.number} of ${mspId}, configuration ${update.sequence}. ` +
                `Every peer and orderer refuses it.${describeUnheard(update.notHeardBy)}`,
        );
        return exitCodes.kept;
    } finally {
        session.close();
    }
}
