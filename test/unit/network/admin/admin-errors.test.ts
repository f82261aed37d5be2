import { describe, expect, it } from '@jest/globals';
import { AdminError, describeAdminFault } from '../../../../network/admin/admin-errors';
import type { AdminFault } from '../../../../network/admin/admin-errors';

const faults: readonly (readonly [AdminFault, string])[] = [
    [
        { code: 'NODE_UNREACHABLE', node: 'peer0', address: '127.0.0.1:7051', why: 'connection refused' },
        'peer0 does not answer at 127.0.0.1:7051: connection refused. Look into its log.',
    ],
    [
        { code: 'ORDERER_NOT_JOINED', node: 'orderer', channel: 'ch', status: 400, reason: 'bad block' },
        'orderer did not join channel ch (HTTP 400): bad block',
    ],
    [
        { code: 'PROPOSAL_REFUSED', node: 'peer0', what: 'cscc.JoinChain', status: 500, reason: 'access denied' },
        'peer0 refused cscc.JoinChain (status 500): access denied',
    ],
    [
        { code: 'ENDORSEMENTS_DIFFER', what: '_lifecycle.CommitChaincodeDefinition', nodes: ['a', 'b'] },
        'a and b answered differently to _lifecycle.CommitChaincodeDefinition: let them catch up, and try again.',
    ],
    [
        { code: 'ORDERER_REFUSED', node: 'orderer', status: 403, reason: 'forbidden' },
        'orderer did not order a transaction (status 403): forbidden',
    ],
    [
        {
            code: 'ADMIN_TRANSACTION_INVALID',
            what: '_lifecycle.CommitChaincodeDefinition',
            transactionId: 'ab',
            validationCode: 'ENDORSEMENT_POLICY_FAILURE',
        },
        '_lifecycle.CommitChaincodeDefinition was ordered but is not valid: ENDORSEMENT_POLICY_FAILURE (transaction ab).',
    ],
    [
        {
            code: 'CHAINCODE_DEFINITION_CONFLICT',
            chaincode: 'feeder',
            wanted: { version: '0.2.0', sequence: 1 },
            committed: { version: '0.1.0', sequence: 1 },
        },
        'feeder cannot get version 0.2.0, sequence 1: the channel has version 0.1.0, sequence 1. ' +
            'Give a changed definition sequence 2.',
    ],
    [
        { code: 'CHAINCODE_NOT_DEPLOYED', chaincode: 'feeder', channel: 'ch' },
        'Channel ch has no chaincode feeder to upgrade: deploy it first.',
    ],
    [
        { code: 'ORGANIZATION_NOT_ON_CHANNEL', mspId: 'OtherMSP', channel: 'ch' },
        'Channel ch has no organisation with the MSP id OtherMSP.',
    ],
    [
        { code: 'BLOCK_CUTTING_INVALID', setting: 'timeoutMs', value: 0, from: 1, to: 60_000 },
        'The block time in milliseconds cannot be 0: give a whole number from 1 to 60000.',
    ],
    [
        { code: 'ADMINISTRATOR_NOT_REVOCABLE', name: 'primary-admin', mspId: 'PrimaryMSP' },
        'primary-admin is the only administrator of PrimaryMSP: revoked, nobody could change that organisation any more. ' +
            'Give it another administrator first.',
    ],
];

describe('an administrator’s fault', () => {
    it.each(faults)('%j is told in one sentence', (fault, sentence) => {
        expect(describeAdminFault(fault)).toBe(sentence);
        expect(new AdminError(fault)).toMatchObject({ message: sentence, fault });
    });
});
