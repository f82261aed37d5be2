import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import { SourceError, type SourceFault } from '../../network/client/oracles/source-errors';

/** The fault that reading a source ended in, told in one line; undefined when it was read. Throws a bug on. */
export async function sourceFaultOf(reading: Promise<unknown>): Promise<SourceFault | undefined> {
    return reading.then(
        () => undefined,
        (error: unknown) => {
            if (!(error instanceof SourceError) || error.message.includes('\n')) throw error;
            return error.fault;
        },
    );
}

export async function closed(server: Server | TlsServer): Promise<void> {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
}
