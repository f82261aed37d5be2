import { join } from 'node:path';
import { dockerFiles } from '../../generate/compose-paths';
import { projectName } from '../../generate/compose-names';
import type { Network } from '../../topology/network-model';
import { projectRoot } from '../../topology/project-root';
import { observers } from '../network-backend';
import type { Observer } from '../network-backend';
import { runFiles } from '../running-network';
import { runDocker } from './docker-programs';
import type { DockerPrograms } from './docker-programs';

/** A container as Docker tells of it. */
export interface ContainerState {
    readonly id: string;
    /** Name in the compose file. */
    readonly service: string;
    /** created, running, restarting, exited, … */
    readonly state: string;
    /** Docker's words, e.g. `Up 5 seconds (healthy)`. */
    readonly status: string;
}

/** The containers, networks and volumes of one network. */
export class ComposeProject {
    readonly name: string;
    readonly #programs: DockerPrograms;
    readonly #file: string;

    constructor(network: Network, runDirectory: string, programs: DockerPrograms) {
        this.name = projectName(network);
        this.#programs = programs;
        this.#file = join(runFiles.docker(runDirectory), dockerFiles.compose);
    }

    /** Makes the image of the chaincode; what did not change is not made again. */
    async build(service: string, interruption?: AbortSignal): Promise<void> {
        await this.#compose(['build', service], interruption);
    }

    /** Starts what is not running, with the services of these profiles; others are left as they are. */
    async up(profiles: readonly Observer[], interruption?: AbortSignal): Promise<void> {
        const named = profiles.flatMap((profile) => ['--profile', profile]);
        await this.#compose([...named, 'up', '--detach', '--no-build'], interruption);
    }

    /** Starts a service in a new container when its image or what the compose file says of it has changed. */
    async renew(service: string): Promise<void> {
        await this.#compose(['up', '--detach', '--no-build', '--no-deps', service]);
    }

    /** Leaves no container, no network and no volume. */
    async down(): Promise<void> {
        const all = observers.flatMap((profile) => ['--profile', profile]);
        await this.#compose([...all, 'down', '--volumes', '--remove-orphans', '--timeout', '5']);
    }

    async containers(): Promise<ContainerState[]> {
        const format = ['ID', 'Label "com.docker.compose.service"', 'State', 'Status']
            .map((field) => `{{.${field}}}`)
            .join('\t');
        const filter = `label=com.docker.compose.project=${this.name}`;
        const text = await this.#docker('ps', '--all', '--filter', filter, '--format', format);
        return text
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => {
                const [id = '', service = '', state = '', status = ''] = line.split('\t');
                return { id, service, state, status };
            });
    }

    /** Whether Docker's own checks find these services healthy: nothing of a chaincode is published, to be asked here. */
    async areHealthy(services: readonly string[]): Promise<boolean> {
        const healthy = (await this.containers()).filter(({ status }) => status.includes('(healthy)'));
        return services.every((service) => healthy.some((container) => container.service === service));
    }

    /** Ends a container in order, ends it at once, or starts it again. */
    async change(act: 'start' | 'stop' | 'kill', { id }: ContainerState): Promise<void> {
        await this.#docker(act, id);
    }

    /** What shows a container's log. */
    logCommand(service: string): string {
        return [...this.#command(), 'logs', service].join(' ');
    }

    /** The last lines that a container wrote: the stack of an error that Node ends with, and what is above it. */
    async lastLines({ id }: ContainerState, count = 20): Promise<string[]> {
        const command = ['sh', '-c', 'exec docker logs --tail "$1" "$2" 2>&1', 'logs', String(count), id];
        const text = await runDocker(command, this.#programs);
        return text.split('\n').filter((line) => line.trim() !== '');
    }

    #docker(...args: readonly string[]): Promise<string> {
        return runDocker(['docker', ...args], this.#programs);
    }

    #compose(args: readonly string[], interruption?: AbortSignal): Promise<string> {
        return runDocker([...this.#command(), ...args], this.#programs, { directory: projectRoot, interruption });
    }

    #command(): string[] {
        const project = ['--project-directory', projectRoot, '--file', this.#file, '--project-name', this.name];
        return [...this.#programs.compose, ...project];
    }
}
