/** What can go wrong with what an administrator asks of a Fabric network. */
export type AdminFault =
    | { readonly code: 'NODE_UNREACHABLE'; readonly node: string; readonly address: string; readonly why: string }
    | {
          readonly code: 'ORDERER_NOT_JOINED';
          readonly node: string;
          readonly channel: string;
          /** Of HTTP. */
          readonly status: number;
          readonly reason: string;
      }
    | {
          readonly code: 'PROPOSAL_REFUSED';
          readonly node: string;
          /** Chaincode and function, e.g. `cscc.JoinChain`. */
          readonly what: string;
          readonly status: number;
          readonly reason: string;
      }
    | { readonly code: 'ENDORSEMENTS_DIFFER'; readonly what: string; readonly nodes: readonly string[] }
    | { readonly code: 'ORDERER_REFUSED'; readonly node: string; readonly status: number; readonly reason: string }
    | {
          readonly code: 'ADMIN_TRANSACTION_INVALID';
          readonly what: string;
          readonly transactionId: string;
          /** Fabric's name of it, e.g. ENDORSEMENT_POLICY_FAILURE. */
          readonly validationCode: string;
      }
    | {
          readonly code: 'CHAINCODE_DEFINITION_CONFLICT';
          readonly chaincode: string;
          readonly wanted: { readonly version: string; readonly sequence: number };
          readonly committed: { readonly version: string; readonly sequence: number };
      }
    | { readonly code: 'CHAINCODE_NOT_DEPLOYED'; readonly chaincode: string; readonly channel: string }
    | { readonly code: 'ORGANIZATION_NOT_ON_CHANNEL'; readonly mspId: string; readonly channel: string }
    | {
          readonly code: 'BLOCK_CUTTING_INVALID';
          readonly setting: 'timeoutMs' | 'maxMessageCount' | 'preferredMaxBytes';
          readonly value: number;
          readonly from: number;
          readonly to: number;
      }
    | { readonly code: 'ADMINISTRATOR_NOT_REVOCABLE'; readonly name: string; readonly mspId: string };

const settingNames = {
    timeoutMs: 'block time in milliseconds',
    maxMessageCount: 'number of transactions in a block',
    preferredMaxBytes: 'size of a block in bytes',
} as const;

/** One sentence: what is wrong, where, what to do. */
export function describeAdminFault(fault: AdminFault): string {
    switch (fault.code) {
        case 'NODE_UNREACHABLE':
            return `${fault.node} does not answer at ${fault.address}: ${fault.why}. Look into its log.`;
        case 'ORDERER_NOT_JOINED':
            return `${fault.node} did not join channel ${fault.channel} (HTTP ${fault.status}): ${fault.reason}`;
        case 'PROPOSAL_REFUSED':
            return `${fault.node} refused ${fault.what} (status ${fault.status}): ${fault.reason}`;
        case 'ENDORSEMENTS_DIFFER':
            return `${fault.nodes.join(' and ')} answered differently to ${fault.what}: let them catch up, and try again.`;
        case 'ORDERER_REFUSED':
            return `${fault.node} did not order a transaction (status ${fault.status}): ${fault.reason}`;
        case 'ADMIN_TRANSACTION_INVALID':
            return `${fault.what} was ordered but is not valid: ${fault.validationCode} (transaction ${fault.transactionId}).`;
        case 'CHAINCODE_DEFINITION_CONFLICT':
            return describeConflict(fault);
        case 'CHAINCODE_NOT_DEPLOYED':
            return `Channel ${fault.channel} has no chaincode ${fault.chaincode} to upgrade: deploy it first.`;
        case 'ORGANIZATION_NOT_ON_CHANNEL':
            return `Channel ${fault.channel} has no organisation with the MSP id ${fault.mspId}.`;
        case 'BLOCK_CUTTING_INVALID':
            return `The ${settingNames[fault.setting]} cannot be ${fault.value}: give a whole number from ${fault.from} to ${fault.to}.`;
        case 'ADMINISTRATOR_NOT_REVOCABLE':
            return (
                `${fault.name} is the only administrator of ${fault.mspId}: revoked, nobody could change that ` +
                'organisation any more. Give it another administrator first.'
            );
    }
}

function describeConflict({
    chaincode,
    wanted,
    committed,
}: Extract<AdminFault, { code: 'CHAINCODE_DEFINITION_CONFLICT' }>): string {
    const there =
        committed.sequence === 0 ? 'none yet' : `version ${committed.version}, sequence ${committed.sequence}`;
    return (
        `${chaincode} cannot get version ${wanted.version}, sequence ${wanted.sequence}: the channel has ${there}. ` +
        `Give a changed definition sequence ${committed.sequence + 1}.`
    );
}

export class AdminError extends Error {
    readonly fault: AdminFault;

    constructor(fault: AdminFault, options?: ErrorOptions) {
        super(describeAdminFault(fault), options);
        this.name = AdminError.name;
        this.fault = fault;
    }
}
