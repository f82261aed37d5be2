/** The process that holds a Docker network and takes it down when it is asked to. It is forked by docker-backend.ts. */
import { runNetworkProcess } from '../run-network-process';
import { startDockerNetwork } from './docker-network';
import type { DockerStart } from './docker-start';

runNetworkProcess('docker', (order, log) => startDockerNetwork(order as DockerStart, log));
