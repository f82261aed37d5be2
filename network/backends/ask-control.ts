import { request } from 'node:http';
import type { LinkStatus } from '../links/site-links';
import { BackendError } from './backend-errors';
import type { BackendFault } from './backend-errors';
import type { ControlRefusal } from './control-server';
import type { NetworkStatus, NodeAct, NodeChange } from './network-backend';
import type { PeerRequest } from './peer-request';
import type { RunningNetwork } from './running-network';

/** A node may take half a minute to serve, and 10 s to end. */
const changeDeadlineMs = 60_000;
const statusDeadlineMs = 5_000;

/** Has the network's process change one node. Throws what it throws, and NETWORK_NOT_UP when it does not answer. */
export async function askForChange(running: RunningNetwork, act: NodeAct, node: string): Promise<NodeChange> {
    const path = `/nodes/${encodeURIComponent(node)}/${act}`;
    const { status, body } = await ask(running, { method: 'POST', path, timeout: changeDeadlineMs });
    if (status === 200) return JSON.parse(body) as NodeChange;
    const { fault, reason } = JSON.parse(body) as ControlRefusal;
    throw new BackendError((fault as BackendFault | undefined) ?? { code: 'NODE_NOT_CHANGED', node, act, reason });
}

/** Has the network's process do something with a peer. Throws what it throws, and NETWORK_NOT_UP. */
export async function askForPeer(running: RunningNetwork, asked: PeerRequest): Promise<void> {
    const content = JSON.stringify(asked);
    const { status, body } = await ask(running, { method: 'POST', path: '/peers', timeout: changeDeadlineMs, content });
    if (status === 200) return;
    const { fault, reason } = JSON.parse(body) as ControlRefusal;
    const node = 'name' in asked ? asked.name : running.network.name;
    throw new BackendError(
        (fault as BackendFault | undefined) ?? { code: 'NODE_NOT_CHANGED', node, act: asked.act, reason },
    );
}

/** The status as the network's own process tells it. Throws NETWORK_NOT_UP. */
export async function askForStatus(running: RunningNetwork): Promise<NetworkStatus> {
    const { status, body } = await ask(running, { method: 'GET', path: '/status', timeout: statusDeadlineMs });
    if (status === 200) return JSON.parse(body) as NetworkStatus;
    throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: running.runDirectory });
}

/** How the links between the sites are. Throws NETWORK_NOT_UP. */
export async function askForLinks(running: RunningNetwork): Promise<LinkStatus[]> {
    return linksIn(running, await ask(running, { method: 'GET', path: '/links', timeout: statusDeadlineMs }));
}

/** Cuts or restores all links of a site that there is, and gives how all are now. Throws NETWORK_NOT_UP. */
export async function askToTurnLink(
    running: RunningNetwork,
    turn: 'cut' | 'restore',
    site: string,
): Promise<LinkStatus[]> {
    const path = `/links/${encodeURIComponent(site)}/${turn}`;
    return linksIn(running, await ask(running, { method: 'POST', path, timeout: statusDeadlineMs }));
}

function linksIn(
    { runDirectory }: RunningNetwork,
    { status, body }: { readonly status: number; readonly body: string },
): LinkStatus[] {
    if (status !== 200) throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory });
    return JSON.parse(body) as LinkStatus[];
}

interface AskedOfControl {
    readonly method: string;
    readonly path: string;
    readonly timeout: number;
    /** Body of the request. */
    readonly content?: string;
}

async function ask(
    { control, runDirectory }: RunningNetwork,
    { content, ...asked }: AskedOfControl,
): Promise<{ readonly status: number; readonly body: string }> {
    return new Promise((resolve, reject) => {
        const failed = (cause: unknown): void => {
            reject(new BackendError({ code: 'NETWORK_NOT_UP', runDirectory }, { cause }));
        };
        const headers = { authorization: `Bearer ${control?.token ?? ''}` };
        const sent = request(
            { host: '127.0.0.1', port: control?.port ?? 0, headers, agent: false, ...asked },
            (answer) => {
                answer.setEncoding('utf8');
                let body = '';
                answer.on('data', (chunk: string) => (body += chunk));
                answer.on('error', failed);
                answer.on('end', () => {
                    resolve({ status: answer.statusCode ?? 0, body });
                });
            },
        );
        sent.on('timeout', () => sent.destroy());
        sent.on('error', failed);
        sent.end(content);
    });
}
