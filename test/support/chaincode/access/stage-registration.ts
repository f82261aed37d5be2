import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { rolesCalls } from '../../../../chaincode/src/roles/roles-api';
import { someDevices } from '../some-devices';
import { StubLedger } from '../stub-ledger';
import { anAccessRequest, testRoleHolders, toleranceMs } from '../test-grid';
import { page, terminalId, unregisteredId, type AccessGrid, type StagedCall } from './access-grid';

export async function stageRoles(): Promise<StagedCall[]> {
    // Written once: on the grid's own ledger they stand already.
    const empty = new StubLedger();
    return Promise.resolve([
        { call: rolesCalls.assignRoles(testRoleHolders), ledger: empty },
        { call: rolesCalls.queryRoles() },
    ]);
}

export async function stageRegistration(access: AccessGrid): Promise<StagedCall[]> {
    await access.terminalIn('FTU-8', 'requested');
    await access.terminalIn('FTU-7', 'suspended');
    const { serial } = await access.terminalIn('FTU-6', 'renewing');
    return [
        registrationCalls.requestAccess(anAccessRequest({ terminalId: unregisteredId })),
        registrationCalls.confirm({ terminalId: 'FTU-8', clockToleranceMs: toleranceMs }),
        registrationCalls.suspend({ terminalId, reason: 'r' }),
        registrationCalls.resume({ terminalId: 'FTU-7' }),
        registrationCalls.retire({ terminalId, reason: 'r' }),
        registrationCalls.requestRenewal({ terminalId }),
        registrationCalls.renew({ terminalId: 'FTU-6', certificateSerial: serial }),
        registrationCalls.changeConcentrators({ terminalId, concentrators: [] }),
        registrationCalls.changeDevices({ terminalId, devices: someDevices }),
        registrationCalls.queryTerminal(terminalId),
        registrationCalls.listTerminals({ mspId: 'DispatchMSP', state: 'registered', feeder: 'F11', ...page }),
        registrationCalls.listRenewals({ mspId: 'DispatchMSP', ...page }),
    ].map((call) => ({ call }));
}
