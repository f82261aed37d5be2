/** The process that holds a Docker network and takes it down when it is asked to. It is forked by docker-backend.ts. */
import { runNetworkProcess } from '../run-network-process';
import { startDockerNetwork } from './docker-network';
import type { DockerStart } from './docker-start';

const interruption = new AbortController();
let starting: Promise<unknown> = Promise.resolve();

runNetworkProcess(
    'docker',
    (order, log) => {
        const started = startDockerNetwork(order as DockerStart, log, interruption.signal);
        starting = started.catch(() => undefined);
        return started;
    },
    async () => {
        interruption.abort();
        await starting;
    },
);
