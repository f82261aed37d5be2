import { documentLimits } from '../input/document-api';
import { digest } from '../input/document-reader';
import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import {
    distinctIdentifiers,
    finiteNumber,
    identifier,
    label,
    malformed,
    oneOf,
    recordOf,
    text,
    wholeNumber,
    type Reader,
} from '../input/read-field';
import { signatureDigits } from '../signatures/signature-api';
import {
    agreementRules,
    feedLimits,
    type Agreement,
    type FeedFilter,
    type FeedInput,
    type FeedName,
    type FeedRoundName,
    type SourceReference,
    type SubmissionInput,
} from './feeds-api';
import {
    oraclesLimits,
    type OracleCertificate,
    type OracleName,
    type OracleReason,
    type OracleRegistration,
} from './oracles-api';

const time = wholeNumber({ min: 0, max: inputLimits.timeMs });

/** How far answers may lie from their median. */
const tolerance: Reader<number> = (value, path) => {
    const read = finiteNumber(value, path);
    if (read < 0) {
        throw malformed(path, 'too-small');
    }
    return read;
};

const agreementReaders: { readonly [Rule in Agreement['rule']]: Reader<Extract<Agreement, { rule: Rule }>> } = {
    median: recordOf<Extract<Agreement, { rule: 'median' }>>({
        rule: oneOf(['median']),
        unit: label(inputLimits.labelLength),
        tolerance,
    }),
    'same-digest': recordOf<Extract<Agreement, { rule: 'same-digest' }>>({ rule: oneOf(['same-digest']) }),
};

const agreement: Reader<Agreement> = (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw malformed(path, 'not-an-object');
    }
    const rule = Object.hasOwn(value, 'rule') ? (value as { readonly rule: unknown }).rule : undefined;
    return agreementReaders[oneOf(agreementRules)(rule, `${path}.rule`)](value, path);
};

const feedFields = recordOf<FeedInput>({
    feedId: identifier,
    question: label(inputLimits.reasonLength),
    type: label(inputLimits.labelLength),
    agreement,
    quorum: wholeNumber({ min: 1, max: feedLimits.oracles }),
    oracles: distinctIdentifiers({ min: 1, max: feedLimits.oracles }),
    startMs: time,
    intervalMs: wholeNumber(feedLimits.intervalMs),
    windowMs: wholeNumber({ min: 1, max: feedLimits.intervalMs.max }),
});

/** A feed as a whole: more than half agree, not more than there are, and one round's window ends before the next. */
const feed: Reader<FeedInput> = (value, path) => {
    const read = feedFields(value, path);
    const { length } = read.oracles;
    if (read.quorum * 2 <= length) {
        throw malformed('quorum', 'too-small');
    }
    if (read.quorum > length) {
        throw malformed('quorum', 'too-large');
    }
    if (read.windowMs > read.intervalMs) {
        throw malformed('windowMs', 'too-large');
    }
    return read;
};

/** A number, or null where documents are asked for. */
const answer: Reader<number | null> = (value, path) => (value === null ? null : finiteNumber(value, path));

const oracle = { oracleId: identifier };
const round = { feedId: identifier, tickMs: time };

/** Readers of what each transaction of the contract takes. */
export const oraclesInput = {
    registration: recordOf<OracleRegistration>({
        ...oracle,
        certificate: recordOf<OracleCertificate>({
            serial: identifier,
            publicKey: label(oraclesLimits.publicKeyLength),
        }),
    }),
    oracleName: recordOf<OracleName>(oracle),
    oracleReason: recordOf<OracleReason>({ ...oracle, reason: label(inputLimits.reasonLength) }),
    feed,
    feedName: recordOf<FeedName>({ feedId: identifier }),
    round: recordOf<FeedRoundName>(round),
    submission: recordOf<SubmissionInput>({
        ...round,
        ...oracle,
        value: answer,
        source: recordOf<SourceReference>({
            name: label(feedLimits.sourceNameLength),
            sha256: digest,
            sizeBytes: wholeNumber({ min: 0, max: documentLimits.sizeBytes }),
            fetchedMs: time,
        }),
        signature: text(signatureDigits),
    }),
    page: recordOf(pageFields),
    feedFilter: recordOf<FeedFilter>({ feedId: identifier, ...pageFields }),
} as const;
