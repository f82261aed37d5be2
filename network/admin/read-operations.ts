import { get } from 'node:http';
import { connect } from 'node:net';

/** A node's operations endpoint: health and metrics, plain HTTP. */
export interface OperationsEndpoint {
    readonly host: string;
    readonly operationsPort: number;
}

const timeoutMs = 5_000;

/** A node's metrics in Prometheus's text format; undefined when it does not answer. */
export async function readMetrics(endpoint: OperationsEndpoint): Promise<string | undefined> {
    const answer = await ask(endpoint, '/metrics');
    return answer?.status === 200 ? answer.body : undefined;
}

/** Whether the node says that it is well. A peer says so before its gRPC port is open. */
export async function isHealthy(endpoint: OperationsEndpoint): Promise<boolean> {
    return (await ask(endpoint, '/healthz'))?.status === 200;
}

/** The value of a metric with exactly this text before it, e.g. `ledger_blockchain_height{channel="ch1"}`. */
export function metricOf(metrics: string, series: string): number | undefined {
    const line = metrics.split('\n').find((text) => text.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** Whether somebody accepts connections there. */
export async function isListening(host: string, port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect({ host, port, timeout: timeoutMs });
        const end = (isOpen: boolean): void => {
            socket.destroy();
            resolve(isOpen);
        };
        socket.once('connect', () => {
            end(true);
        });
        socket.once('error', () => {
            end(false);
        });
        socket.once('timeout', () => {
            end(false);
        });
    });
}

async function ask(
    { host, operationsPort }: OperationsEndpoint,
    path: string,
): Promise<{ status: number; body: string } | undefined> {
    return new Promise((resolve) => {
        const asked = get({ host, port: operationsPort, path, agent: false, timeout: timeoutMs }, (response) => {
            response.setEncoding('utf8');
            let body = '';
            response.on('data', (chunk: string) => (body += chunk));
            response.on('end', () => {
                resolve({ status: response.statusCode ?? 0, body });
            });
            response.on('error', () => {
                resolve(undefined);
            });
        });
        asked.on('timeout', () => asked.destroy());
        asked.on('error', () => {
            resolve(undefined);
        });
    });
}
