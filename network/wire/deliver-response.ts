import { FieldReader } from './field-reader';

/** What a deliver service says at a time: a block in one of its forms, or a status. */
export type DeliverResponse =
    { readonly block: Buffer } | { readonly filteredBlock: Buffer } | { readonly status: number };

/** Reads a DeliverResponse of a peer or an orderer. Throws WIRE_MALFORMED. Fabric v2.5.16: protos/peer/events.proto. */
export function parseDeliverResponse(bytes: Uint8Array): DeliverResponse {
    const reader = new FieldReader('DeliverResponse', bytes);
    let response: DeliverResponse = { status: 0 };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) response = { status: reader.uint() };
        else if (tag === 0x12) response = { block: reader.bytes() };
        else if (tag === 0x1a) response = { filteredBlock: reader.bytes() };
        else reader.skip();
    }
    return response;
}
