import { connect } from 'node:tls';

const timeoutMs = 3_000;

/**
 * Whether a TLS server answers there. A port that Docker publishes accepts connections before the container does, so that
 * an open port says nothing. Who it is, is for whoever then speaks to it to check.
 */
export async function answersTls(host: string, port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect({ host, port, rejectUnauthorized: false, timeout: timeoutMs, ALPNProtocols: ['h2'] });
        const end = (isServing: boolean): void => {
            socket.destroy();
            resolve(isServing);
        };
        socket.once('secureConnect', () => {
            end(true);
        });
        socket.once('error', () => {
            end(false);
        });
        socket.once('timeout', () => {
            end(false);
        });
        socket.once('close', () => {
            end(false);
        });
    });
}
