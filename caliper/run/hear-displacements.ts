import type { GatewayConnection } from '../../network/client/connect-gateway';
import { MainStation } from '../../network/client/main-station';

/** How a displacement came to the main station. */
export interface Hearing {
    /** From the terminal's stamp to the receipt of the committed event. */
    readonly afterMs: number;
    readonly receivedMs: number;
}

/** The main station's ear: what it heard of displacements, by transaction id. */
export interface Ear {
    readonly heard: ReadonlyMap<string, Hearing>;
    /** Listens no longer; may be called twice. */
    close(): void;
}

/**
 * Opens the main station at the dispatch centre's own peer, not over any terminal's medium: it hears of displacements in
 * full blocks, as what they say must be read. Answers when the stream stands. The connection is closed with it, since
 * the SDK would go on to receive full blocks.
 */
export async function openEar(connect: () => Promise<GatewayConnection>): Promise<Ear> {
    const heard = new Map<string, Hearing>();
    const connection = await connect();
    const station = await MainStation.open(connection, {
        onDisplacement: ({ transactionId, afterMs, receivedMs }) => {
            heard.set(transactionId, { afterMs, receivedMs });
        },
    });
    let isOpen = true;
    return {
        heard,
        close: () => {
            if (!isOpen) return;
            isOpen = false;
            station.close();
            connection.close();
        },
    };
}
