import { createRequire } from 'node:module';
import { measurementCalls } from '../../chaincode/src/measurement/measurement-api';
import type { Call } from '../../chaincode/src/calls/call-api';
import { runInFlight } from '../capacity/run-in-flight';
import type { ClientAnswer, ClientRequest, ClientRound } from './client-messages';

/** One terminal's way to the network. */
export interface LoadClient {
    readonly terminalId: string;
    /** Answers when the call is committed as valid, or throws. */
    submit(call: Call): Promise<unknown>;
    evaluate(call: Call): Promise<unknown>;
}

type Opening = Extract<ClientRequest, { kind: 'open' }>;

/**
 * Makes this process a client that is measured from outside: opens what it is told to and runs rounds on request. It
 * loads nothing of fabric-network by itself, so that each client brings the SDK in its own way.
 */
export function runClientProcess(open: (order: Opening) => Promise<readonly LoadClient[]>): void {
    const countSignatures = watchElliptic();
    let clients: readonly LoadClient[] = [];
    const answer = async (request: ClientRequest): Promise<ClientAnswer> => {
        if (request.kind === 'round') {
            return { kind: 'measured', ...(await runRound(clients, request, countSignatures)) };
        }
        clients = await open(request);
        return { kind: 'opened' };
    };
    process.on('message', (message) => {
        answer(message as ClientRequest)
            .catch((error: unknown): ClientAnswer => ({ kind: 'failed', why: textOf(error) }))
            .then((answered) => process.send?.(answered))
            .catch(() => process.exit(1));
    });
    process.once('disconnect', () => process.exit(0));
}

async function runRound(
    clients: readonly LoadClient[],
    { operation, total, inFlight }: Extract<ClientRequest, { kind: 'round' }>,
    countSignatures: () => number,
): Promise<ClientRound> {
    const failures: string[] = [];
    const signaturesBefore = countSignatures();
    const startedMs = performance.now();
    await runInFlight({ total, inFlight }, async (index) => {
        const client = clients[index % clients.length];
        if (client === undefined) return;
        const { terminalId } = client;
        try {
            await (operation === 'set'
                ? client.submit(setCall(terminalId))
                : client.evaluate(measurementCalls.query(terminalId)));
        } catch (error) {
            failures.push(textOf(error));
        }
    });
    const [firstFailure] = failures;
    return {
        seconds: (performance.now() - startedMs) / 1000,
        failed: failures.length,
        ...(firstFailure !== undefined && { firstFailure }),
        ellipticSignatures: countSignatures() - signaturesBefore,
    };
}

function setCall(terminalId: string): Call {
    const timeMs = Date.now();
    return measurementCalls.set({ terminalId, timeMs, type: 'voltage', value: 10.2, unit: 'kV', quality: 'valid' });
}

interface Elliptic {
    readonly ec: { readonly prototype: { sign: (...parts: unknown[]) => unknown } };
}

/** Counts the signatures that elliptic makes, whoever asks for them: the SDK loads this very module. */
function watchElliptic(): () => number {
    const ofSdk = createRequire(require.resolve('fabric-common/package.json'));
    const { prototype } = (ofSdk('elliptic') as Elliptic).ec;
    const { sign } = prototype;
    let signatures = 0;
    prototype.sign = function (...parts) {
        signatures += 1;
        return sign.apply(this, parts);
    };
    return () => signatures;
}

function textOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
