import type { EmittedEvent } from './chaincode-message';
import type { ChaincodeCall } from './discovery';
import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { newChaincodeAction, newChaincodeEvent, parseResponse } from './transaction';
import type { ChaincodeResponse, Endorsement } from './transaction';

/** What an endorser puts its name to. */
export interface EndorsedResult {
    readonly proposalHash: Uint8Array;
    /** TxReadWriteSet bytes; empty for a system chaincode that was not simulated. */
    readonly results: Uint8Array;
    readonly response: ChaincodeResponse;
    readonly event: EmittedEvent | undefined;
    readonly txId: string;
    readonly chaincodeName: string;
    readonly chaincodeVersion: string;
}

/**
 * ProposalResponsePayload bytes: equal results give equal bytes on every peer. The event is left out when the chaincode
 * answered 400 or more. Fabric v2.5.16: protoutil/proputils.go, GetBytesProposalResponsePayload.
 */
export function newProposalResponsePayload(result: EndorsedResult): Buffer {
    const { chaincodeName, txId, event, response } = result;
    const events =
        event && response.status < 400
            ? newChaincodeEvent({ chaincodeId: chaincodeName, txId, eventName: event.name, payload: event.payload })
            : Buffer.alloc(0);
    const chaincodeId = { name: chaincodeName, version: result.chaincodeVersion };
    const action = newChaincodeAction({ results: result.results, events, response, chaincodeId });
    return new FieldWriter().bytes(1, result.proposalHash).bytes(2, action).finish();
}

/** A peer's answer; without `endorsement` the proposal was not endorsed. */
export interface ProposalResponse {
    readonly response: ChaincodeResponse;
    readonly payload?: Uint8Array;
    readonly endorsement?: Endorsement;
    /** ChaincodeInterest bytes: whose endorsement policies the result must satisfy; empty where it touched nothing. */
    readonly interest?: Uint8Array;
}

/** ChaincodeInterest bytes. */
export function newChaincodeInterest(calls: readonly ChaincodeCall[]): Buffer {
    const writer = new FieldWriter();
    for (const { name, collections, noPrivateReads } of calls) {
        const call = new FieldWriter().string(1, name);
        for (const collection of collections) call.stringAlways(2, collection);
        writer.message(1, call.bool(3, noPrivateReads ?? false).finish());
    }
    return writer.finish();
}

/** ProposalResponse bytes; an endorsed one carries version 1, as Fabric's does. */
export function newProposalResponse(answer: ProposalResponse): Buffer {
    const { status, message, payload } = answer.response;
    const response = new FieldWriter().int(1, status).string(2, message).bytes(3, payload).finish();
    const writer = new FieldWriter().uint(1, answer.endorsement ? 1 : 0).message(4, response);
    if (answer.payload) {
        writer.bytes(5, answer.payload);
    }
    if (answer.endorsement) {
        const { endorser, signature } = answer.endorsement;
        writer.message(6, new FieldWriter().bytes(1, endorser).bytes(2, signature).finish());
    }
    if (answer.interest) {
        writer.message(7, answer.interest);
    }
    return writer.finish();
}

/** Reads a ProposalResponse. Throws WIRE_MALFORMED. */
export function parseProposalResponse(bytes: Uint8Array): ProposalResponse {
    const reader = new FieldReader('ProposalResponse', bytes);
    let response: ChaincodeResponse = { status: 0, message: '', payload: Buffer.alloc(0) };
    let payload: Buffer | undefined;
    let endorsement: Endorsement | undefined;
    let interest: Buffer | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x22) response = parseResponse(reader.bytes());
        else if (tag === 0x2a) payload = reader.bytes();
        else if (tag === 0x32) endorsement = parseEndorsement(reader.bytes());
        else if (tag === 0x3a) interest = reader.bytes();
        else reader.skip();
    }
    return {
        response,
        ...(payload ? { payload } : {}),
        ...(endorsement ? { endorsement } : {}),
        ...(interest ? { interest } : {}),
    };
}

function parseEndorsement(bytes: Uint8Array): Endorsement {
    const reader = new FieldReader('Endorsement', bytes);
    let endorser: Buffer = Buffer.alloc(0);
    let signature: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) endorser = reader.bytes();
        else if (tag === 0x12) signature = reader.bytes();
        else reader.skip();
    }
    return { endorser, signature };
}
