import { malformed, WireError } from './wire-errors';

/** Decodes a message of fabric-protos, or throws WIRE_MALFORMED with the decoder's own reason. */
export function decodeOrThrow<T>(type: { decode(bytes: Uint8Array): T }, bytes: Uint8Array, message: string): T {
    try {
        return type.decode(bytes);
    } catch (cause) {
        const { fault } = malformed(message, cause instanceof Error ? cause.message : String(cause));
        throw new WireError(fault, { cause });
    }
}
