/** Plays a terminal until it is interrupted: `npm run terminal -- FTU-S033`. See scripts/README.md. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { registrationCalls } from '../chaincode/src/registration/registration-api';
import { evaluateCall } from '../network/client/evaluate-call';
import { lastEvents } from '../network/client/last-events';
import { SimulatedTerminal } from '../network/client/simulated-terminal';
import { networkOptions, openNetwork } from './open-network';
import { runScript, UsageError } from './run-script';

const usage = 'Usage: npm run terminal -- TERMINAL [--refuse REASON] [--topology NAME | --profile FILE]';

async function main(args: string[]): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { refuse: { type: 'string' }, help: { type: 'boolean', default: false }, ...networkOptions },
    });
    const [terminalId, ...more] = positionals;
    if (values.help || terminalId === undefined) {
        console.log(usage);
        return values.help ? exitCodes.kept : exitCodes.badInput;
    }
    if (more.length > 0) throw new UsageError(`${more.join(' ')} is one word too many. ${usage}`);
    const open = await openNetwork({ topology: values.topology, profile: values.profile });
    const connection = await open.connect(terminalId);
    const { refuse } = values;
    try {
        // Refused here, in the contract's sentence, for whoever is no terminal: it would listen in vain.
        await evaluateCall(connection, registrationCalls.queryTerminal(terminalId));
        const { nextSoe } = await lastEvents(connection, terminalId);
        const terminal = await SimulatedTerminal.start({
            connection,
            nextSoe,
            behaviour: { refuses: () => refuse },
            onStep: (step, { deviceId, operationId }) => {
                console.log(`${step} of ${deviceId}, operation ${operationId}`);
            },
            onError: (error) => {
                console.error(error instanceof Error ? error.message : String(error));
            },
        });
        console.log(`${terminalId} listens; its next event is number ${nextSoe}. Ctrl-C ends it.`);
        await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
        await terminal.stop();
    } finally {
        connection.close();
    }
    return exitCodes.kept;
}

runScript(main);
