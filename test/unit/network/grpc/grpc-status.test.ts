import { constants } from 'node:http2';
import { describe, expect, it } from '@jest/globals';
import { failureOfReset, readFailure } from '../../../../network/grpc/grpc-status';

describe('the end of a gRPC call', () => {
    it('is OK with status 0, and with no other', () => {
        expect(readFailure({ 'grpc-status': '0' })).toBeUndefined();
        expect(readFailure({ 'grpc-status': '14', 'grpc-message': 'away%3A 1%25' })).toEqual({
            status: 14,
            details: 'away: 1%',
            unsent: false,
        });
        expect(readFailure({})).toMatchObject({ status: 2 });
    });

    it('shows a message that is not percent-encoded as it came', () => {
        expect(readFailure({ 'grpc-status': '13', 'grpc-message': '100%' })).toMatchObject({ details: '100%' });
    });

    it.each([
        [constants.NGHTTP2_REFUSED_STREAM, { status: 14, unsent: true }],
        [constants.NGHTTP2_NO_ERROR, { status: 14, unsent: false }],
        [constants.NGHTTP2_CANCEL, { status: 1, unsent: false }],
        [constants.NGHTTP2_ENHANCE_YOUR_CALM, { status: 8, unsent: false }],
        [constants.NGHTTP2_PROTOCOL_ERROR, { status: 13, unsent: false }],
    ])('by a reset with HTTP/2 code %d is told by gRPC’s table', (code, failure) => {
        expect(failureOfReset(code)).toMatchObject(failure);
    });
});
