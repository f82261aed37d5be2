import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';

export interface SerializedIdentity {
    readonly mspId: string;
    /** The certificate, PEM. */
    readonly idBytes: Buffer;
}

/** msp.SerializedIdentity{mspid, id_bytes}: how a creator, an endorser or an orderer is named on the wire. */
export function newSerializedIdentity(mspId: string, certificatePem: string): Buffer {
    return new FieldWriter().string(1, mspId).bytes(2, Buffer.from(certificatePem)).finish();
}

/** Throws WIRE_MALFORMED when the bytes are no SerializedIdentity; whether the MSP knows it is another question. */
export function parseSerializedIdentity(bytes: Uint8Array): SerializedIdentity {
    const reader = new FieldReader('SerializedIdentity', bytes);
    let mspId = '';
    let idBytes: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) mspId = reader.string();
        else if (tag === 0x12) idBytes = reader.bytes();
        else reader.skip();
    }
    return { mspId, idBytes };
}
