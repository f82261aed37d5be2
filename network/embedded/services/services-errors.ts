/** Why a node of the embedded network cannot be reached. */
export type ServiceFault =
    | { readonly code: 'PORT_IN_USE'; readonly node: string; readonly host: string; readonly port: number }
    | {
          readonly code: 'CANNOT_LISTEN';
          readonly node: string;
          readonly host: string;
          readonly port: number;
          readonly reason: string;
      };

/** One sentence: what is wrong, where, what to do. */
export function describeServiceFault(fault: ServiceFault): string {
    const where = `${fault.host}:${fault.port}, where ${fault.node} should listen`;
    switch (fault.code) {
        case 'PORT_IN_USE':
            return (
                `Port ${fault.port} is in use: another program listens on ${where}. ` +
                'Stop that program (another network may be up: see "npm run network -- status"), or start this ' +
                'network with another base port.'
            );
        case 'CANNOT_LISTEN':
            return `Cannot listen on ${where}: ${fault.reason}. Check host and port in the topology file.`;
    }
}

export class ServiceError extends Error {
    readonly fault: ServiceFault;

    constructor(fault: ServiceFault, options?: ErrorOptions) {
        super(describeServiceFault(fault), options);
        this.name = ServiceError.name;
        this.fault = fault;
    }
}
