import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';

/** Where a delivery starts or ends. `number` may be larger than any block: then it means "for ever". */
export type SeekPosition =
    | { readonly kind: 'oldest' }
    | { readonly kind: 'newest' }
    | { readonly kind: 'specified'; readonly number: number }
    | { readonly kind: 'next-commit' }
    /** A position that says nothing: there, but empty. */
    | { readonly kind: 'unset' };

/** What a client asks a deliver service for. Fabric v2.5.16: protos/orderer/ab.proto, SeekInfo. */
export interface SeekInfo {
    readonly start: SeekPosition | undefined;
    readonly stop: SeekPosition | undefined;
    readonly behavior: 'block-until-ready' | 'fail-if-not-ready';
}

/** Reads a SeekInfo. Throws WIRE_MALFORMED. */
export function parseSeekInfo(bytes: Uint8Array): SeekInfo {
    const reader = new FieldReader('SeekInfo', bytes);
    let start: SeekPosition | undefined;
    let stop: SeekPosition | undefined;
    let behavior: SeekInfo['behavior'] = 'block-until-ready';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) start = parsePosition(reader.bytes());
        else if (tag === 0x12) stop = parsePosition(reader.bytes());
        else if (tag === 0x18) behavior = reader.int32() === 1 ? 'fail-if-not-ready' : 'block-until-ready';
        else reader.skip();
    }
    return { start, stop, behavior };
}

/** SeekInfo bytes, as a client writes them. */
export function newSeekInfo(seek: SeekInfo): Buffer {
    const writer = new FieldWriter();
    if (seek.start) writer.message(1, newPosition(seek.start));
    if (seek.stop) writer.message(2, newPosition(seek.stop));
    return writer.uint(3, seek.behavior === 'fail-if-not-ready' ? 1 : 0).finish();
}

function parsePosition(bytes: Uint8Array): SeekPosition {
    const reader = new FieldReader('SeekPosition', bytes);
    let position: SeekPosition = { kind: 'unset' };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        switch (tag) {
            case 0x0a:
                position = { kind: 'newest' };
                reader.skip();
                break;
            case 0x12:
                position = { kind: 'oldest' };
                reader.skip();
                break;
            case 0x1a:
                position = { kind: 'specified', number: parseNumber(reader.bytes()) };
                break;
            case 0x22:
                position = { kind: 'next-commit' };
                reader.skip();
                break;
            default:
                reader.skip();
        }
    }
    return position;
}

function parseNumber(bytes: Uint8Array): number {
    const reader = new FieldReader('SeekSpecified', bytes);
    let number = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) number = reader.uint();
        else reader.skip();
    }
    return number;
}

function newPosition(position: SeekPosition): Buffer {
    const none = Buffer.alloc(0);
    switch (position.kind) {
        case 'newest':
            return new FieldWriter().message(1, none).finish();
        case 'oldest':
            return new FieldWriter().message(2, none).finish();
        case 'specified':
            return new FieldWriter().message(3, new FieldWriter().uint(1, position.number).finish()).finish();
        case 'next-commit':
            return new FieldWriter().message(4, none).finish();
        case 'unset':
            return none;
    }
}
