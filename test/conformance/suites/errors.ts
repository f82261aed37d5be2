/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FieldWriter } from '../../../network/wire/field-writer';
import { headerTypes } from '../../../network/wire/headers';
import { newSerializedIdentity } from '../../../network/wire/serialized-identity';
import { knownDifferences, otherDifferences } from '../known-differences';
import { signWith } from '../proposal-draft';
import type { ProposalDraft } from '../proposal-draft';
import type { EndorserAnswer, RawClient } from '../raw-client';
import type { ConformanceNetwork } from '../conformance-network';
import { negateS } from '../negate-s';
import { textOfGo } from '../text-of-go';
import type { Suite } from './suite';

/** What a real peer answered (vectors/errors.json). */
interface RecordedAnswer {
    readonly case: string;
    readonly request?: { readonly txid?: string };
    readonly grpcCode?: number;
    readonly grpcMessage?: string;
    readonly response?: { readonly status: number; readonly message: string };
    readonly hasPayload?: boolean;
    readonly hasEndorsement?: boolean;
    readonly version?: number;
    /** Length of the interest, where there was one. */
    readonly interestBytes?: number;
}

const recordedAnswers = (
    JSON.parse(readFileSync(join(__dirname, '..', 'vectors', 'errors.json'), 'utf8')) as {
        readonly endorser: readonly RecordedAnswer[];
    }
).endorser;

type Way = (client: RawClient, network: ConformanceNetwork) => Promise<EndorserAnswer> | Partial<ProposalDraft>;

const get = { args: ['Get', 'a'] };
const committed = async (client: RawClient, endorsers?: readonly string[]): Promise<Partial<ProposalDraft>> => {
    const nonce = Buffer.from(`${Math.random()}`);
    const transaction = await client.prepare(['Put', 'errors/1', 'x'], {
        draft: { nonce },
        ...(endorsers ? { endorsers } : {}),
    });
    await client.commit(transaction);
    return { args: ['Put', 'errors/1', 'x'], nonce };
};
const raw = async (client: RawClient, base64: string): Promise<EndorserAnswer> =>
    client.sendProposal({
        bytes: Buffer.from(base64, 'base64'),
        txId: '',
        channelHeaderBytes: Buffer.alloc(0),
        signatureHeaderBytes: Buffer.alloc(0),
        payloadBytes: Buffer.alloc(0),
    });
const named = (name: string): Buffer => new FieldWriter().string(1, name).finish();

const approve = 'ApproveChaincodeDefinitionForMyOrg';

/** A call of the lifecycle by DispatchMSP's administrator, its argument in base64 as it was recorded. */
function asAdmin(clients: ConformanceNetwork['clients'], name: string, argument: string): Partial<ProposalDraft> {
    const args = [name, Buffer.from(argument, 'base64')];
    return { chaincode: '_lifecycle', args, identity: clients.admin('DispatchMSP') };
}

