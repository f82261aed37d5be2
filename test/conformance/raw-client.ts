import { Client, credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import type { Identity } from '../../network/identities/identity';
import { waitUntil } from '../../network/backends/wait-until';
import { FieldReader } from '../../network/wire/field-reader';
import { parseProposalResponse } from '../../network/wire/proposal-response';
import type { ProposalResponse } from '../../network/wire/proposal-response';
import { newTransactionEnvelope } from '../../network/wire/transaction';
import type { Endorsement } from '../../network/wire/transaction';
import { channelId, mspIds } from './conformance-network';
import type { ConformanceNetwork, ConformanceNode } from './conformance-network';
import { buildProposal, signWith } from './proposal-draft';
import type { BuiltProposal, ProposalDraft } from './proposal-draft';
import { textOfGo } from './text-of-go';

/** What an endorser said: the call failed, or an answer of whatever status. */
export interface EndorserAnswer {
    readonly grpcCode?: number;
    readonly grpcMessage?: string;
    readonly answer?: ProposalResponse;
    readonly proposal: BuiltProposal;
}

/** A transaction ready to be broadcast. */
export interface PreparedTransaction {
    readonly txId: string;
    readonly envelope: Buffer;
    /** The chaincode's result. */
    readonly result: string;
}

/** One message of a stream: what came, or how it ended. */
export interface StreamEnd {
    readonly messages: readonly Buffer[];
    readonly end: 'ended' | 'open' | { readonly grpcCode: number; readonly grpcMessage: string };
}

const unchanged = (bytes: Buffer): Buffer => bytes;
const commitDeadlineMs = 10_000;
const maxMessageBytes = 100 * 1024 * 1024;

/** What the client must know of a network. */
type SpokenTo = Pick<ConformanceNetwork, 'peers' | 'orderers' | 'clients'>;

/** A client that speaks Fabric's bytes and checks nothing: it sends what no SDK would. */
export class RawClient {
    readonly #network: SpokenTo;
    readonly #channels = new Map<string, Client>();

    constructor(network: SpokenTo) {
        this.#network = network;
    }

    /** Of DispatchMSP. */
    get identity(): Identity {
        return this.#network.clients.member(mspIds[0]);
    }

    async endorse(draft: Partial<ProposalDraft>, mspId: string = mspIds[0]): Promise<EndorserAnswer> {
        const proposal = buildProposal({ identity: this.identity, args: [], ...draft });
        return this.sendProposal(proposal, mspId);
    }

    async sendProposal(proposal: BuiltProposal, mspId: string = mspIds[0]): Promise<EndorserAnswer> {
        const peer = this.#peerOf(mspId);
        const outcome = await this.unary(peer, '/protos.Endorser/ProcessProposal', proposal.bytes);
        return Buffer.isBuffer(outcome)
            ? { answer: parseProposalResponse(outcome), proposal }
            : { grpcCode: outcome.code, grpcMessage: textOfGo(outcome.details), proposal };
    }

    /** Has a call endorsed by the peers of these organisations and makes a transaction of it. */
    async prepare(
        args: ProposalDraft['args'],
        { endorsers = mspIds.slice(0, 2), draft = {}, tamperEndorsement = (same) => same }: PrepareOptions = {},
    ): Promise<PreparedTransaction> {
        const proposal = buildProposal({ identity: this.identity, args, ...draft });
        const answers: EndorserAnswer[] = [];
        for (const mspId of endorsers) answers.push(await this.sendProposal(proposal, mspId));
        const endorsed = answers.map(({ answer, grpcMessage }) => {
            if (!answer?.endorsement || !answer.payload) {
                throw new Error(`not endorsed: ${answer?.response.message ?? grpcMessage ?? ''}`);
            }
            return { endorsement: answer.endorsement, payload: answer.payload, response: answer.response };
        });
        const identity = draft.identity ?? this.identity;
        const envelope = newTransactionEnvelope(
            {
                channelHeaderBytes: proposal.channelHeaderBytes,
                signatureHeaderBytes: proposal.signatureHeaderBytes,
                chaincodeProposalPayloadBytes: proposal.payloadBytes,
                proposalResponsePayloadBytes: endorsed[0]?.payload ?? Buffer.alloc(0),
                endorsements: endorsed.map(({ endorsement }) => tamperEndorsement(endorsement)),
            },
            (payload) => signWith(identity, payload),
        );
        return { txId: proposal.txId, envelope, result: endorsed[0]?.response.payload.toString() ?? '' };
    }

    /** Broadcasts and gives the validation code; throws when the orderer refuses. */
    async commit(transaction: PreparedTransaction): Promise<number> {
        await this.order(transaction.envelope);
        return this.codeOf(transaction.txId);
    }

    async submit(args: readonly string[], options: PrepareOptions = {}): Promise<PreparedTransaction> {
        const transaction = await this.prepare(args, options);
        const code = await this.commit(transaction);
        if (code !== 0) throw new Error(`transaction ${transaction.txId} got code ${code}`);
        return transaction;
    }

    /** The result of a call that changes nothing; throws the chaincode's message. */
    async query(args: readonly string[], mspId: string = mspIds[0]): Promise<string> {
        const { answer, grpcMessage } = await this.endorse({ args }, mspId);
        if (answer?.response.status !== 200) throw new Error(answer?.response.message ?? grpcMessage ?? '');
        return answer.response.payload.toString();
    }

    /** Throws when the orderer's answer is not SUCCESS. */
    async order(envelope: Buffer): Promise<void> {
        const [answer] = await this.broadcast([envelope]);
        if (answer?.status !== 200) throw new Error(`orderer answered ${answer?.status ?? 0} ${answer?.info ?? ''}`);
    }

    /** Sends envelopes on one stream, closes the own side at once, and waits for the end of the stream. */
    async broadcast(envelopes: readonly Buffer[]): Promise<{ readonly status: number; readonly info: string }[]> {
        const [orderer] = this.#network.orderers;
        const { messages } = await this.stream(orderer, '/orderer.AtomicBroadcast/Broadcast', envelopes);
        return messages.map(parseBroadcastAnswer);
    }

    /** The validation code, once every peer has committed the transaction: what comes next meets one state. */
    async codeOf(txId: string): Promise<number> {
        const [code = -1] = await Promise.all(mspIds.map(async (mspId) => this.codeAt(txId, mspId)));
        return code;
    }

    /** The validation code, once a peer has committed the transaction. */
    async codeAt(txId: string, mspId: string): Promise<number> {
        return waitUntil(async () => this.findCode(txId, mspId), {
            deadlineMs: commitDeadlineMs,
            forWhat: `the commit of ${txId}`,
        }).then((found) => found.code);
    }

    async unary(node: ConformanceNode, method: string, request: Buffer): Promise<Buffer | ServiceError> {
        return new Promise((resolve) => {
            this.#channelTo(node).makeUnaryRequest(method, unchanged, unchanged, request, (error, answer) => {
                resolve(error ?? answer ?? Buffer.alloc(0));
            });
        });
    }

    /**
     * Opens a stream, writes the requests, closes the own side unless told to leave it open, and collects what comes
     * until the stream ends or `enough` says so; after `patienceMs` it is called open.
     */
    async stream(
        node: ConformanceNode | undefined,
        method: string,
        requests: readonly Buffer[],
        { halfClose = true, patienceMs = commitDeadlineMs, enough = () => false, lastAfter = 0 }: StreamOptions = {},
    ): Promise<StreamEnd> {
        if (!node) throw new Error('no such node');
        const call = this.#channelTo(node).makeBidiStreamRequest(method, unchanged, unchanged);
        const messages: Buffer[] = [];
        const end = await new Promise<StreamEnd['end']>((resolve) => {
            const patience = setTimeout(() => {
                resolve('open');
            }, patienceMs);
            const finish = (how: StreamEnd['end']): void => {
                clearTimeout(patience);
                resolve(how);
            };
            const writeLast = (): void => {
                for (const request of requests.slice(-1)) call.write(request);
                if (halfClose) call.end();
            };
            call.on('data', (message: Buffer) => {
                messages.push(message);
                if (messages.length === lastAfter) writeLast();
                if (enough(messages)) finish('open');
            });
            call.on('end', () => {
                finish('ended');
            });
            call.on('error', (error: ServiceError) => {
                finish({ grpcCode: error.code, grpcMessage: textOfGo(error.details) });
            });
            for (const request of requests.slice(0, -1)) call.write(request);
            if (lastAfter === 0) writeLast();
        });
        call.removeAllListeners();
        call.on('error', () => undefined);
        if (end === 'open') call.cancel();
        return { messages, end };
    }

    close(): void {
        for (const channel of this.#channels.values()) channel.close();
    }

    /** The validation code; undefined while a peer has not committed the transaction. */
    async findCode(txId: string, mspId: string): Promise<{ readonly code: number } | undefined> {
        const args = ['GetTransactionByID', channelId, txId];
        const { answer } = await this.endorse(
            { chaincode: 'qscc', args, identity: this.#network.clients.member(mspId) },
            mspId,
        );
        return answer?.response.status === 200 ? { code: parseValidationCode(answer.response.payload) } : undefined;
    }

    #peerOf(mspId: string): ConformanceNode {
        const peer = this.#network.peers.find((each) => each.mspId === mspId);
        if (!peer) throw new Error(`no peer of ${mspId}`);
        return peer;
    }

    #channelTo(node: ConformanceNode): Client {
        const known = this.#channels.get(node.endpoint);
        if (known) return known;
        const channel = new Client(node.endpoint, credentials.createSsl(Buffer.from(node.tlsRootPem)), {
            'grpc.ssl_target_name_override': node.name,
            'grpc.max_receive_message_length': maxMessageBytes,
            'grpc.max_send_message_length': maxMessageBytes,
            'grpc.enable_http_proxy': 0,
        });
        this.#channels.set(node.endpoint, channel);
        return channel;
    }
}

export interface PrepareOptions {
    /** MSP ids; the first two when left out. */
    readonly endorsers?: readonly string[];
    readonly draft?: Partial<ProposalDraft>;
    readonly tamperEndorsement?: (endorsement: Endorsement) => Endorsement;
}

export interface StreamOptions {
    readonly halfClose?: boolean;
    readonly patienceMs?: number;
    readonly enough?: (messages: readonly Buffer[]) => boolean;
    /** The last request is written when so many messages have come: grpc-js drops what comes together with an error. */
    readonly lastAfter?: number;
}

function parseBroadcastAnswer(bytes: Buffer): { status: number; info: string } {
    const reader = new FieldReader('BroadcastResponse', bytes);
    let status = 0;
    let info = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) status = reader.int32();
        else if (tag === 0x12) info = reader.string();
        else reader.skip();
    }
    return { status, info: textOfGo(info) };
}

function parseValidationCode(bytes: Buffer): number {
    const reader = new FieldReader('ProcessedTransaction', bytes);
    let code = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x10) code = reader.int32();
        else reader.skip();
    }
    return code;
}
