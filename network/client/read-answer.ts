import { ClientError } from './client-errors';

/** A chaincode's answer: JSON, or undefined when it answers nothing. Throws ClientError: ANSWER_UNREADABLE. */
export function readAnswer(bytes: Uint8Array): unknown {
    if (bytes.length === 0) return undefined;
    try {
        return JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new ClientError({ code: 'ANSWER_UNREADABLE', why }, { cause });
    }
}