/** How each recorded case is made again; the key is its name there. */
const ways: Readonly<Record<string, Way>> = {
    'chaincode throws': () => ({ args: ['Fail', 'x', 'boom'] }),
    'unknown chaincode': () => ({ ...get, chaincode: 'nosuch' }),
    'unknown channel': () => ({ ...get, channelId: 'nochannel' }),
    'empty channel, user chaincode': () => ({ ...get, channelId: '' }),
    'bad signature': () => ({ ...get, sign: (identity) => signWith(identity, Buffer.from('something else')) }),
    'high-S signature': () => ({ ...get, sign: (identity, message) => negateS(signWith(identity, message)) }),
    'no signature': () => ({ ...get, sign: () => Buffer.alloc(0) }),
    'wrong tx id': () => ({ ...get, txId: 'ab'.repeat(32) }),
    'duplicate tx (valid in the ledger)': async (client) => client.endorse(await committed(client)),
    'duplicate of a tx that failed its policy': async (client) =>
        client.endorse(await committed(client, ['DispatchMSP'])),
    'organisation not in the channel': (_client, { clients }) => ({ ...get, identity: clients.outsider }),
    'certificate of one org under the MSP id of another': (client) => ({
        ...get,
        creator: newSerializedIdentity('NorthMSP', client.identity.certificatePem),
    }),
    'expired certificate': (_client, { clients }) => ({ ...get, identity: clients.expired }),
    'empty nonce': () => ({ ...get, nonce: Buffer.alloc(0) }),
    'empty creator': () => ({ ...get, creator: Buffer.alloc(0) }),
    'garbage creator': () => ({ ...get, creator: Buffer.from('garbage') }),
    'epoch 1': () => ({ ...get, epoch: 1 }),
    'header type MESSAGE': () => ({ ...get, type: headerTypes.message }),
    'header type CONFIG_UPDATE': () => ({ ...get, type: headerTypes.configUpdate }),
    'header type CONFIG, user chaincode': () => ({ ...get, type: headerTypes.config }),
    'no input': () => ({ args: [], withoutInput: true }),
    'header extension without chaincode id': () => ({ ...get, extension: Buffer.alloc(0) }),
    'header extension with empty name': () => ({
        ...get,
        extension: new FieldWriter().message(2, Buffer.alloc(0)).finish(),
    }),
    'is_init although not required': () => ({ ...get, isInit: true }),
    'header extension names qscc, spec names basic': () => ({
        args: ['GetChainInfo', 'grid'],
        chaincode: 'qscc',
        specChaincode: 'basic',
    }),
    'request is garbage': async (client) => raw(client, 'Z2FyYmFnZQ=='),
    'empty SignedProposal': async (client) => raw(client, ''),
    'proposal bytes are garbage': async (client) => raw(client, 'CgdnYXJiYWdlEgF4'),
    'proposal without header': async (client) => raw(client, 'EgF4'),
    'qscc unknown function': () => ({ chaincode: 'qscc', args: ['Nope', 'grid'] }),
    'qscc unknown function, three args': () => ({ chaincode: 'qscc', args: ['Nope', 'grid', 'x'] }),
    'qscc GetChainInfo, proposal without channel': () => ({
        chaincode: 'qscc',
        channelId: '',
        args: ['GetChainInfo', 'grid'],
    }),
    'qscc by an organisation not in the channel, no channel in the header': (_client, { clients }) => ({
        chaincode: 'qscc',
        channelId: '',
        args: ['GetChainInfo', 'grid'],
        identity: clients.outsider,
    }),
    'qscc one argument': () => ({ chaincode: 'qscc', args: ['GetChainInfo'] }),
    'qscc unknown channel': () => ({ chaincode: 'qscc', args: ['GetChainInfo', 'nochannel'] }),
    'qscc no such block': () => ({ chaincode: 'qscc', args: ['GetBlockByNumber', 'grid', '99999'] }),
    'qscc block number not a number': () => ({ chaincode: 'qscc', args: ['GetBlockByNumber', 'grid', 'x'] }),
    'qscc no such transaction': () => ({ chaincode: 'qscc', args: ['GetTransactionByID', 'grid', 'ab'.repeat(32)] }),
    'qscc no such block by txid': () => ({ chaincode: 'qscc', args: ['GetBlockByTxID', 'grid', 'ab'.repeat(32)] }),
    'qscc no such hash': () => ({ chaincode: 'qscc', args: ['GetBlockByHash', 'grid', 'x'] }),
    'qscc too few args': () => ({ chaincode: 'qscc', args: ['GetBlockByNumber', 'grid'] }),
    'cscc unknown function, two args': () => ({ chaincode: 'cscc', args: ['Nope', 'grid'] }),
    'cscc unknown function': () => ({ chaincode: 'cscc', args: ['Nope'] }),
    'cscc GetChannelConfig unknown channel': () => ({ chaincode: 'cscc', args: ['GetChannelConfig', 'nochannel'] }),
    'cscc GetChannels, empty channel': () => ({ chaincode: 'cscc', channelId: '', args: ['GetChannels'] }),
    'cscc GetChannels on the channel': () => ({ chaincode: 'cscc', args: ['GetChannels'] }),
    'cscc JoinChain by a client': () => ({ chaincode: 'cscc', channelId: '', args: ['JoinChain', 'x'] }),
    'cscc JoinChain by the admin, garbage': (_client, { clients }) => ({
        chaincode: 'cscc',
        channelId: '',
        args: ['JoinChain', 'x'],
        identity: clients.admin('DispatchMSP'),
    }),
    'cscc JoinChain by a client, block 0': async (client) => client.endorse(await joinAgain(client)),
    'cscc JoinChain by the admin, header type 3': async (client, { clients }) =>
        client.endorse({ ...(await joinAgain(client)), identity: clients.admin('DispatchMSP') }),
    'cscc JoinChain by the admin, again': async (client, { clients }) =>
        client.endorse({
            ...(await joinAgain(client)),
            identity: clients.admin('DispatchMSP'),
            type: headerTypes.config,
        }),
    vscc: () => ({ chaincode: 'vscc', args: ['x'] }),
    escc: () => ({ chaincode: 'escc', args: ['x'] }),
    'lscc GetChaincodes': () => ({ chaincode: 'lscc', args: ['GetChaincodes'] }),
    'lscc getchaincodes': () => ({ chaincode: 'lscc', args: ['getchaincodes'] }),
    'lscc deploy': () => ({ chaincode: 'lscc', args: ['deploy', 'grid', 'x'] }),
    '_lifecycle unknown function': () => ({ chaincode: '_lifecycle', args: ['Nope', ''] }),
    '_lifecycle one arg': () => ({ chaincode: '_lifecycle', args: ['QueryChaincodeDefinitions'] }),
    '_lifecycle no args': () => ({ chaincode: '_lifecycle', args: [] }),
    '_lifecycle garbage argument': () => ({
        chaincode: '_lifecycle',
        args: ['QueryChaincodeDefinition', Buffer.from('garbage')],
    }),
    '_lifecycle unknown name': () => ({
        chaincode: '_lifecycle',
        args: ['QueryChaincodeDefinition', named('nosuch')],
    }),
    '_lifecycle InstallChaincode garbage by the admin': (_client, { clients }) => ({
        ...asAdmin(clients, 'InstallChaincode', 'CgdnYXJiYWdl'),
        channelId: '',
    }),
    '_lifecycle QueryApproved unknown': (_client, { clients }) =>
        asAdmin(clients, 'QueryApprovedChaincodeDefinition', 'CgZub3N1Y2g='),
    '_lifecycle approve sequence 5': (_client, { clients }) => asAdmin(clients, approve, 'CAUSBWJhc2ljGgMxLjA='),
    '_lifecycle approve sequence 1 changed': (_client, { clients }) => asAdmin(clients, approve, 'CAESBWJhc2ljGgE5'),
    '_lifecycle approve sequence 2, bad name': (_client, { clients }) =>
        asAdmin(clients, approve, 'CAISCGJhZCBuYW1lGgMxLjA='),
    '_lifecycle approve sequence 0': (_client, { clients }) => asAdmin(clients, approve, 'EgViYXNpYxoDMS4w'),
    '_lifecycle commit sequence 3': (_client, { clients }) =>
        asAdmin(clients, 'CommitChaincodeDefinition', 'CAMSBWJhc2ljGgMxLjA='),
    '_lifecycle commit sequence 2 nobody approved': (_client, { clients }) =>
        asAdmin(clients, 'CommitChaincodeDefinition', 'CAISBWJhc2ljGgMxLjA='),
    '_lifecycle QueryInstalledChaincodes by a client': () => ({
        chaincode: '_lifecycle',
        channelId: '',
        args: ['QueryInstalledChaincodes', ''],
    }),
    // The recorded chaincode of these two is called `other`.
    'private get: chaincode without collections': () => ({ args: ['PrivateGet', 'costs', 'k'] }),
    'private put: chaincode without collections': () => ({ args: ['PrivatePut', 'costs', 'k'] }),
    'private put: unknown collection': () => ({ args: ['PrivatePut', 'nope', 'k'] }),
    'private hash: unknown collection': () => ({ args: ['PrivateHash', 'nope', 'k'] }),
    'private get: unknown collection': () => ({ args: ['PrivateGet', 'nope', 'k'] }),
    'private get of a key whose data this peer lacks (client of the outside organisation, collection open to read)':
        async (client, { clients }) =>
            client.endorse(
                { args: ['PrivateGet', 'shared', 'absent'], identity: clients.member('SouthMSP') },
                'SouthMSP',
            ),
    'private get on a peer outside the collection': async (client, { clients }) =>
        client.endorse({ args: ['PrivateGet', 'prices', 'p1'], identity: clients.member('SouthMSP') }, 'SouthMSP'),
    'memberOnlyRead: client outside, member peer': (_client, { clients }) => ({
        args: ['PrivateGet', 'prices', 'p1'],
        identity: clients.member('SouthMSP'),
    }),
    'memberOnlyWrite: client outside, member peer': (_client, { clients }) => ({
        args: ['PrivatePut', 'prices', 'p1'],
        identity: clients.member('SouthMSP'),
    }),
    'private hash by a client outside': async (client, { clients }) =>
        client.endorse({ args: ['PrivateHash', 'prices', 'p1'], identity: clients.member('SouthMSP') }, 'SouthMSP'),
    'private range then nothing': () => ({ args: ['PrivateRange', 'prices', 'a', 'z'] }),
    'rich query on goleveldb': () => ({ args: ['RichQuery', '{"selector":{}}'] }),
    'call of an unknown chaincode': () => ({ args: ['Call', 'nosuch', 'get', 'a'] }),
    'key of zero bytes': () => ({ args: ['Put', '', 'x'] }),
    'get of an empty key': () => ({ args: ['Get', ''] }),
};

