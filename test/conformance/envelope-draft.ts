import { randomBytes } from 'node:crypto';
import { newEnvelope, newPayload } from '../../network/wire/envelope';
import { headerTypes, newChannelHeader, newSignatureHeader, timestampFromMs } from '../../network/wire/headers';
import type { Identity } from '../../network/identities/identity';
import { newTransactionId } from '../../network/wire/transaction-id';
import { channelId } from './conformance-network';
import { creatorOf, signWith } from './proposal-draft';

/** Signed by a member, so that the orderer takes it; what it carries need be no transaction. */
export function newEndorserTransaction(identity: Identity, data: Buffer): Buffer {
    return newSignedEnvelope(identity, headerTypes.endorserTransaction, data);
}

export function newSignedEnvelope(identity: Identity, type: number, data: Buffer): Buffer {
    const nonce = randomBytes(24);
    const creator = creatorOf(identity);
    const header = newChannelHeader({
        type,
        channelId,
        timestamp: timestampFromMs(Date.now()),
        txId: newTransactionId(nonce, creator),
    });
    const payload = newPayload(header, newSignatureHeader(creator, nonce), data);
    return newEnvelope(payload, signWith(identity, payload));
}
