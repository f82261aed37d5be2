import { randomBytes } from 'node:crypto';
import { metadataSlots, parseBlock } from '../../network/wire/block';
import type { Block } from '../../network/wire/block';
import { newEnvelope, newPayload } from '../../network/wire/envelope';
import { FieldReader } from '../../network/wire/field-reader';
import { headerTypes, newChannelHeader, newSignatureHeader, timestampFromMs } from '../../network/wire/headers';
import type { Identity } from '../../network/identities/identity';
import { newSeekInfo } from '../../network/wire/seek';
import type { SeekInfo, SeekPosition } from '../../network/wire/seek';
import { channelId } from './conformance-network';
import { creatorOf, signWith } from './proposal-draft';

/** One message of a delivery: a status, or the number of a block. */
export type Delivered = { readonly status: number } | { readonly block: number } | { readonly filtered: number };

/** A deliver request of which every part can be put wrong. */
export interface SeekDraft {
    readonly identity: Identity;
    readonly channelId: string;
    readonly timestampMs: number | undefined;
    readonly start: SeekPosition | undefined;
    readonly stop: SeekPosition | undefined;
    readonly behavior: SeekInfo['behavior'];
}

export function newSeekEnvelope(draft: Partial<SeekDraft> & Pick<SeekDraft, 'identity'>): Buffer {
    const { identity, start, stop, behavior = 'block-until-ready' } = draft;
    const timestampMs = 'timestampMs' in draft ? draft.timestampMs : Date.now();
    const header = newChannelHeader({
        type: headerTypes.deliverSeekInfo,
        channelId: draft.channelId ?? channelId,
        ...(timestampMs === undefined ? {} : { timestamp: timestampFromMs(timestampMs) }),
    });
    const signatureHeader = newSignatureHeader(creatorOf(identity), randomBytes(24));
    const payload = newPayload(header, signatureHeader, newSeekInfo({ start, stop, behavior }));
    return newEnvelope(payload, signWith(identity, payload));
}

/** The block of a DeliverResponse. */
export function blockOf(bytes: Buffer): Block {
    const reader = new FieldReader('DeliverResponse', bytes);
    if (reader.next() !== 0x12) throw new Error('a status in place of a block');
    return parseBlock(reader.bytes());
}

export function withoutSignatures(bytes: Buffer): Block {
    const block = blockOf(bytes);
    return { ...block, metadata: block.metadata.filter((_, slot) => slot !== metadataSlots.signatures) };
}

/** What a DeliverResponse of any deliver service says. */
export function parseDelivered(bytes: Buffer): Delivered {
    const reader = new FieldReader('DeliverResponse', bytes);
    switch (reader.next()) {
        case 0x08:
            return { status: reader.int32() };
        case 0x12:
            return { block: parseBlock(reader.bytes()).header.number };
        case 0x1a:
            return { filtered: parseFilteredNumber(reader.bytes()) };
        default:
            throw new Error('an unknown delivery');
    }
}

function parseFilteredNumber(bytes: Buffer): number {
    const reader = new FieldReader('FilteredBlock', bytes);
    let number = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x10) number = reader.uint();
        else reader.skip();
    }
    return number;
}
