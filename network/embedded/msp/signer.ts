import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Identity } from '../../identities/identity';
import { newSerializedIdentity } from '../../wire/serialized-identity';
import { signLowS } from '../../wire/signature';
import type { VerifiedSignatures } from './verified-signatures';

/** A node of ours that signs: its serialized identity and its key. */
export interface Signer {
    readonly identity: Buffer;
    sign(message: Uint8Array): Buffer;
}

/** Signs for an identity whose key this process holds; what it signs need not be verified again by this process. */
export function newSigner(identity: Identity, verified?: VerifiedSignatures): Signer {
    const privateKey = createPrivateKey(identity.privateKeyPem);
    const publicKey = createPublicKey(identity.certificatePem);
    return {
        identity: newSerializedIdentity(identity.mspId, identity.certificatePem),
        sign: (message) => {
            const signature = signLowS(privateKey, message);
            verified?.rememberOwn(publicKey, message, signature);
            return signature;
        },
    };
}
