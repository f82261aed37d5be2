import { createPrivateKey, type KeyObject } from 'node:crypto';
import { inTable, type ReadingBatchInput, type ReadingInput } from '../../chaincode/src/measurement/measurement-api';
import type { SignedBatchInput, SignedReadingInput } from '../../chaincode/src/measurement/signed-reading-api';
import { batchBytes, readingBytes, type SignatureScope } from '../../chaincode/src/signatures/signed-bytes-api';
import type { Identity } from '../identities/identity';
import { signRawLowS } from '../wire/signature';

/**
 * A terminal's pen: signs its readings with the key of its registration, so that whoever forwards them need not be
 * trusted. The count is handed in: it must outlive the process, since a number is taken once only.
 */
export class ReadingSigner {
    readonly #key: KeyObject;
    readonly #channel: string;

    constructor(identity: Pick<Identity, 'privateKeyPem'>, channel: string) {
        this.#key = createPrivateKey(identity.privateKeyPem);
        this.#channel = channel;
    }

    signReading(reading: ReadingInput, sequence: number): SignedReadingInput {
        return { reading, sequence, signature: this.#sign(readingBytes(reading, this.#scope(sequence))) };
    }

    /** One signature over the whole batch, the concentrator's, for the table in which calls carry it. */
    signBatch(batch: ReadingBatchInput, sequence: number): SignedBatchInput {
        return { batch, sequence, signature: this.#sign(batchBytes(inTable(batch), this.#scope(sequence))) };
    }

    #scope(sequence: number): SignatureScope {
        return { channel: this.#channel, sequence };
    }

    #sign(message: Uint8Array): string {
        return signRawLowS(this.#key, message).toString('hex');
    }
}