/** Where the test chaincode touches its state and the recorded one did not. */
const otherInterest: Readonly<Record<string, number>> = { 'chaincode throws': 9 };

async function joinAgain(client: RawClient): Promise<Partial<ProposalDraft>> {
    const { answer } = await client.endorse({ chaincode: 'cscc', args: ['GetConfigBlock', 'grid'] });
    const block = answer?.response.payload ?? Buffer.alloc(0);
    return { chaincode: 'cscc', channelId: '', args: ['JoinChain', block] };
}

export const errors: Suite = ({ network, client }) => {
    describe('what a real peer answered', () => {
        const repeated = recordedAnswers.filter((recorded) => recorded.case in ways);
        it.each(repeated.map((recorded) => [recorded.case, recorded] as const))('%s', async (name, recorded) => {
            const way = await ways[name]?.(client(), network());
            const answer = way && 'proposal' in way ? way : await client().endorse(way ?? {});
            expect(comparable(answer)).toEqual(expected(recorded, answer));
        });

        it.each<[string, Partial<ProposalDraft>, string]>([
            [
                'lscc getinstalledchaincodes by a client',
                { args: ['getinstalledchaincodes'] },
                "access denied for [getinstalledchaincodes]: Failed verifying that proposal's creator satisfies local " +
                    'MSP principal during channelless check policy with policy [Admins]: [The identity is not an ' +
                    'admin under this MSP [DispatchMSP]: The identity does not contain OU [ADMIN], MSP: [DispatchMSP]]',
            ],
            ['lscc without arguments', { args: [] }, 'invalid number of arguments to lscc: 0'],
        ])('%s', async (_name, draft, message) => {
            const { answer } = await client().endorse({ chaincode: 'lscc', ...draft });
            expect(answer?.response).toMatchObject({ status: 500, message });
        });

        it('cscc by a member of another organisation, no channel in the header', async () => {
            const identity = network().clients.member('NorthMSP');
            const draft = { chaincode: 'cscc', channelId: '', args: ['GetConfigBlock', 'grid'], identity };
            expect(await client().endorse(draft)).toMatchObject({
                grpcCode: 2,
                grpcMessage:
                    'error validating proposal: access denied: channel [] creator org unknown, creator is malformed',
            });
        });

        it('is repeated here or known to differ, case by case', () => {
            const open = recordedAnswers.map((recorded) => recorded.case);
            const accountedFor = new Set([...Object.keys(ways), ...Object.keys(knownDifferences)]);
            expect(open.filter((name) => !accountedFor.has(name))).toEqual([]);
            expect([...accountedFor].filter((name) => !open.includes(name))).toEqual([]);
        });

        it('differs knowingly in nothing that is named twice or without a reason', () => {
            expect(new Set(otherDifferences.map(({ what }) => what)).size).toBe(otherDifferences.length);
            expect(otherDifferences.filter((difference) => Object.values(difference).includes(''))).toEqual([]);
        });
    });
};

