import type { FaultEntries } from '../faults/fault-entry';
import type { DetailsSubject } from './details-api';
import type { SupervisionFault } from './supervision-api';

/** What the faults of supervision mean, and what to do. */
export const supervisionCatalogue: FaultEntries<SupervisionFault['code']> = {
    INFORMATION_ASSET_UNKNOWN: {
        meaning: 'No information asset of this id was enrolled.',
        action: 'Find it with ListInformationAssets, or let its owner call EnrolInformationAsset.',
        says: (f) => `There is no information asset ${f.assetId}.`,
    },
    INFORMATION_ASSET_EXISTS: {
        meaning: 'An information asset of this id was enrolled before.',
        action: 'Change it with UpdateConfiguration; another asset needs another id.',
        says: (f) => `The information asset ${f.assetId} exists.`,
    },
    FOREIGN_INFORMATION_ASSET: {
        meaning: 'The act is the owner’s, and the caller’s organisation is not the owner.',
        action: 'Call with an operator of the owner.',
        says: (f) => `The information asset ${f.assetId} belongs to ${f.ownerMspId}, not to ${f.callerMspId}.`,
    },
    STAGE_NOT_ALLOWED: {
        meaning: 'The stage of the asset’s life does not allow the act.',
        action: 'Read the stage with QueryInformationAsset; retired is final.',
        says: (f) => `The information asset ${f.assetId} is in the stage ${f.stage}, which does not allow ${f.act}.`,
    },
    NO_PASSED_TEST: {
        meaning: 'An asset goes on line after a passed test of its present configuration, and the newest test counts.',
        action: 'Let a supervisor test the present revision and record it with RecordTest.',
        says: (f) =>
            `The revision ${f.revision} of ${f.assetId} has no passed test: ` +
            (f.verdict === null ? 'none was recorded.' : `the newest, of revision ${f.testedRevision}, ${f.verdict}.`),
    },
    REVISION_NOT_PRESENT: {
        meaning: 'The test is of a configuration that the asset does not have any more, or not yet.',
        action: 'Test the present revision.',
        says: (f) => `The present revision of ${f.assetId} is ${f.revision}.`,
    },
    TEST_EXISTS: {
        meaning: 'A test of this id was recorded for the asset before.',
        action: 'Read it with ListTests; another test needs another id.',
        says: (f) => `The test ${f.testId} of ${f.assetId} exists.`,
    },
    TEST_UNKNOWN: {
        meaning: 'No test of this id was recorded for the asset.',
        action: 'Read them with ListTests, or let a supervisor record it with RecordTest.',
        says: (f) => `There is no ${nameOf(f)}.`,
    },
    CRITICAL_FINDINGS_OPEN: {
        meaning: 'An asset does not retire while the supervisor has not closed every critical finding on it.',
        action: 'Rectify them, and let a supervisor close them.',
        says: (f) => `The information asset ${f.assetId} has open critical findings: ${f.findings.join(', ')}.`,
    },
    FINDING_UNKNOWN: {
        meaning: 'No finding of this id was reported on the asset.',
        action: 'Read them with ListFindings.',
        says: (f) => `There is no finding ${f.findingId} on ${f.assetId}.`,
    },
    FINDING_EXISTS: {
        meaning: 'A finding of this id was reported on the asset before.',
        action: 'Read it with QueryFinding; another finding needs another id.',
        says: (f) => `The finding ${f.findingId} on ${f.assetId} exists.`,
    },
    DEADLINE_PASSED: {
        meaning: 'A new finding’s deadline for rectification lies ahead.',
        action: 'Set a later deadline.',
        says: (f) => `The deadline ${f.dueMs} of ${f.findingId} on ${f.assetId} is not after ${f.nowMs}.`,
    },
    FINDING_STATE_NOT_ALLOWED: {
        meaning: 'The state of the finding does not allow the act.',
        action: 'Read it with QueryFinding: the owner rectifies what is open, the supervisor judges what is rectified.',
        says: (f) => `The finding ${f.findingId} on ${f.assetId} is ${f.state}, which does not allow ${f.act}.`,
    },
    TOO_MANY_CRITICAL_FINDINGS: {
        meaning: 'So many critical findings are open on one asset that its record would become too large.',
        action: 'Rectify and close some, or report them as one.',
        says: (f) => `The information asset ${f.assetId} has ${f.limit} open critical findings already.`,
    },
    DETAILS_UNKNOWN: {
        meaning: 'No details of the finding or test were deposited, or those that were are not announced.',
        action: 'Let a supervisor deposit and announce them with DepositDetails and AnnounceDetails, of a test with DepositTestDetails and AnnounceTestDetails.',
        says: (f) => `There are no details of the ${nameOf(f)}.`,
    },
    DETAILS_ANNOUNCED: {
        meaning: 'The digest of the details stands on the ledger: they are what they are.',
        action: 'Read it with QueryDetails or QueryTestDetails; what is new is another finding or another test.',
        says: (f) => `The details of the ${nameOf(f)} were announced as ${f.digest}.`,
    },
};

function nameOf(subject: DetailsSubject): string {
    const name = 'findingId' in subject ? `finding ${subject.findingId}` : `test ${subject.testId}`;
    return `${name} on ${subject.assetId}`;
}
