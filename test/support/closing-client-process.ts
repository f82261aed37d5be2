/** Opens a gateway, begins calls of every kind and closes it in the same moment; then tells what became of them. */
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway, type ReachableNetwork } from '../../network/client/connect-gateway';
import { tryEvaluate } from '../../network/client/evaluate-call';
import { trySubmit } from '../../network/client/submit-call';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { Identity } from '../../network/identities/identity';

export interface ClosingOrder {
    readonly target: ReachableNetwork;
    readonly terminal: Identity;
}

process.once('message', (message) => {
    closeWithCallsUnderWay(message as ClosingOrder).then(
        (outcomes) =>
            process.send?.(outcomes, () => {
                process.disconnect();
            }),
        (error: unknown) => {
            throw error;
        },
    );
});

async function closeWithCallsUnderWay({ target, terminal }: ClosingOrder): Promise<readonly string[]> {
    const connection = await connectGateway(target, terminal);
    await CommitWatch.open(connection);
    const call = measurementCalls.query(terminal.name);
    await tryEvaluate(connection, call);
    const height = (): Promise<unknown> =>
        connection.fabric.getContract('qscc').evaluateTransaction('GetChainInfo', target.network.channel.name);
    await height();
    const byTheSdk = [height(), height()];
    const byUs = [tryEvaluate(connection, call), trySubmit(connection, { ...call, readOnly: false })];
    connection.close();
    const late = [height(), tryEvaluate(connection, call)];
    connection.close();
    const all = await Promise.allSettled([...byTheSdk, ...byUs, ...late]);
    return all.map((settled) => (settled.status === 'rejected' ? 'rejected' : faultOf(settled.value)));
}

function faultOf(outcome: unknown): string {
    return (outcome as { readonly fault?: { readonly code: string } }).fault?.code ?? 'answered';
}
