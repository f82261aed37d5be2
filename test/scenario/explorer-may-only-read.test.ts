import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Call } from '../../chaincode/src/calls/call-api';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import { registrationCalls } from '../../chaincode/src/registration/registration-api';
import { rolesCalls } from '../../chaincode/src/roles/roles-api';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { provisionNetwork } from '../../network/client/provision-network';
import { trySubmit } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames } from '../../network/identities/identity';
import type { Medium } from '../../network/topology/network-model';
import { aTerminal } from '../support/a-network';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const terminalId = 'DTU-B004';
const reading = { terminalId, timeMs: Date.now(), type: 'voltage', value: 10.2, unit: 'kV', quality: 'valid' } as const;
const location = { site: 'bus 4', feeder: '1', bus: '4', medium: 'epon' };
const epon: Medium = {
    name: 'epon',
    latencyMs: 1,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1_000_000,
    downlinkKbps: 1_000_000,
    clockToleranceMs: 5_000,
    requestTimeoutMs: 20_000,
    commitTimeoutMs: 20_000,
    gatewayHolders: 'every-terminal',
    origin: 'this test',
};
const holders = { operator: ['DispatchMSP'], dispatcher: ['DispatchMSP'], supervisor: ['DispatchMSP'] };

/** Every transaction of ours that writes, by its name. */
const writing: Readonly<Record<string, Call>> = {
    AssignRoles: rolesCalls.assignRoles(holders),
    RequestAccess: registrationCalls.requestAccess({ terminalId, kind: 'DTU', location, concentrators: [] }),
    Confirm: registrationCalls.confirm({ terminalId, clockToleranceMs: 5000 }),
    Suspend: registrationCalls.suspend({ terminalId, reason: 'x' }),
    Resume: registrationCalls.resume({ terminalId }),
    Retire: registrationCalls.retire({ terminalId, reason: 'x' }),
    RequestRenewal: registrationCalls.requestRenewal({ terminalId }),
    Renew: registrationCalls.renew({ terminalId, certificateSerial: '0A' }),
    ChangeConcentrators: registrationCalls.changeConcentrators({ terminalId, concentrators: [] }),
    ChangeDevices: registrationCalls.changeDevices({ terminalId, devices: [] }),
    Set: measurementCalls.set(reading),
    SetBatch: measurementCalls.setBatch({ concentratorId: terminalId, readings: [reading] }),
};

describe('the identity of Explorer', () => {
    let network: TestNetwork;
    let explorer: GatewayConnection;

    beforeAll(async () => {
        const terminals = [aTerminal(terminalId, 'PrimaryMSP')];
        network = await startTestNetwork(await aNetworkOnFreePorts({ media: [epon], terminals }));
        await provisionNetwork(network.running, network.identities);
        explorer = await connectGateway(network.running, findIdentity(network.identities, identityNames.explorer));
    });
    afterAll(async () => {
        explorer.close();
        await network.stop();
    });

    it('stands here with every call that writes', () => {
        const domains: readonly object[] = [rolesCalls, registrationCalls, measurementCalls];
        const calls = domains.flatMap((each) => Object.values(each) as ((input: object) => Call)[]);
        const made = calls.map((call) => call({ readings: [] }));
        const submitted = made.filter(({ readOnly }) => !readOnly).map(({ transaction }) => transaction);
        expect(Object.keys(writing).sort()).toEqual(submitted.sort());
    });

    it('may ask', async () => {
        expect(await evaluateCall(explorer, rolesCalls.queryRoles())).toBeDefined();
    });

    it.each(Object.entries(writing))('is refused %s for what it is, not for what it says', async (_name, call) => {
        const outcome = await trySubmit(explorer, call);
        const fault = outcome.committed ? undefined : outcome.fault;
        expect(fault).toMatchObject({ code: 'CHAINCODE_FAULT' });
        expect(JSON.stringify(fault)).toMatch(/ADMIN_REQUIRED|ROLE_REQUIRED|NOT_A_TERMINAL/);
    });
});
