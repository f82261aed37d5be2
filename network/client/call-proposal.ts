import { randomBytes } from 'node:crypto';
import type { Identity } from '../identities/identity';
import { newEnvelope, newPayload } from '../wire/envelope';
import { headerTypes, newChannelHeader, newSignatureHeader, timestampFromMs } from '../wire/headers';
import { newProposal, newSignedProposal, type Proposal } from '../wire/proposal';
import { newSeekInfo, type SeekPosition } from '../wire/seek';
import { newSerializedIdentity } from '../wire/serialized-identity';
import type { EpochClock } from './epoch-clock';
import { NativeCryptoSuite } from './native-crypto-suite';

/** A chaincode's function and its arguments. */
export interface ChaincodeCall {
    readonly chaincode: string;
    readonly function: string;
    readonly args: readonly string[];
    /** Told to the endorsers and never ordered. */
    readonly transient?: Readonly<Record<string, string>>;
}

/** A proposal as it is sent, and what of it becomes the transaction's. */
export interface CallProposal extends Proposal {
    readonly signedBytes: Buffer;
}

const nonceBytes = 24;

/** Signs what one identity sends on one channel, in OpenSSL. */
export class CallSigner {
    readonly #suite = new NativeCryptoSuite();
    readonly #key;
    readonly #creator: Buffer;
    readonly #channelId: string;
    readonly #clock: EpochClock;

    constructor({ mspId, certificatePem, privateKeyPem }: Identity, channelId: string, clock: EpochClock) {
        this.#key = this.#suite.createKeyFromRaw(privateKeyPem);
        this.#creator = newSerializedIdentity(mspId, certificatePem);
        this.#channelId = channelId;
        this.#clock = clock;
    }

    sign(bytes: Buffer): Buffer {
        return this.#suite.sign(this.#key, bytes);
    }

    propose({ chaincode, function: name, args, transient = {} }: ChaincodeCall): CallProposal {
        const proposal = newProposal({
            channelId: this.#channelId,
            chaincodeName: chaincode,
            args: [name, ...args],
            creator: this.#creator,
            nonce: randomBytes(nonceBytes),
            timestampMs: this.#clock(),
            transient,
        });
        const signedBytes = newSignedProposal(proposal.proposalBytes, this.sign(proposal.proposalBytes));
        return { ...proposal, signedBytes };
    }

    /** Asks a deliver service for this channel's blocks from there on, for ever. */
    seek(start: SeekPosition): Buffer {
        const channelHeader = newChannelHeader({
            type: headerTypes.deliverSeekInfo,
            channelId: this.#channelId,
            timestamp: timestampFromMs(this.#clock()),
        });
        const stop = { kind: 'specified', number: Number.MAX_SAFE_INTEGER } as const;
        const seekInfo = newSeekInfo({ start, stop, behavior: 'block-until-ready' });
        const payload = newPayload(channelHeader, newSignatureHeader(this.#creator, randomBytes(nonceBytes)), seekInfo);
        return newEnvelope(payload, this.sign(payload));
    }
}
