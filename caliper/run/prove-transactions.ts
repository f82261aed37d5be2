import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { submitCall } from '../../network/client/submit-call';
import { CaliperError } from '../caliper-errors';
import type { TerminalFleet } from '../terminals/terminal-fleet';

/**
 * One transaction of each kind, sent and answered, before the first round: Caliper would run for minutes while every
 * transaction fails. Throws CaliperError `TRANSACTION_NOT_PROVED` with the reason.
 */
export async function proveTransactions(
    topology: string,
    fleet: TerminalFleet,
    connect: (identity: string) => Promise<GatewayConnection>,
): Promise<void> {
    const { reading, terminal, reporter } = fleet.nextReading(Date.now());
    const prove = async (
        operation: string,
        act: (connection: GatewayConnection) => Promise<unknown>,
    ): Promise<void> => {
        const connection = await connect(reporter.id);
        try {
            await act(connection);
        } catch (cause) {
            const why = cause instanceof Error ? cause.message : String(cause);
            throw new CaliperError({ code: 'TRANSACTION_NOT_PROVED', operation, topology, why }, { cause });
        } finally {
            connection.close();
        }
    };
    await prove('Set', (connection) => submitCall(connection, measurementCalls.set(reading)));
    await prove('Query', async (connection) => {
        const answer = await evaluateCall(connection, measurementCalls.query(terminal.id));
        if (!(answer as { newest?: unknown }).newest)
            throw new CaliperError({
                code: 'TRANSACTION_NOT_PROVED',
                operation: 'Query',
                topology,
                why: `the reading that ${terminal.id} had just set was not found`,
            });
    });
}
