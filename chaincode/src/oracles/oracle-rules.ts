import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import type { SignatureFault } from '../signatures/signature-api';
import { judgeKey } from '../signatures/verify-signature';
import { oracleStateTable } from './oracle-states';
import {
    oraclesLimits,
    type OracleAct,
    type OracleActRecord,
    type OracleFault,
    type OracleRecord,
    type OracleRegistration,
} from './oracles-api';

/** A new oracle of the operator's organisation. Its key must be able to verify: nobody is to find out later. */
export function decideRegistration(
    existing: OracleRecord | undefined,
    { oracleId, certificate }: OracleRegistration,
    act: OracleActRecord,
): OracleRecord | OracleFault | SignatureFault {
    if (existing !== undefined) {
        return { code: 'ORACLE_EXISTS', oracleId, state: existing.state };
    }
    const fault = judgeKey({ signerId: oracleId, publicKey: certificate.publicKey });
    return fault ?? { schemaVersion: 1, oracleId, mspId: act.byMspId, certificate, state: 'registered', lastAct: act };
}

/** The oracle with a new act of its organisation's operator on it, judged at the later of the two times. */
export function decideAct(
    oracle: OracleRecord | undefined,
    oracleId: string,
    act: OracleActRecord & { readonly act: Exclude<OracleAct, 'register'> },
): OracleRecord | OracleFault | TimeFault {
    if (oracle === undefined) {
        return { code: 'ORACLE_UNKNOWN', oracleId };
    }
    const { mspId, lastAct } = oracle;
    if (mspId !== act.byMspId) {
        return { code: 'FOREIGN_ORACLE', oracleId, mspId, callerMspId: act.byMspId };
    }
    const state = oracleStateTable[oracle.state][act.act];
    if (state === undefined) {
        return { code: 'ORACLE_STATE_NOT_ALLOWED', oracleId, act: act.act, state: oracle.state };
    }
    const time = laterOf(act.transactionTimeMs, lastAct.transactionTimeMs, oraclesLimits.clockToleranceMs);
    return 'code' in time ? time : { ...oracle, state, lastAct: { ...act, transactionTimeMs: time.nowMs } };
}

/** An oracle whose answers count: registered, and neither suspended nor retired. */
export function decideServing(oracle: OracleRecord | undefined, oracleId: string): OracleRecord | OracleFault {
    if (oracle === undefined) {
        return { code: 'ORACLE_UNKNOWN', oracleId };
    }
    return oracle.state === 'registered' ? oracle : { code: 'ORACLE_NOT_SERVING', oracleId, state: oracle.state };
}

/**
 * The oracle that acts, in service and itself: of its organisation, and by the certificate that was registered. No name
 * and no attribute counts, which any organisation's CA could write.
 */
export function decideActing(
    oracle: OracleRecord | undefined,
    oracleId: string,
    caller: { readonly mspId: string; readonly certificate: { readonly serial: string } },
): OracleRecord | OracleFault {
    if (oracle !== undefined && oracle.mspId !== caller.mspId) {
        return { code: 'FOREIGN_ORACLE', oracleId, mspId: oracle.mspId, callerMspId: caller.mspId };
    }
    const certificateSerial = caller.certificate.serial;
    if (oracle !== undefined && oracle.certificate.serial !== certificateSerial) {
        return { code: 'NOT_THE_ORACLE', oracleId, certificateSerial };
    }
    return decideServing(oracle, oracleId);
}
