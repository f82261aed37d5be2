/** What can go wrong with Docker itself. */
export type DockerFault =
    | { readonly code: 'DOCKER_MISSING'; readonly missing: 'docker' | 'Compose' }
    | { readonly code: 'DOCKER_NOT_ANSWERING'; readonly reason: string }
    | { readonly code: 'LOG_KEPT_BY_DOCKER'; readonly node: string; readonly command: string }
    | {
          readonly code: 'DOCKER_REFUSED';
          /** As it was run. */
          readonly command: string;
          readonly lastLines: readonly string[];
      };

/** One sentence: what is wrong, where, what to do. */
export function describeDockerFault(fault: DockerFault): string {
    switch (fault.code) {
        case 'DOCKER_MISSING':
            return (
                `${fault.missing} cannot be found on PATH: install Docker Engine with Compose 1.29 or 2 (of Debian the ` +
                'packages docker.io and docker-compose).'
            );
        case 'DOCKER_NOT_ANSWERING':
            return `Docker's engine does not answer (${fault.reason}): start it, and let this user speak to it.`;
        case 'LOG_KEPT_BY_DOCKER':
            return `Docker itself keeps the log of ${fault.node}: ${fault.command}`;
        case 'DOCKER_REFUSED':
            return `"${fault.command}" failed:\n${fault.lastLines.join('\n')}`;
    }
}

export class DockerError extends Error {
    readonly fault: DockerFault;

    constructor(fault: DockerFault, options?: ErrorOptions) {
        super(describeDockerFault(fault), options);
        this.name = DockerError.name;
        this.fault = fault;
    }
}
