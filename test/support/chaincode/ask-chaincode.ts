import { Client, credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { common, msp, protos } from 'fabric-protos';
import type { TestIdentity } from './test-identity';

const { Type } = protos.ChaincodeMessage;
const asItIs = (bytes: Buffer): Buffer => bytes;

/**
 * Plays a peer to a chaincode that runs as a service: dials it, answers its registration, sends one transaction and
 * gives the payload of its answer. The transaction must not ask for state.
 */
export async function askChaincode(address: string, args: readonly string[], identity: TestIdentity): Promise<string> {
    const client = new Client(address, credentials.createInsecure());
    try {
        await new Promise<void>((resolve, reject) => {
            client.waitForReady(Date.now() + 20_000, (error) => {
                if (error) reject(error);
                else resolve();
            });
        });
        const stream = client.makeBidiStreamRequest('/protos.Chaincode/Connect', asItIs, asItIs);
        return await converse(stream, newTransaction(args, identity));
    } finally {
        client.close();
    }
}

async function converse(stream: ClientDuplexStream<Buffer, Buffer>, transaction: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
        stream.on('error', reject);
        stream.on('data', (bytes: Buffer) => {
            const message = protos.ChaincodeMessage.decode(bytes);
            if (message.type === Type.REGISTER) {
                stream.write(newMessage({ type: Type.REGISTERED }));
                stream.write(newMessage({ type: Type.READY }));
                stream.write(transaction);
                return;
            }
            const response = protos.Response.decode(message.payload);
            stream.cancel();
            if (message.type === Type.COMPLETED && response.status === 200) {
                resolve(Buffer.from(response.payload).toString());
            } else {
                reject(new Error(`the chaincode answered ${message.type}: ${response.message}`));
            }
        });
    });
}

function newMessage(message: protos.IChaincodeMessage): Buffer {
    return Buffer.from(protos.ChaincodeMessage.encode(message).finish());
}

function newTransaction(args: readonly string[], identity: TestIdentity): Buffer {
    const input = protos.ChaincodeInput.encode({ args: args.map((arg) => Buffer.from(arg)) }).finish();
    const creator = msp.SerializedIdentity.encode({
        mspid: identity.mspId,
        id_bytes: Buffer.from(identity.certificatePem),
    }).finish();
    const header = common.Header.encode({
        channel_header: common.ChannelHeader.encode({
            channel_id: 'grid',
            timestamp: { seconds: 1, nanos: 0 },
        }).finish(),
        signature_header: common.SignatureHeader.encode({ creator, nonce: Buffer.alloc(24) }).finish(),
    }).finish();
    const payload = protos.ChaincodeProposalPayload.encode({ input }).finish();
    const proposal = { proposal_bytes: protos.Proposal.encode({ header, payload }).finish() };
    return newMessage({ type: Type.TRANSACTION, txid: '00', channel_id: 'grid', payload: input, proposal });
}
