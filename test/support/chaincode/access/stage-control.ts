import { authorityCalls } from '../../../../chaincode/src/authority/authority-api';
import { controlCalls, type OperationName } from '../../../../chaincode/src/control/control-api';
import { page, terminalId, type AccessGrid, type StagedCall } from './access-grid';

const command = { type: 'double', value: 'off' } as const;
const idle = { terminalId, deviceId: 'D0' };
const tagged = { terminalId, deviceId: 'D4', kind: 'hold', reason: 'r' } as const;
const earth = { ...idle, section: 'S1', earthId: 'E1', reason: 'r' };

async function select(access: AccessGrid, deviceId: string): Promise<OperationName> {
    const { transactionId } = await access.submit(controlCalls.select({ terminalId, deviceId, command }), 'dispatcher');
    return { terminalId, deviceId, operationId: transactionId };
}

/** A device for each state that a step begins in. */
export async function stageControl(access: AccessGrid): Promise<StagedCall[]> {
    const selected = await select(access, 'D1');
    const confirmed = await select(access, 'D2');
    const operating = await select(access, 'D3');
    await access.submit(controlCalls.confirmSelection(confirmed), 'terminal');
    await access.submit(controlCalls.confirmSelection(operating), 'terminal');
    await access.submit(controlCalls.operate(operating), 'dispatcher');
    await access.submit(controlCalls.tag(tagged), 'operator');
    await access.submit(controlCalls.placeEarth(earth), 'operator');
    const position = { type: 'double', state: 'off' } as const;
    return [
        controlCalls.select({ ...idle, command }),
        controlCalls.confirmSelection(selected),
        controlCalls.refuseSelection({ ...selected, reason: 'r' }),
        controlCalls.operate(confirmed),
        controlCalls.cancel({ ...confirmed, reason: 'r' }),
        controlCalls.reportOutcome({ ...operating, reached: true, position, timeMs: 1, soe: 9 }),
        controlCalls.tag({ ...idle, kind: 'lockout', reason: 'r' }),
        controlCalls.untag(tagged),
        controlCalls.placeEarth({ ...earth, earthId: 'E2' }),
        controlCalls.removeEarth(earth),
        controlCalls.queryOperation({ terminalId, deviceId: 'D1' }),
        controlCalls.queryDevice(idle),
        controlCalls.queryOperationHistory({ ...idle, ...page }),
        controlCalls.queryTagHistory({ ...idle, ...page }),
        controlCalls.queryEarthHistory({ section: 'S1', ...page }),
    ].map((call) => ({ call }));
}

/** The operator has proposed a move, so that an operator of another organisation may approve it. */
export async function stageAuthority(access: AccessGrid): Promise<StagedCall[]> {
    const move = { holder: 'PrimaryMSP', reason: 'r' };
    const { transactionId: proposalId } = await access.submit(authorityCalls.proposeAuthority(move), 'operator');
    return [
        authorityCalls.proposeAuthority(move),
        authorityCalls.approveAuthority({ proposedBy: 'DispatchMSP', proposalId }),
        authorityCalls.queryAuthority(),
        authorityCalls.queryAuthorityHistory(page),
        authorityCalls.listAuthorityProposals(page),
    ].map((call) => ({ call }));
}
