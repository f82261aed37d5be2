import type { ProcessStart } from '../process-start';
import type { DockerPrograms } from './docker-programs';

/** What the process of a Docker network is told. */
export interface DockerStart extends ProcessStart {
    readonly programs: DockerPrograms;
}
