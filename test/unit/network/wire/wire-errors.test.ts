import { describe, expect, it } from '@jest/globals';
import { malformed } from '../../../../network/wire/wire-errors';

describe('WireError', () => {
    it('says in one sentence which message, why, and what to do (WIRE_MALFORMED)', () => {
        const error = malformed('ChannelHeader', 'a text is not valid UTF-8');
        expect(error.fault.code).toBe('WIRE_MALFORMED');
        expect(error.message).toBe(
            'These bytes are not a ChannelHeader: a text is not valid UTF-8. Send the message as Fabric 2.5 encodes it.',
        );
    });
});
