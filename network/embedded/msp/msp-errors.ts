/**
 * Why an identity or an MSP is not accepted. `reason` is Fabric's own text. The two identity codes are told apart because
 * Fabric's endorser answers them differently: a malformed creator belongs to nobody, an invalid one to its organisation.
 */
export type MspFault =
    | { readonly code: 'IDENTITY_MALFORMED'; readonly mspId: string; readonly reason: string }
    | { readonly code: 'IDENTITY_INVALID'; readonly mspId: string; readonly reason: string }
    | { readonly code: 'MSP_INVALID'; readonly mspId: string; readonly reason: string }
    | { readonly code: 'POLICY_INVALID'; readonly path: string; readonly reason: string };

/** One sentence: what is wrong, where, what to do. */
export function describeMspFault(fault: MspFault): string {
    switch (fault.code) {
        case 'IDENTITY_MALFORMED':
            return `An identity of ${quote(fault.mspId)} cannot be read: ${fault.reason}. Send a certificate that this MSP's CA issued.`;
        case 'IDENTITY_INVALID':
            return `An identity of ${quote(fault.mspId)} is not valid: ${fault.reason}. Have the CA issue it a new certificate.`;
        case 'MSP_INVALID':
            return `The MSP ${quote(fault.mspId)} of the channel configuration cannot be used: ${fault.reason}. Make the genesis block anew.`;
        case 'POLICY_INVALID':
            return `The policy ${fault.path} of the channel configuration cannot be used: ${fault.reason}. Make the genesis block anew.`;
    }
}

export class MspError extends Error {
    readonly fault: MspFault;

    constructor(fault: MspFault, options?: ErrorOptions) {
        super(describeMspFault(fault), options);
        this.name = MspError.name;
        this.fault = fault;
    }
}

function quote(mspId: string): string {
    return `'${mspId}'`;
}
