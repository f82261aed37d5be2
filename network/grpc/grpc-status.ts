import { constants, type IncomingHttpHeaders } from 'node:http2';

/** gRPC's status codes that are told apart here. gRPC: doc/statuscodes.md. */
export const grpcStatuses = {
    ok: 0,
    cancelled: 1,
    unknown: 2,
    deadlineExceeded: 4,
    resourceExhausted: 8,
    internal: 13,
    unavailable: 14,
} as const;

/** Why a call ended without an answer. */
export interface GrpcFailure {
    /** One of gRPC's status codes. */
    readonly status: number;
    readonly details: string;
    /** Nothing of it can have reached the node. */
    readonly unsent: boolean;
}

export function newFailure(status: number, details: string): GrpcFailure {
    return { status, details, unsent: false };
}

/** A node that cannot be asked. */
export function notConnected(details: string): GrpcFailure {
    return { status: grpcStatuses.unavailable, details, unsent: true };
}

/** It may have been answered, and the answer is lost. */
export const connectionEnded = newFailure(grpcStatuses.unavailable, 'the connection ended before the answer');

/** What a response's trailers say, or its headers when it has nothing else: undefined is OK. */
export function readFailure(headers: IncomingHttpHeaders): GrpcFailure | undefined {
    const status = Number(headers['grpc-status'] ?? grpcStatuses.unknown);
    if (status === grpcStatuses.ok) return undefined;
    return newFailure(status, decodeMessage(String(headers['grpc-message'] ?? `status ${status}`)));
}

/** What a stream that was reset stands for. gRPC: doc/PROTOCOL-HTTP2.md, HTTP2 Transport Mapping, Errors. */
export function failureOfReset(code: number): GrpcFailure {
    const details = `the stream was reset with HTTP/2 code ${code}`;
    switch (code) {
        case constants.NGHTTP2_REFUSED_STREAM:
            return notConnected(details);
        case constants.NGHTTP2_NO_ERROR:
            return connectionEnded;
        case constants.NGHTTP2_CANCEL:
            return newFailure(grpcStatuses.cancelled, details);
        case constants.NGHTTP2_ENHANCE_YOUR_CALM:
            return newFailure(grpcStatuses.resourceExhausted, details);
        default:
            return newFailure(grpcStatuses.internal, details);
    }
}

/** Percent-encoded UTF-8; what cannot be decoded is shown as it came. */
function decodeMessage(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}
