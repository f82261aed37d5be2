import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { WireError, goReason } from '../../wire/wire-errors';
import { EndorseError } from '../endorse/endorse-errors';
import type { EndorseFault } from '../endorse/endorse-errors';

/** How a fault is told to the client: as the status of the call, or inside an answer of status 500. */
export type FaultAnswer =
    | {
          readonly kind: 'status';
          readonly error: Pick<ServiceError, 'code' | 'details'>;
          /** Neither client nor chaincode is to blame. */
          readonly isBug: boolean;
      }
    | { readonly kind: 'response'; readonly message: string };

/** What went wrong with the proposal itself ends the call; what went wrong with running it is an answer. */
const answerKind: Readonly<Record<EndorseFault['code'], FaultAnswer['kind']>> = {
    PROPOSAL_MALFORMED: 'status',
    PROPOSAL_INVALID: 'status',
    CLIENT_EXPIRED: 'status',
    CREATOR_UNKNOWN: 'status',
    CREATOR_REFUSED: 'status',
    TRANSACTION_DUPLICATE: 'status',
    NOT_PERMITTED: 'status',
    CHANNEL_UNKNOWN: 'response',
    CHAINCODE_NOT_DEFINED: 'response',
    CHAINCODE_NOT_APPROVED: 'response',
    CHAINCODE_NOT_INSTALLED: 'response',
    SIMULATION_FAILED: 'response',
    STATE_CALL_REFUSED: 'response',
};

/** The answer to an endorsement that failed. Fabric v2.5.16: core/endorser/endorser.go, ProcessProposal. */
export function answerFault(error: unknown): FaultAnswer {
    if (error instanceof EndorseError) {
        return answerKind[error.fault.code] === 'response'
            ? { kind: 'response', message: error.message }
            : { kind: 'status', error: unknownStatus(error.message), isBug: false };
    }
    if (error instanceof WireError) {
        return { kind: 'status', error: malformedStatus(error), isBug: false };
    }
    const details = error instanceof Error ? error.message : String(error);
    return { kind: 'status', error: { code: status.INTERNAL, details }, isBug: true };
}

/** gRPC's status for an error that a Go server returned plainly. */
export function unknownStatus(details: string): Pick<ServiceError, 'code' | 'details'> {
    return { code: status.UNKNOWN, details };
}

/** Go's gRPC refuses a request that it cannot read before any service sees it. */
const requests: readonly string[] = ['SignedProposal', 'SignedRequest', 'Envelope'];
/** The filter that looks for expired clients reads these first. Fabric v2.5.16: core/handlers/auth/filter/expiration.go. */
const filteredAs = new Map([
    ['Proposal', 'failed parsing proposal: '],
    ['Header', 'failed parsing header: '],
    ['SignatureHeader', 'failed parsing signature header: '],
]);

/** How a stream ends on which something came that is no message of it: Go's gRPC says so, no service sees it. */
export const unreadableMessageStatus: Pick<ServiceError, 'code' | 'details'> = {
    code: status.INTERNAL,
    details: `grpc: failed to unmarshal the received message: ${goReason}`,
};

/** The status for bytes that cannot be read. Fabric v2.5.16: protoutil/unmarshalers.go. */
export function malformedStatus({ fault }: WireError): Pick<ServiceError, 'code' | 'details'> {
    const message = fault.code === 'WIRE_MALFORMED' ? fault.message : '';
    if (requests.includes(message)) {
        return { code: status.INTERNAL, details: `grpc: error unmarshalling request: ${goReason}` };
    }
    return unknownStatus(`${filteredAs.get(message) ?? ''}error unmarshalling ${message}: ${goReason}`);
}
