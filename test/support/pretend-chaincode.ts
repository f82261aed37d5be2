import { Server, ServerCredentials, type ServerDuplexStream, type status } from '@grpc/grpc-js';
import { waitUntil } from '../../network/backends/wait-until';
import { rawMethod } from '../../network/embedded/services/raw-method';
import {
    chaincodeMessageType,
    parseChaincodeMessage,
    type ChaincodeMessage,
    type ChaincodeMessageName,
} from '../../network/wire/chaincode-message';
import { FieldWriter } from '../../network/wire/field-writer';

/** A chaincode that says what the test makes it say. */
export class PretendChaincode {
    static readonly packageId = 'pretend:1';
    readonly heard: ChaincodeMessage[] = [];
    registersAs = PretendChaincode.packageId;
    greet = (): void => {
        this.say('REGISTER', { payload: new FieldWriter().string(2, this.registersAs).finish() });
    };
    #server: Server | undefined;
    #port = 0;
    #stream: ServerDuplexStream<Buffer, Buffer> | undefined;
    streams = 0;

    async start(port = 0): Promise<string> {
        this.#server = new Server({ 'grpc.max_receive_message_length': -1 });
        this.#server.addService(
            { Connect: rawMethod('/protos.Chaincode/Connect', 'stream') },
            {
                Connect: (stream: ServerDuplexStream<Buffer, Buffer>) => {
                    this.streams += 1;
                    this.#stream = stream;
                    stream.on('data', (bytes: Buffer) => this.heard.push(parseChaincodeMessage(bytes)));
                    stream.on('error', () => undefined);
                    this.greet();
                },
            },
        );
        this.#port = await new Promise<number>((resolve, reject) => {
            this.#server?.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
                if (error) reject(error);
                else resolve(bound);
            });
        });
        return `127.0.0.1:${this.#port}`;
    }

    /** Is away while something is done, then listens again where it did. */
    async restart(whileAway: () => Promise<void>): Promise<string> {
        this.stop();
        await whileAway();
        return this.start(this.#port);
    }

    say(
        type: ChaincodeMessageName,
        { txId = '', payload = Buffer.alloc(0) }: { txId?: string; payload?: Buffer },
    ): void {
        const message = new FieldWriter().uint(1, chaincodeMessageType[type]).bytes(3, payload).string(4, txId);
        this.sayBytes(message.string(7, 'grid').finish());
    }

    sayBytes(bytes: Buffer): void {
        this.#stream?.write(bytes);
    }

    endStream(): void {
        this.#stream?.end();
    }

    failStream(code: status, details: string): void {
        this.#stream?.emit('error', Object.assign(new Error(details), { code, details }));
    }

    async hears(type: ChaincodeMessageName, txId = ''): Promise<ChaincodeMessage> {
        return waitUntil(
            () => this.heard.find((each) => each.type === chaincodeMessageType[type] && each.txId === txId),
            { deadlineMs: 5000, forWhat: `${type} ${txId}` },
        );
    }

    stop(): void {
        this.#server?.forceShutdown();
    }
}
