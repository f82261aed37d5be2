import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SiteLinks } from '../links/site-links';
import { BackendError } from './backend-errors';
import type { NodeAct, NodeChange } from './network-backend';
import type { PeerRequest } from './peer-request';
import type { ControlPlace } from './running-network';

/** What the process of a network does when it is asked to. */
export interface NodeControl {
    change(act: NodeAct, node: string): Promise<NodeChange>;
    /** How the network is, as only its own process knows it. */
    readonly status?: () => unknown;
    /** Of a peer that comes or goes, and of a network that has changed. */
    readonly peers?: (request: PeerRequest) => Promise<void>;
    /** The links between the sites, where they are modelled. */
    readonly links?: SiteLinks;
}

/** A fault as it crosses from the network's process to whoever asked. */
export interface ControlRefusal {
    /** A BackendFault where it was one. */
    readonly fault?: unknown;
    readonly reason: string;
}

const turns: Readonly<Record<string, 'cut' | 'restore'>> = { cut: 'cut', restore: 'restore' };
const acts: Readonly<Record<string, NodeAct>> = { start: 'start', stop: 'stop', kill: 'kill' };

/**
 * Listens on a port of the loopback for `POST /nodes/<name>/<act>`, `POST /peers` with a PeerRequest,
 * `POST /links/<site>/<cut or restore>`, `GET /links` and `GET /status`, from whoever knows the token: it stands in the
 * network's record alone, which only its owner reads. One change is done after the other.
 */
export async function startControlServer(control: NodeControl): Promise<ControlPlace> {
    const token = randomBytes(24).toString('hex');
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
        const done = last.then(act);
        last = done.catch(() => undefined);
        return done;
    };
    const server = createServer((request, response) => {
        if (!isKnown(request.headers.authorization, token)) {
            answer(response, 403, { reason: 'the token is missing or wrong' });
            return;
        }
        handle(request, control, inTurn).then(
            (value) => {
                answer(
                    response,
                    value === undefined ? 404 : 200,
                    value ?? { reason: `there is no ${request.url ?? ''}` },
                );
            },
            (error: unknown) => {
                answer(response, 500, refusalOf(error));
            },
        );
    });
    await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            resolve();
        });
    });
    // The network's process lives as long as its nodes do, whoever may still ask.
    server.unref();
    return { port: (server.address() as AddressInfo).port, token };
}

async function handle(
    request: IncomingMessage,
    control: NodeControl,
    inTurn: <T>(act: () => Promise<T>) => Promise<T>,
): Promise<unknown> {
    const { method, url = '/' } = request;
    if (method === 'GET' && url === '/status') return control.status?.();
    if (url.startsWith('/links')) return handleLinks(control.links, method, url);
    if (method !== 'POST') return undefined;
    if (url === '/peers') return changePeers(JSON.parse(await text(request)) as PeerRequest, control, inTurn);
    return changeNode(url, control, inTurn);
}

/** Undefined for what there is not. */
function handleLinks(links: SiteLinks | undefined, method: string | undefined, url: string): unknown {
    if (method === 'GET' && url === '/links') return links?.status();
    const [, site = '', turn = ''] = /^\/links\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
    const known = Object.hasOwn(turns, turn) ? turns[turn] : undefined;
    if (method !== 'POST' || known === undefined || !links?.sites.includes(site)) return undefined;
    links[known](site);
    return links.status();
}

async function changeNode(
    url: string,
    control: NodeControl,
    inTurn: <T>(act: () => Promise<T>) => Promise<T>,
): Promise<unknown> {
    const [, node = '', act = ''] = /^\/nodes\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
    const known = Object.hasOwn(acts, act) ? acts[act] : undefined;
    if (known === undefined) return undefined;
    return inTurn(() => control.change(known, decodeURIComponent(node)));
}

async function changePeers(
    asked: PeerRequest,
    { peers }: NodeControl,
    inTurn: <T>(act: () => Promise<T>) => Promise<T>,
): Promise<unknown> {
    if (!peers) return undefined;
    await inTurn(() => peers(asked));
    return { done: asked.act };
}

function isKnown(given: string | undefined, token: string): boolean {
    const [one, other] = [Buffer.from(given ?? ''), Buffer.from(`Bearer ${token}`)];
    return one.length === other.length && timingSafeEqual(one, other);
}

function refusalOf(error: unknown): ControlRefusal {
    const reason = error instanceof Error ? error.message : String(error);
    return error instanceof BackendError ? { fault: error.fault, reason } : { reason };
}

function answer(response: ServerResponse, status: number, value: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(value));
}
