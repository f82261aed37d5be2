import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections, which would take one between its choice and its use. */
const range = { first: 18_000, count: 14_000 };
/** Kept until this process ends, and by the system no longer. */
const reservations: Socket[] = [];

/**
 * Ports that nobody listens on, all different, and given to no other process that asks here while this one lives: each is
 * reserved by the UDP port of the same number, which nothing in these tests uses. So two test processes never choose the
 * same between its choice and its use.
 */
export async function freePorts(count: number): Promise<number[]> {
    const start = randomInt(range.count);
    const ports: number[] = [];
    for (let step = 0; ports.length < count; step += 1) {
        if (step === range.count) throw new Error(`no ${count} of ${range.count} ports are free`);
        const port = range.first + ((start + step) % range.count);
        if ((await isReserved(port)) && (await isFree(port))) ports.push(port);
    }
    return ports;
}

/** Whether this process has got it. */
async function isReserved(port: number): Promise<boolean> {
    const socket = createSocket('udp4');
    const isBound = await new Promise<boolean>((resolve) => {
        socket.once('error', () => {
            resolve(false);
        });
        socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
            resolve(true);
        });
    });
    if (isBound) reservations.push(socket.unref());
    else socket.close();
    return isBound;
}

async function isFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const server = createServer();
        server.once('error', () => {
            resolve(false);
        });
        server.listen(port, '127.0.0.1', () => {
            server.close(() => {
                resolve(true);
            });
        });
    });
}
