import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { SignableSubmission, SubmissionInput } from '../../../chaincode/src/oracles/feeds-api';
import { submissionBytes } from '../../../chaincode/src/signatures/signed-bytes-api';
import type { Identity } from '../../identities/identity';
import { signRawLowS } from '../../wire/signature';

/** An oracle's pen: signs its answers with the key of its registration, for one channel. */
export class SubmissionSigner {
    readonly #key: KeyObject;
    readonly #channel: string;

    constructor(identity: Pick<Identity, 'privateKeyPem'>, channel: string) {
        this.#key = createPrivateKey(identity.privateKeyPem);
        this.#channel = channel;
    }

    sign(submission: SignableSubmission): SubmissionInput {
        const signature = signRawLowS(this.#key, submissionBytes(submission, this.#channel)).toString('hex');
        return { ...submission, signature };
    }
}
