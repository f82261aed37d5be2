/** Our client in a process of its own: one set of connections and one commit stream. */
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { submitCall } from '../../network/client/submit-call';
import { runClientProcess } from './run-client-process';

runClientProcess(async ({ target, terminals }) => {
    const [first] = terminals;
    if (first === undefined) return [];
    const sharing = await connectGateway(target, first);
    const commitWatch = await CommitWatch.open(sharing);
    return Promise.all(
        terminals.map(async (terminal) => {
            const connection = await connectGateway(target, terminal, { sharing, commitWatch });
            return {
                terminalId: terminal.name,
                submit: (call) => submitCall(connection, call),
                evaluate: (call) => evaluateCall(connection, call),
            };
        }),
    );
});
