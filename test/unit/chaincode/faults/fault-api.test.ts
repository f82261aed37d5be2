import { describe, expect, it } from '@jest/globals';
import {
    decodeFault,
    describeFault,
    encodeFault,
    faultCodes,
    type ChaincodeFault,
} from '../../../../chaincode/src/faults/fault-api';
import { faultCatalogue } from '../../../../chaincode/src/faults/fault-catalogue';
import { renderFaultTable } from '../../../../chaincode/src/faults/render-fault-table';

/** One fault of each code, with values that a decoder could stumble over. */
const samples: Record<ChaincodeFault['code'], ChaincodeFault> = {
    MALFORMED_INPUT: { code: 'MALFORMED_INPUT', path: 'readings[3].value', reason: 'not-a-finite-number' },
    UNKNOWN_TRANSACTION: { code: 'UNKNOWN_TRANSACTION', contract: 'measurement' },
    BOOKMARK_UNKNOWN: { code: 'BOOKMARK_UNKNOWN' },
    TRANSACTION_TIME_UNUSABLE: { code: 'TRANSACTION_TIME_UNUSABLE' },
    RECORD_UNREADABLE: { code: 'RECORD_UNREADABLE', record: 'reading', schemaVersion: null },
    ROLES_ALREADY_ASSIGNED: { code: 'ROLES_ALREADY_ASSIGNED', transactionId: '00ff' },
    ROLES_NOT_ASSIGNED: { code: 'ROLES_NOT_ASSIGNED' },
    ADMIN_REQUIRED: { code: 'ADMIN_REQUIRED', mspId: 'DispatchMSP' },
    ROLE_REQUIRED: { code: 'ROLE_REQUIRED', role: 'operator' },
    ROLE_NOT_HELD_HERE: { code: 'ROLE_NOT_HELD_HERE', role: 'dispatcher', mspId: 'PrimaryMSP' },
    NOT_A_TERMINAL: { code: 'NOT_A_TERMINAL', mspId: 'PrimaryMSP' },
    NOT_THE_TERMINAL: { code: 'NOT_THE_TERMINAL', terminalId: 'T-1', callerTerminalId: 'T-2' },
    TERMINAL_UNKNOWN: { code: 'TERMINAL_UNKNOWN', terminalId: 'T-1' },
    TERMINAL_EXISTS: { code: 'TERMINAL_EXISTS', terminalId: 'T-1', state: 'retired' },
    TERMINAL_NOT_CONFIRMED: { code: 'TERMINAL_NOT_CONFIRMED', terminalId: 'T-1' },
    TERMINAL_SUSPENDED: { code: 'TERMINAL_SUSPENDED', terminalId: 'T-1', readingIndex: 4 },
    TERMINAL_RETIRED: { code: 'TERMINAL_RETIRED', terminalId: 'T-1' },
    FOREIGN_TERMINAL: { code: 'FOREIGN_TERMINAL', terminalId: 'T-1', mspId: 'A', callerMspId: 'B' },
    ACT_NOT_ALLOWED: { code: 'ACT_NOT_ALLOWED', terminalId: 'T-1', act: 'confirm', state: 'suspended' },
    CERTIFICATE_UNREADABLE: { code: 'CERTIFICATE_UNREADABLE' },
    CERTIFICATE_UNKNOWN: { code: 'CERTIFICATE_UNKNOWN', terminalId: 'T-1', certificateSerial: '7a' },
    CERTIFICATE_REPLACED: { code: 'CERTIFICATE_REPLACED', terminalId: 'T-1', certificateSerial: '7a' },
    CERTIFICATE_NOT_NEW: { code: 'CERTIFICATE_NOT_NEW', terminalId: 'T-1', certificateSerial: '7a' },
    KEY_NOT_REPLACED: { code: 'KEY_NOT_REPLACED', terminalId: 'T-1' },
    RENEWAL_UNKNOWN: { code: 'RENEWAL_UNKNOWN', terminalId: 'T-1', certificateSerial: '7a' },
    TOO_MANY_CONCENTRATORS: { code: 'TOO_MANY_CONCENTRATORS', terminalId: 'T-1', limit: 32 },
    NOT_ITS_CONCENTRATOR: { code: 'NOT_ITS_CONCENTRATOR', terminalId: 'T-1', reporter: 'T-2' },
    READING_TYPE_UNKNOWN: { code: 'READING_TYPE_UNKNOWN', type: 'a "quoted" } brace { and \\ slash' },
    READING_UNIT_UNKNOWN: { code: 'READING_UNIT_UNKNOWN', type: 'voltage', unit: '伏特 TERMINAL_UNKNOWN {"x":1}' },
    READING_FROM_FUTURE: { code: 'READING_FROM_FUTURE', terminalId: 'T-1', aheadMs: 9, clockToleranceMs: 5 },
    AUTHORITY_NOT_ASSIGNED: { code: 'AUTHORITY_NOT_ASSIGNED' },
    AUTHORITY_NOT_HELD: { code: 'AUTHORITY_NOT_HELD', holder: 'PrimaryMSP', mspId: 'DispatchMSP' },
    ALREADY_HOLDER: { code: 'ALREADY_HOLDER', holder: 'PrimaryMSP' },
    PROPOSAL_UNKNOWN: { code: 'PROPOSAL_UNKNOWN', proposedBy: 'PrimaryMSP', proposalId: 'ab' },
    PROPOSAL_EXPIRED: { code: 'PROPOSAL_EXPIRED', proposalId: 'ab', expiredAtMs: 1 },
    PROPOSAL_OUTDATED: { code: 'PROPOSAL_OUTDATED', proposalId: 'ab' },
    APPROVED_BY_PROPOSER: { code: 'APPROVED_BY_PROPOSER', mspId: 'PrimaryMSP' },
    DEVICE_UNKNOWN: { code: 'DEVICE_UNKNOWN', terminalId: 'FTU-1', deviceId: 'Q0' },
    POSITION_NOT_FITTING: {
        code: 'POSITION_NOT_FITTING',
        terminalId: 'FTU-1',
        deviceId: 'Q0',
        type: 'single',
        needed: 'double',
    },
    DISPLACEMENT_FROM_FUTURE: {
        code: 'DISPLACEMENT_FROM_FUTURE',
        terminalId: 'FTU-1',
        aheadMs: 9_000,
        clockToleranceMs: 5_000,
    },
    COMMAND_NOT_FITTING: {
        code: 'COMMAND_NOT_FITTING',
        terminalId: 'FTU-1',
        deviceId: 'Q0',
        type: 'step',
        needed: 'double',
    },
    DEVICE_BUSY: { code: 'DEVICE_BUSY', operationId: 'ab', state: 'selected', expiresAtMs: 1 },
    OPERATION_UNKNOWN: { code: 'OPERATION_UNKNOWN', terminalId: 'FTU-1', deviceId: 'Q0', operationId: 'ab' },
    STEP_NOT_ALLOWED: { code: 'STEP_NOT_ALLOWED', operationId: 'ab', step: 'operate', state: 'selected' },
    OPERATION_EXPIRED: { code: 'OPERATION_EXPIRED', operationId: 'ab', state: 'confirmed', expiredAtMs: 1 },
    SELECTED_BY_ANOTHER: { code: 'SELECTED_BY_ANOTHER', operationId: 'ab', selectedBy: 'dispatcher' },
    OUTCOME_CONTRADICTORY: { code: 'OUTCOME_CONTRADICTORY', operationId: 'ab', reached: true },
    DEVICE_LOCKED_OUT: { code: 'DEVICE_LOCKED_OUT', terminalId: 'FTU-1', deviceId: 'Q0', reason: 'spring' },
    DEVICE_TAGGED: { code: 'DEVICE_TAGGED', terminalId: 'FTU-1', deviceId: 'Q0', reason: 'men at work' },
    SECTION_EARTHED: { code: 'SECTION_EARTHED', section: 'L12', earthId: 'E7' },
    TAG_EXISTS: { code: 'TAG_EXISTS', deviceId: 'Q0', kind: 'hold' },
    TAG_UNKNOWN: { code: 'TAG_UNKNOWN', deviceId: 'Q0', kind: 'hold' },
    SECTION_UNKNOWN: { code: 'SECTION_UNKNOWN', deviceId: 'Q0', section: 'L12' },
    EARTH_EXISTS: { code: 'EARTH_EXISTS', section: 'L12', earthId: 'E7' },
    EARTH_UNKNOWN: { code: 'EARTH_UNKNOWN', section: 'L12', earthId: 'E7' },
    EARTH_OF_OTHERS: { code: 'EARTH_OF_OTHERS', section: 'L12', earthId: 'E7', mspId: 'PrimaryMSP' },
    TOO_MANY_EARTHS: { code: 'TOO_MANY_EARTHS', section: 'L12', limit: 16 },
    TIME_WENT_BACK: { code: 'TIME_WENT_BACK', lastMs: 9, nowMs: 1, toleranceMs: 5 },
    TRANSIENT_MISSING: { code: 'TRANSIENT_MISSING', field: 'details' },
    COLLECTION_NOT_DEFINED: { code: 'COLLECTION_NOT_DEFINED', collection: 'supervision' },
    NOT_A_MEMBER: { code: 'NOT_A_MEMBER', collection: 'supervision', mspId: 'PrimaryMSP' },
    PRIVATE_DATA_NOT_HERE: { code: 'PRIVATE_DATA_NOT_HERE', collection: 'supervision' },
    TEST_UNKNOWN: { code: 'TEST_UNKNOWN', assetId: 'FES-1', testId: 'T-1' },
    DETAILS_UNKNOWN: { code: 'DETAILS_UNKNOWN', assetId: 'A', findingId: 'V' },
    DETAILS_ANNOUNCED: { code: 'DETAILS_ANNOUNCED', assetId: 'A', findingId: 'V', digest: 'ab' },
    SIGNATURE_MALFORMED: { code: 'SIGNATURE_MALFORMED', signerId: 'T-1', reason: 's-not-low' },
    SIGNATURE_INVALID: { code: 'SIGNATURE_INVALID', signerId: 'T-1' },
    SIGNER_KEY_UNUSABLE: { code: 'SIGNER_KEY_UNUSABLE', signerId: 'T-1' },
    REPLAYED: { code: 'REPLAYED', terminalId: 'T-1', sequence: 7, transactionId: '00ff' },
    SIGNED_READING_UNKNOWN: { code: 'SIGNED_READING_UNKNOWN', terminalId: 'T-1', sequence: 7 },
    TASK_UNKNOWN: { code: 'TASK_UNKNOWN', taskId: 'A' },
    TASK_EXISTS: { code: 'TASK_EXISTS', taskId: 'A' },
    TASK_ENDED: { code: 'TASK_ENDED', taskId: 'A' },
    TASK_DRIVEN_OTHERWISE: { code: 'TASK_DRIVEN_OTHERWISE', taskId: 'A', drive: 'time' },
    NOT_IN_TASK: { code: 'NOT_IN_TASK', taskId: 'A', terminalId: 'T-1', readingIndex: 0 },
    NOT_A_TICK: { code: 'NOT_A_TICK', taskId: 'A', tickMs: 5, startMs: 1, timeScaleMs: 3 },
    TICK_TOO_EARLY: { code: 'TICK_TOO_EARLY', taskId: 'A', tickMs: 5, aheadMs: 3 },
    TICK_PASSED: { code: 'TICK_PASSED', taskId: 'A', tickMs: 5, passedMs: 3 },
    EVENT_FROM_FUTURE: { code: 'EVENT_FROM_FUTURE', taskId: 'A', aheadMs: 3 },
    TRIGGER_NOT_MET: { code: 'TRIGGER_NOT_MET', taskId: 'A', value: null },
    ROUND_EXISTS: { code: 'ROUND_EXISTS', taskId: 'A', tickMs: 5 },
    ROUND_UNKNOWN: { code: 'ROUND_UNKNOWN', taskId: 'A', tickMs: 5 },
    ROUND_NOT_DUE: { code: 'ROUND_NOT_DUE', taskId: 'A', tickMs: 5, remainingMs: 3 },
    ROUND_SEALED: { code: 'ROUND_SEALED', taskId: 'A', tickMs: 5 },
    ROUND_NOT_SEALED: { code: 'ROUND_NOT_SEALED', taskId: 'A', tickMs: 5 },
    READING_OFF_TICK: {
        code: 'READING_OFF_TICK',
        taskId: 'A',
        tickMs: 5,
        terminalId: 'T-1',
        offMs: -9,
        toleranceMs: 5,
    },
    ASSET_UNKNOWN: { code: 'ASSET_UNKNOWN', assetId: 'A' },
    ASSET_EXISTS: { code: 'ASSET_EXISTS', assetId: 'A' },
    FOREIGN_ASSET: { code: 'FOREIGN_ASSET', assetId: 'A', ownerMspId: 'M', callerMspId: 'N' },
    ASSET_STATE_NOT_ALLOWED: { code: 'ASSET_STATE_NOT_ALLOWED', assetId: 'A', from: 'planned', to: 'out-of-service' },
    ASSET_DECOMMISSIONED: { code: 'ASSET_DECOMMISSIONED', assetId: 'A' },
    PARTY_UNKNOWN: { code: 'PARTY_UNKNOWN', mspId: 'M' },
    PARTY_IS_OWNER: { code: 'PARTY_IS_OWNER', assetId: 'A', mspId: 'M' },
    TRANSFER_NOT_OFFERED: { code: 'TRANSFER_NOT_OFFERED', assetId: 'A' },
    TRANSFER_OFFERED: { code: 'TRANSFER_OFFERED', assetId: 'A', toMspId: 'M' },
    NOT_THE_RECIPIENT: { code: 'NOT_THE_RECIPIENT', assetId: 'A', toMspId: 'M', callerMspId: 'N' },
    DATA_USE_UNKNOWN: { code: 'DATA_USE_UNKNOWN', assetId: 'A', useId: '1' },
    DATA_USE_EXISTS: { code: 'DATA_USE_EXISTS', assetId: 'A', useId: '1' },
    DATA_USE_NOT_ALLOWED: { code: 'DATA_USE_NOT_ALLOWED', assetId: 'A', useId: '1', act: 'settle', state: 'cancelled' },
    NOT_A_PARTY: { code: 'NOT_A_PARTY', assetId: 'A', useId: '1', partyMspId: 'M', callerMspId: 'N' },
    INFORMATION_ASSET_UNKNOWN: { code: 'INFORMATION_ASSET_UNKNOWN', assetId: 'A' },
    INFORMATION_ASSET_EXISTS: { code: 'INFORMATION_ASSET_EXISTS', assetId: 'A' },
    FOREIGN_INFORMATION_ASSET: {
        code: 'FOREIGN_INFORMATION_ASSET',
        assetId: 'A',
        ownerMspId: 'M',
        callerMspId: 'N',
    },
    STAGE_NOT_ALLOWED: { code: 'STAGE_NOT_ALLOWED', assetId: 'A', act: 'retire', stage: 'retired' },
    NO_PASSED_TEST: { code: 'NO_PASSED_TEST', assetId: 'A', revision: 2, testedRevision: 1, verdict: 'passed' },
    REVISION_NOT_PRESENT: { code: 'REVISION_NOT_PRESENT', assetId: 'A', revision: 2 },
    TEST_EXISTS: { code: 'TEST_EXISTS', assetId: 'A', testId: 'T' },
    CRITICAL_FINDINGS_OPEN: { code: 'CRITICAL_FINDINGS_OPEN', assetId: 'A', findings: ['V-1', 'V-2'] },
    FINDING_UNKNOWN: { code: 'FINDING_UNKNOWN', assetId: 'A', findingId: 'V' },
    FINDING_EXISTS: { code: 'FINDING_EXISTS', assetId: 'A', findingId: 'V' },
    DEADLINE_PASSED: { code: 'DEADLINE_PASSED', assetId: 'A', findingId: 'V', dueMs: 1, nowMs: 2 },
    FINDING_STATE_NOT_ALLOWED: {
        code: 'FINDING_STATE_NOT_ALLOWED',
        assetId: 'A',
        findingId: 'V',
        act: 'close',
        state: 'open',
    },
    TOO_MANY_CRITICAL_FINDINGS: { code: 'TOO_MANY_CRITICAL_FINDINGS', assetId: 'A', limit: 50 },
    ANCHOR_UNKNOWN: { code: 'ANCHOR_UNKNOWN', name: 'report.pdf' },
    ANCHOR_EXISTS: { code: 'ANCHOR_EXISTS', name: 'report.pdf', sha256: 'ab'.repeat(32) },
    ORACLE_UNKNOWN: { code: 'ORACLE_UNKNOWN', oracleId: 'north' },
    ORACLE_EXISTS: { code: 'ORACLE_EXISTS', oracleId: 'north', state: 'retired' },
    FOREIGN_ORACLE: { code: 'FOREIGN_ORACLE', oracleId: 'north', mspId: 'M', callerMspId: 'N' },
    ORACLE_STATE_NOT_ALLOWED: { code: 'ORACLE_STATE_NOT_ALLOWED', oracleId: 'north', act: 'resume', state: 'retired' },
    ORACLE_NOT_SERVING: { code: 'ORACLE_NOT_SERVING', oracleId: 'north', state: 'suspended' },
    NOT_THE_ORACLE: { code: 'NOT_THE_ORACLE', oracleId: 'north', certificateSerial: '7a' },
    FEED_UNKNOWN: { code: 'FEED_UNKNOWN', feedId: 'F' },
    FEED_EXISTS: { code: 'FEED_EXISTS', feedId: 'F' },
    FEED_ENDED: { code: 'FEED_ENDED', feedId: 'F' },
    ORACLE_KEY_SHARED: { code: 'ORACLE_KEY_SHARED', oracleId: 'north', otherOracleId: 'south' },
    NOT_IN_FEED: { code: 'NOT_IN_FEED', feedId: 'F', oracleId: 'north' },
    NOT_A_FEED_TICK: { code: 'NOT_A_FEED_TICK', feedId: 'F', tickMs: 5, startMs: 1, intervalMs: 3 },
    ANSWER_UNSUITABLE: { code: 'ANSWER_UNSUITABLE', feedId: 'F', rule: 'median' },
    FETCHED_OFF_TICK: { code: 'FETCHED_OFF_TICK', feedId: 'F', tickMs: 5, offMs: -1, windowMs: 3 },
    FETCHED_FROM_FUTURE: { code: 'FETCHED_FROM_FUTURE', feedId: 'F', tickMs: 5, oracleId: 'north', aheadMs: 9 },
    ALREADY_SUBMITTED: { code: 'ALREADY_SUBMITTED', feedId: 'F', tickMs: 5, oracleId: 'north', transactionId: '00ff' },
    ROUND_CONCLUDED: { code: 'ROUND_CONCLUDED', feedId: 'F', tickMs: 5, transactionId: '00ff' },
    SUBMISSIONS_AWAITED: { code: 'SUBMISSIONS_AWAITED', feedId: 'F', tickMs: 5, missing: ['north'], remainingMs: 9 },
    QUORUM_NOT_REACHED: { code: 'QUORUM_NOT_REACHED', feedId: 'F', tickMs: 5, agreed: ['north'], quorum: 2 },
    NOT_IN_BLOCK: { code: 'NOT_IN_BLOCK', taskId: 'A', tickMs: 5, terminalId: 'T-1' },
};
const faults = Object.values(samples).map((fault) => ({ code: fault.code, fault }));

