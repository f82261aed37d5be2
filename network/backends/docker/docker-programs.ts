import { DockerError } from './docker-errors';
import { runProgram, type RunOptions } from './run-program';

/** The programs that a Docker network is run by. */
export interface DockerPrograms {
    /** `docker compose` (2) or `docker-compose` (1.29 or 2). */
    readonly compose: readonly string[];
    /** Of who brought the network up: which engine it speaks to, and what the compose file takes from the environment. */
    readonly environment: NodeJS.ProcessEnv;
}

const shownLines = 12;

/**
 * Finds Docker and Compose on PATH and asks whether the engine answers. Throws DockerError DOCKER_MISSING,
 * DOCKER_NOT_ANSWERING; nothing else is ever taken in their place.
 */
export async function findDocker(callers: NodeJS.ProcessEnv): Promise<DockerPrograms> {
    const environment = dockerEnvironment(callers);
    const version = await runProgram('docker', ['version', '--format', '{{.Server.Version}}'], { environment });
    if (version === undefined) throw new DockerError({ code: 'DOCKER_MISSING', missing: 'docker' });
    if (version.status !== 0) {
        throw new DockerError({ code: 'DOCKER_NOT_ANSWERING', reason: version.lines.at(-1) ?? 'no reason given' });
    }
    for (const compose of [['docker', 'compose'], ['docker-compose']]) {
        const [program = '', ...args] = compose;
        const found = await runProgram(program, [...args, 'version'], { environment });
        if (found?.status === 0) return { compose, environment };
    }
    throw new DockerError({ code: 'DOCKER_MISSING', missing: 'Compose' });
}

/** The rest is kept back: what would name another project or profile to Compose, and secrets, since this is written down. */
const passedOn = new Set([
    ...['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'SSH_AUTH_SOCK'],
    ...[
        'DOCKER_HOST',
        'DOCKER_CONTEXT',
        'DOCKER_CONFIG',
        'DOCKER_TLS_VERIFY',
        'DOCKER_CERT_PATH',
        'DOCKER_API_VERSION',
    ],
    ...['FABRIC_LOGGING_SPEC', 'CORE_CHAINCODE_LOGGING_LEVEL', 'CORE_CHAINCODE_LOGGING_SHIM'],
    ...['FEEDER_PUBLISH_ADDRESS', 'FEEDER_EXPLORER_PORT', 'FEEDER_PROMETHEUS_PORT'],
]);

function dockerEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(environment).filter(([name]) => passedOn.has(name)));
}

/**
 * Runs one of Docker's programs; gives what it printed, or throws DOCKER_REFUSED with its last lines, also when it was
 * interrupted.
 */
export async function runDocker(
    command: readonly string[],
    { environment }: Pick<DockerPrograms, 'environment'>,
    how: Omit<RunOptions, 'environment'> = {},
): Promise<string> {
    const [program = '', ...args] = command;
    const ended = await runProgram(program, args, { environment, ...how });
    if (ended?.status === 0) return ended.output;
    const lastLines = ended?.lines.slice(-shownLines) ?? [`${program} is not there any more`];
    throw new DockerError({ code: 'DOCKER_REFUSED', command: command.join(' '), lastLines });
}
