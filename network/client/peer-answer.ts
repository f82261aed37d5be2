import { decodeFault } from '../../chaincode/src/faults/fault-api';
import type { ProposalResponse } from '../wire/proposal-response';
import type { ClientFault } from './client-errors';
import { grpcStatuses, type GrpcFailure } from '../grpc/grpc-status';

/** What a peer made of a proposal, or why it said nothing. */
export type PeerAnswer =
    | { readonly peer: string; readonly response: ProposalResponse }
    | { readonly peer: string; readonly failure: GrpcFailure };

/** A contract's own no: another peer would say the same. */
export function isContractFault(answer: PeerAnswer): boolean {
    const refusal = refusalOf(answer);
    return refusal !== undefined && decodeFault(refusal) !== undefined;
}

/** What peers that did not endorse, or not alike, come to: what most tells the caller what to do is told. */
export function judgeAnswers(answers: readonly PeerAnswer[], requestTimeoutMs: number): ClientFault {
    if (answers.length === 0) return { code: 'CLIENT_UNREACHABLE', node: 'A peer', why: 'none is known' };
    const refusals = answers.map(refusalOf).filter((refusal) => refusal !== undefined);
    const fault = refusals.map(decodeFault).find((found) => found !== undefined);
    if (fault !== undefined) return { code: 'CHAINCODE_FAULT', fault };
    const failures = answers.flatMap((answer) => ('failure' in answer ? [answer] : []));
    const late = failures.some(({ failure }) => failure.status === grpcStatuses.deadlineExceeded);
    if (late) return { code: 'REQUEST_TIMEOUT', afterMs: requestTimeoutMs };
    const lost = failures.find(({ failure }) => failure.status === grpcStatuses.unavailable);
    if (lost) return { code: 'CLIENT_UNREACHABLE', node: 'A peer', why: `${lost.peer}: ${lost.failure.details}` };
    const told = [...refusals, ...failures.map(({ failure }) => failure.details)].map(onOneLine);
    const why = [...new Set(told)].join('; ');
    return { code: 'ENDORSEMENT_FAILED', why: why === '' ? 'the peers endorsed different results' : why };
}

/** The message of a peer that answered and did not endorse. */
function refusalOf(answer: PeerAnswer): string | undefined {
    if (!('response' in answer) || answer.response.endorsement !== undefined) return undefined;
    return answer.response.response.message;
}

function onOneLine(text: string): string {
    return text.replace(/\s*\n\s*/g, ' ').trim();
}
