import { createPrivateKey, webcrypto } from 'node:crypto';
import { ReadingSigner } from '../../../network/client/sign-reading';
import { stubChannel } from './stub-ledger';
import type { TestIdentity } from './test-identity';

/** The pen of an identity. */
export async function signerOf(identity: TestIdentity, channel = stubChannel): Promise<ReadingSigner> {
    return new ReadingSigner({ privateKeyPem: await privateKeyPemOf(identity) }, channel);
}

export async function privateKeyPemOf({ keys }: TestIdentity): Promise<string> {
    const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}