describe('faults', () => {
    it('are encoded as the code and its data', () => {
        expect(encodeFault(samples.TERMINAL_SUSPENDED)).toBe(
            'TERMINAL_SUSPENDED {"terminalId":"T-1","readingIndex":4}',
        );
    });

    it.each(faults)('$code survives the trip, bare or wrapped', ({ fault }) => {
        const text = encodeFault(fault);
        const wrapped = `peer=peer0.dispatch:7051, status=500, message=transaction returned with failure: ${text}, {} done`;
        expect(decodeFault(text)).toEqual(fault);
        expect(decodeFault(wrapped)).toEqual(fault);
    });

    it('are found where the text around them escapes quotation marks', () => {
        const text = encodeFault(samples.TERMINAL_SUSPENDED).replaceAll('"', '\\"');
        expect(decodeFault(`"message":"chaincode response 500, ${text}"`)).toEqual(samples.TERMINAL_SUSPENDED);
    });

    it.each([
        '',
        'MVCC_READ_CONFLICT {}',
        'TERMINAL_UNKNOWN',
        'TERMINAL_UNKNOWN {"terminalId":',
        'HAS_OWN_PROPERTY {}',
    ])('are not found in %j', (text) => {
        expect(decodeFault(text)).toBeUndefined();
    });

    it.each(faults)('$code is described in sentences that end', ({ fault }) => {
        const text = describeFault(fault);
        expect(text).toMatch(/^.+\. .+\.$/);
        expect(text).not.toMatch(/undefined|\[object/);
    });

    it('name the reading of a batch', () => {
        expect(describeFault(samples.TERMINAL_SUSPENDED)).toContain('reading 4');
        expect(describeFault(samples.TERMINAL_RETIRED)).not.toContain('reading');
    });

    it('stand in the table of the documentation, each once', () => {
        const rows = renderFaultTable().split('\n').slice(2, -1);
        expect(rows.map((row) => row.split('`')[1])).toEqual([...faultCodes]);
        expect([...faultCodes].sort()).toEqual(Object.keys(samples).sort());
        expect(Object.values(faultCatalogue).filter(({ meaning, action }) => /[|\n]/.test(meaning + action))).toEqual(
            [],
        );
    });
});
