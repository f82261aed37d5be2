import { describe, expect, it } from '@jest/globals';
import { failureCode, lostCodes } from '../../../../caliper/connector/failure-code';

describe('failureCode', () => {
    it("gives the chaincode's own code", () => {
        const fault = { code: 'READING_TYPE_UNKNOWN', type: 'colour' } as const;
        expect(failureCode({ code: 'CHAINCODE_FAULT', fault })).toBe('READING_TYPE_UNKNOWN');
    });

    it("gives Fabric's validation code", () => {
        expect(failureCode({ code: 'NOT_COMMITTED', validationCode: 'MVCC_READ_CONFLICT' })).toBe('MVCC_READ_CONFLICT');
    });

    it("gives the client's code for the rest, of which a commit timeout is lost", () => {
        expect(failureCode({ code: 'ENDORSEMENT_FAILED', why: '' })).toBe('ENDORSEMENT_FAILED');
        expect(lostCodes).toContain(failureCode({ code: 'COMMIT_TIMEOUT', afterMs: 1 }));
    });
});
