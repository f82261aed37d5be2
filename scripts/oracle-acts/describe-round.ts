import type { FeedRoundAnswer, SubmissionRecord } from '../../chaincode/src/oracles/feeds-api';

/** A line for the round and what its answers come to, and one for each answer. */
export function describeRound({ feedId, tickMs, state, outcome, submissions, conclusion }: FeedRoundAnswer): string {
    const { value, sha256, agreed, deviated, missing } = outcome;
    const answer = value ?? sha256 ?? 'no answer';
    const told = [
        ['agreed', agreed],
        ['deviated', deviated],
        ['missing', missing],
    ] as const;
    const who = told.filter(([, ids]) => ids.length > 0).map(([what, ids]) => `${what}: ${ids.join(', ')}`);
    const by = conclusion === null ? '' : ` by ${conclusion.byName} in ${conclusion.transactionId}`;
    return [
        `${feedId} at ${new Date(tickMs).toISOString()}: ${state}${by}`,
        `  ${[answer, ...who].join('; ')}`,
        ...submissions.map(describeSubmission),
    ].join('\n');
}

function describeSubmission({ oracleId, value, source, late }: SubmissionRecord): string {
    const answer = value ?? source.sha256;
    const fetched = new Date(source.fetchedMs).toISOString();
    return `  ${oracleId}  ${answer}  from ${source.name}, ${source.sizeBytes} bytes, fetched ${fetched}${late ? ', late' : ''}`;
}
