import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { listen } from './node-server';

/** What a node answers over plain HTTP on its operations port: path → JSON value. */
export interface OperationsOptions {
    readonly name: string;
    readonly host: string;
    readonly port: number;
    readonly clock: { nowMs(): number };
    /** Version of this project. */
    readonly version: string;
    /** GET path → value; may be asked at any time. */
    readonly reads?: Readonly<Record<string, () => unknown>>;
}

/** healthz and version as Fabric's nodes give them (docs: operations_service), and what else the options hold. */
export class OperationsService {
    readonly #options: OperationsOptions;
    readonly #server: Server;

    constructor(options: OperationsOptions) {
        this.#options = options;
        this.#server = createServer((request, response) => {
            this.#answer(request, response);
        });
    }

    /** Listens; throws PORT_IN_USE or CANNOT_LISTEN. */
    async start(): Promise<void> {
        await listen(this.#server, this.#options);
    }

    async stop(): Promise<void> {
        this.#server.closeAllConnections();
        if (this.#server.listening) {
            await new Promise<void>((resolve) => {
                this.#server.close(() => {
                    resolve();
                });
            });
        }
    }

    #answer(request: IncomingMessage, response: ServerResponse): void {
        const path = request.url ?? '/';
        const value = this.#read(path);
        response.writeHead(value === undefined ? 404 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value ?? { error: `there is nothing at ${path}` }));
    }

    #read(path: string): unknown {
        const { clock, version, reads } = this.#options;
        switch (path) {
            case '/healthz':
                return { status: 'OK', time: new Date(clock.nowMs()).toISOString() };
            case '/version':
                return { CommitSHA: '', Version: `embedded-${version}` };
            default:
                return reads?.[path]?.();
        }
    }
}
