import type { ChaincodeFault } from '../faults/chaincode-fault';
import type { TerminalRecord } from '../registration/registration-api';
import { judgeServing } from '../registration/registration-rules';
import { judgeSignature } from '../signatures/verify-signature';
import type { SignedReadingFault, TerminalSignature } from './signed-reading-api';

/**
 * The signer of something forwarded: in service, of the forwarder's organisation, and the signature is its own. Nothing
 * else is asked of the forwarder.
 */
export function decideSigner(
    terminal: TerminalRecord | undefined,
    terminalId: string,
    callerMspId: string,
    signed: { readonly message: Uint8Array; readonly signature: string },
): TerminalRecord | ChaincodeFault {
    if (terminal === undefined) {
        return { code: 'TERMINAL_UNKNOWN', terminalId };
    }
    if (terminal.mspId !== callerMspId) {
        return { code: 'FOREIGN_TERMINAL', terminalId, mspId: terminal.mspId, callerMspId };
    }
    const signer = { signerId: terminalId, publicKey: terminal.certificate.publicKey };
    return judgeServing(terminal) ?? judgeSignature(signer, signed.message, signed.signature) ?? terminal;
}

/** Tells that something lies under the signer's number already. */
export function judgeReplay(
    earlier: { readonly transactionId: string } | undefined,
    terminalId: string,
    { sequence }: Pick<TerminalSignature, 'sequence'>,
): SignedReadingFault | undefined {
    return earlier && { code: 'REPLAYED', terminalId, sequence, transactionId: earlier.transactionId };
}