/** An answer without what differs from run to run. */
function comparable({ grpcCode, grpcMessage, answer }: EndorserAnswer): unknown {
    if (!answer) return { grpcCode, grpcMessage };
    return {
        status: answer.response.status,
        message: textOfGo(answer.response.message),
        hasPayload: answer.payload !== undefined,
        hasEndorsement: answer.endorsement !== undefined,
        interestBytes: answer.interest?.length,
    };
}

/** The recorded answer with this run's transaction and creator in place of the recorded ones. */
function expected(recorded: RecordedAnswer, { proposal }: EndorserAnswer): unknown {
    const { response, grpcCode, grpcMessage, hasPayload, hasEndorsement } = recorded;
    const interestBytes = recorded.case in otherInterest ? otherInterest[recorded.case] : recorded.interestBytes;
    const recordedTxId = recorded.request?.txid;
    const inThisRun = (text: string): string => {
        const renamed = text
            .replace('grid/other/', 'grid/basic/')
            .replace('chaincode [other]', 'chaincode [basic]')
            .replace('basic/prices', 'basic/costs');
        return recordedTxId === undefined ? renamed : renamed.replaceAll(recordedTxId, proposal.txId);
    };
    if (response) {
        const message = inThisRun(response.message);
        return { status: response.status, message, hasPayload, hasEndorsement, interestBytes };
    }
    const wrongId = /-- expected '[0-9a-f]{64}'$/;
    const message = inThisRun(grpcMessage ?? '');
    if (message.startsWith('duplicate transaction found')) {
        const text = `^duplicate transaction found \\[${proposal.txId}\\]\\. Creator \\[[0-9a-f]+\\]$`;
        return { grpcCode, grpcMessage: expect.stringMatching(new RegExp(text)) as unknown };
    }
    if (wrongId.test(message)) {
        const text = `${message.replace(wrongId, '')}-- expected`;
        return { grpcCode, grpcMessage: expect.stringContaining(text) as unknown };
    }
    return { grpcCode, grpcMessage: message };
}
