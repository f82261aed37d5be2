import type { Network } from '../topology/network-model';
import type { ComposeService } from './compose-model';
import { chaincodeImage } from './compose-names';
import { containerPaths } from './compose-paths';

export interface DoorPort {
    /** The same on both sides. */
    readonly port: number;
    /** A name on the management plane. */
    readonly host: string;
    /** What this machine's port is called in the environment, where it may be moved. */
    readonly variable?: string;
}

/**
 * The one way from this machine into the management plane: a relay of bytes that stands on that plane alone. A container
 * on two planes is published by Docker on one of them only, so the nodes themselves cannot publish both.
 */
export function newDoor(network: Network, ports: readonly DoorPort[]): ComposeService {
    const [first] = ports;
    const script = `${containerPaths.scripts}/door.cjs`;
    return {
        image: chaincodeImage(network),
        command: ['node', script, ...ports.map(({ port, host }) => `${port}=${host}:${port}`)],
        networks: { management: {} },
        // Never beyond this machine, whatever else is published.
        ports: ports.map(({ port, variable }) => `127.0.0.1:${variable ? `\${${variable}:-${port}}` : port}:${port}`),
        volumes: [{ type: 'bind', source: './network/docker/door.cjs', target: script, read_only: true }],
        healthcheck: {
            test: [
                'CMD',
                'node',
                '-e',
                `require('net').connect(${first?.port ?? 0}).once('connect', () => process.exit(0)).once('error', () => process.exit(1))`,
            ],
            interval: '5s',
            timeout: '4s',
            retries: 6,
            start_period: '5s',
        },
        cpus: 0.5,
        mem_limit: '128m',
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        read_only: true,
        restart: 'unless-stopped',
    };
}
