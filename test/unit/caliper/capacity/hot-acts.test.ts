import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ActingTerminal, ActsDesk } from '../../../../caliper/capacity/acts-desk';
import { actOperations } from '../../../../caliper/capacity/capacity-record';
import { hotActs, prepareBeside, readingsOfBatch, type PreparedCall } from '../../../../caliper/capacity/hot-acts';
import { authorityCalls } from '../../../../chaincode/src/authority/authority-api';
import { rolesCalls } from '../../../../chaincode/src/roles/roles-api';
import type { GatewayConnection } from '../../../../network/client/connect-gateway';
import { privateKeyPemOf } from '../../../support/chaincode/signer-of';
import { stubChannel, type Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid } from '../../../support/chaincode/test-grid';
import { newTestIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

const terminalId = 'DTU-1';
const members = ['TTU-1', 'TTU-2'];

describe('the acts that are measured', () => {
    let grid: TestGrid;
    let desk: ActsDesk;
    const identities = new Map<GatewayConnection, TestIdentity>();

    /** As much of a gateway as an act is prepared with; what is prepared goes to the stub ledger. */
    async function connectionOf(name: string, identity: TestIdentity): Promise<GatewayConnection> {
        const connection = {
            identity: { name, privateKeyPem: await privateKeyPemOf(identity) },
            clock: () => grid.ledger.nowMs,
            fabric: { getChannel: () => ({ name: stubChannel }) },
        } as unknown as GatewayConnection;
        identities.set(connection, identity);
        return connection;
    }

    beforeAll(async () => {
        grid = await TestGrid.withoutRoles();
        const both = ['DispatchMSP', 'PrimaryMSP'];
        await grid.ledger.submit(
            rolesCalls.assignRoles({ operator: both, dispatcher: both, supervisor: both }),
            grid.admin,
        );
        const move = authorityCalls.proposeAuthority({ holder: 'DispatchMSP', reason: 'r' });
        const { transactionId: proposalId } = await grid.ledger.submit(move, grid.foreignOperator);
        const approval = authorityCalls.approveAuthority({ proposedBy: 'PrimaryMSP', proposalId });
        await grid.ledger.submit(approval, grid.operator);
        const devices = [{ deviceId: 'Q0', command: 'double', sections: ['S1', 'S2'] }] as const;
        const identity = await grid.register(terminalId, { kind: 'DTU', devices });
        for (const member of members) await grid.register(member, { concentrators: [terminalId] });
        const connection = await connectionOf(terminalId, identity);
        const terminal: ActingTerminal = { id: terminalId, connection, soe: 0, sequence: 0 };
        const dispatcher = await newTestIdentity({ name: 'dispatcher', attributes: { role: 'dispatcher' } });
        desk = {
            terminals: [terminal],
            switches: [{ terminal, deviceId: 'Q0', operationId: '' }],
            concentrators: [{ ...terminal, collectsFor: members }],
            dispatcher: await connectionOf('dispatcher', dispatcher),
            close: () => undefined,
        };
    });

    async function send({ by, call, committed }: PreparedCall): Promise<Simulation> {
        const simulation = await grid.ledger.submit(call, identities.get(by) ?? grid.reader);
        committed?.(simulation.transactionId);
        return simulation;
    }

    it('are accepted in their order, twice over, with as many state calls as the contracts promise', async () => {
        const found: Record<string, string> = {};
        for (const round of [1, 2]) {
            for (const operation of actOperations) {
                for (const step of hotActs[operation].after ?? []) await send(hotActs[step].prepare(desk, round));
                const { calls } = await send(hotActs[operation].prepare(desk, round));
                found[operation] = `${calls.gets} gets, ${calls.puts} puts`;
            }
        }
        expect(found).toEqual({
            displacement: '1 gets, 1 puts',
            select: '6 gets, 1 puts',
            confirm: '2 gets, 1 puts',
            operate: '6 gets, 1 puts',
            outcome: '2 gets, 2 puts',
            refuse: '2 gets, 1 puts',
            cancel: '2 gets, 1 puts',
            'set-signed': '2 gets, 2 puts',
            'set-batch': '2 gets, 1 puts',
            'set-signed-batch': '3 gets, 2 puts',
        });
    });

    it('are measured beside an empty transaction by the same people, a batch beside a terminal’s own Set', () => {
        const beside = actOperations.map((operation) => prepareBeside(desk, operation, 0));
        expect(beside.map(({ call }) => call.transaction)).toEqual([
            ...Array.from({ length: 8 }, () => 'Nothing'),
            'Set',
            'Set',
        ]);
        const byDispatcher = actOperations.filter((_, index) => beside[index]?.by === desk.dispatcher);
        expect(byDispatcher).toEqual(['select', 'operate', 'cancel']);
    });

    it('carry a hundred readings in a batch', () => {
        const { call } = hotActs['set-batch'].prepare(desk, 0);
        const { readings } = JSON.parse(call.args[0] ?? '') as { readings: unknown[] };
        expect(readings).toHaveLength(readingsOfBatch);
        expect(readingsOfBatch).toBe(100);
    });
});
