import type { MethodDefinition } from '@grpc/grpc-js';

const unchanged = (bytes: Buffer): Buffer => bytes;

/** A gRPC method whose messages stay the bytes they are: what is signed is never encoded again. */
export function rawMethod(path: string, kind: 'unary' | 'stream'): MethodDefinition<Buffer, Buffer> {
    return {
        path,
        requestStream: kind === 'stream',
        responseStream: kind === 'stream',
        requestSerialize: unchanged,
        requestDeserialize: unchanged,
        responseSerialize: unchanged,
        responseDeserialize: unchanged,
    };
}
