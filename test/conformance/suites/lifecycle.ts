/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../network/backends/wait-until';
import { ChaincodeProcess } from '../../../network/embedded/chaincode/chaincode-process';
import { isListening } from '../../../network/admin/read-operations';
import { newChaincodePackage } from '../../../network/wire/chaincode-package';
import type { ChaincodePackage } from '../../../network/wire/chaincode-package';
import { encodeApplicationPolicy } from '../../../network/wire/collection-config';
import { FieldReader } from '../../../network/wire/field-reader';
import { FieldWriter } from '../../../network/wire/field-writer';
import { encodeApprovalTerms } from '../../../network/wire/lifecycle';
import type { DefinitionTerms } from '../../../network/wire/lifecycle';
import { parsePolicyLanguage } from '../../../network/wire/policy-language';
import { fieldBytes } from '../../../network/wire/protobuf-bytes';
import { parseChaincodeAction } from '../../../network/wire/transaction';
import { freePorts } from '../../support/free-ports';
import { askDiscovery } from '../ask-discovery';
import { channelId, mspIds } from '../conformance-network';
import { LifecycleClient, someTerms } from '../lifecycle-client';
import type { LifecycleAnswer } from '../lifecycle-client';
import type { ProposalDraft } from '../proposal-draft';
import { codes } from './suite';
import type { Suite } from './suite';

const [dispatch, north, south] = mspIds;
const second = 'second';
const notMade = 'nowhere:00';
const failed = (name: string, reason: string): LifecycleAnswer => ({
    status: 500,
    message: `failed to invoke backing implementation of '${name}': ${reason}`,
    payload: Buffer.alloc(0),
});
const approveCall = 'ApproveChaincodeDefinitionForMyOrg';
const commitCall = 'CommitChaincodeDefinition';
const text = (value: string): Buffer => new FieldWriter().string(1, value).finish();

/** From a package to the second sequence of a chaincode that nobody had heard of. */
export const lifecycle: Suite = ({ network, client }) => {
    describe('a second chaincode', () => {
        let made: ChaincodePackage;
        let service: ChaincodeProcess;
        let life: LifecycleClient;

        const terms = (more: Partial<DefinitionTerms> = {}): DefinitionTerms => someTerms({ name: second, ...more });
        const call = (...args: string[]): Partial<ProposalDraft> => ({ chaincode: second, args });
        const whyNot = async (mspId: string): Promise<string | undefined> => {
            const { answer } = await client().endorse(call('Get', 'a'), mspId);
            return answer?.response.message;
        };
        const put = (endorsers: readonly string[]): ReturnType<ReturnType<typeof client>['prepare']> =>
            client().prepare(['Put', 'life', 'x'], { endorsers, draft: { chaincode: second } });

        beforeAll(async () => {
            const [port = 0] = await freePorts(1);
            const address = `127.0.0.1:${port}`;
            made = newChaincodePackage('second_1', { address });
            const directory = join(__dirname, '..', 'chaincodes', 'crud');
            const options = { service: second, directory, address, packageId: made.id, log: () => undefined };
            service = new ChaincodeProcess(options);
            life = new LifecycleClient(network(), client());
            await waitUntil(() => isListening('127.0.0.1', port), {
                deadlineMs: 15_000,
                forWhat: 'the second chaincode to listen',
            });
        });
        afterAll(async () => {
            await service.stop();
        });

        it('is installed under the id that was told in advance, once on each peer (PACKAGE_INSTALLED)', async () => {
            const argument = new FieldWriter().bytes(1, made.bytes).finish();
            for (const mspId of [dispatch, north]) {
                const { status, payload } = await life.askPeer('InstallChaincode', argument, mspId);
                expect([status, fieldBytes(payload, 1)?.toString()]).toEqual([200, made.id]);
            }
            expect(await life.askPeer('InstallChaincode', argument, dispatch)).toEqual(
                failed('InstallChaincode', `chaincode already successfully installed (package ID '${made.id}')`),
            );
        });

        it('is among what its peer has installed, and is given back as it came', async () => {
            const list = await life.askPeer('QueryInstalledChaincodes', Buffer.alloc(0), dispatch);
            expect(list.payload.includes(made.id)).toBe(true);
            const one = await life.askPeer('QueryInstalledChaincode', text(made.id), dispatch);
            expect(fieldBytes(one.payload, 2)?.toString()).toBe('second_1');
            expect(fieldBytes(one.payload, 3)).toBeUndefined();
            const back = await life.askPeer('GetInstalledChaincodePackage', text(made.id), dispatch);
            expect(fieldBytes(back.payload, 1)?.equals(made.bytes)).toBe(true);
        });

        it.each([
            ['QueryInstalledChaincode', `could not find chaincode with package id '${notMade}'`],
            [
                'GetInstalledChaincodePackage',
                `could not load cc install package: chaincode install package '${notMade}' not found`,
            ],
        ])('is not found by another id: %s (PACKAGE_NOT_INSTALLED, PACKAGE_NOT_KEPT)', async (name, reason) => {
            expect(await life.askPeer(name, text(notMade), dispatch)).toEqual(failed(name, reason));
        });

        it('is approved by one organisation for itself, and by nothing that another one says', async () => {
            expect(await life.approve({ ...terms(), packageId: made.id }, dispatch)).toBe(codes.VALID);
            const approved = await life.ask('QueryApprovedChaincodeDefinition', text(second), dispatch);
            expect(fieldBytes(approved.payload, 8)?.includes(made.id)).toBe(true);
            const others = await life.ask('QueryApprovedChaincodeDefinition', text(second), north);
            expect(others).toEqual(
                failed(
                    'QueryApprovedChaincodeDefinition',
                    `could not fetch approved chaincode definition (name: 'second', sequence: '0') on channel '${channelId}'`,
                ),
            );
            expect(await approvalsOf(terms())).toEqual({ [dispatch]: true, [north]: false, [south]: false });
            expect(await approvalsOf(terms({ version: 'other' }))).toEqual({
                [dispatch]: false,
                [north]: false,
                [south]: false,
            });
        });

        it('is not approved twice in the same words (APPROVAL_UNCHANGED)', async () => {
            const again = encodeApprovalTerms({ ...terms(), packageId: made.id });
            expect(await life.ask(approveCall, again, dispatch)).toEqual(
                failed(
                    approveCall,
                    'attempted to redefine uncommitted sequence (1) for namespace second with unchanged content',
                ),
            );
        });

        it('is not committed for an organisation that did not approve (DEFINITION_NOT_AGREED)', async () => {
            expect(await life.ask(commitCall, encodeApprovalTerms(terms()), north)).toEqual(
                failed(commitCall, `chaincode definition not agreed to by this org (${north})`),
            );
        });

        it('is committed by a majority of the organisations, and by no less', async () => {
            expect(await life.approve({ ...terms(), packageId: made.id }, north)).toBe(codes.VALID);
            const alone = await life.prepareCommit(terms(), [dispatch]);
            expect(await client().commit(alone)).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
            expect(await whyNot(dispatch)).toMatch(/chaincode second not found$/);
            expect(await client().commit(await life.prepareCommit(terms(), [dispatch, north]))).toBe(codes.VALID);
            const { payload } = await life.ask('QueryChaincodeDefinition', text(second), south);
            expect(mapOf(payload, 8)).toEqual({ [dispatch]: true, [north]: true, [south]: false });
        });

        it('runs where it is approved and installed, and nowhere else, with what is missing told', async () => {
            await waitUntil(async () => (await whyNot(dispatch)) === '' && (await whyNot(north)) === '', {
                deadlineMs: 10_000,
                forWhat: 'the second chaincode to answer',
            });
            const prefix = `make sure the chaincode second has been successfully defined on channel ${channelId} and try again: `;
            expect(await whyNot(south)).toBe(
                `${prefix}chaincode definition for 'second' at sequence 1 on channel '${channelId}' has not yet been approved by this org`,
            );
            expect(await life.approve({ ...terms(), packageId: made.id }, south)).toBe(codes.VALID);
            expect(await whyNot(south)).toBe(
                `${prefix}chaincode definition for 'second' exists, but chaincode is not installed`,
            );
            await waitForEndorsers([dispatch, north]);
            await life.askPeer('InstallChaincode', new FieldWriter().bytes(1, made.bytes).finish(), south);
            expect(await whyNot(south)).toBe('');
            await waitForEndorsers([dispatch, north, south]);
            const { payload } = await life.askPeer('QueryInstalledChaincode', text(made.id), south);
            expect(fieldBytes(payload, 3)?.toString()).toContain(second);
        });

        it('keeps a state of its own, under the channel’s endorsement policy', async () => {
            expect(await client().commit(await put([dispatch]))).toBe(codes.ENDORSEMENT_POLICY_FAILURE);
            expect(await client().commit(await put([north, south]))).toBe(codes.VALID);
            const { answer } = await client().endorse(call('Get', 'life'));
            expect(answer?.response.payload.toString()).toBe('x');
            expect(await client().query(['Get', 'life'])).toBe('');
        });

        it.each<[string, string, Partial<DefinitionTerms>, string]>([
            [
                'approved five sequences ahead (SEQUENCE_AHEAD)',
                approveCall,
                { sequence: 5 },
                'requested sequence 5 is larger than the next available sequence number 2',
            ],
            [
                'approved as a sequence that is over (SEQUENCE_PAST)',
                approveCall,
                { sequence: 0 },
                'currently defined sequence 1 is larger than requested sequence 0',
            ],
            [
                'approved as sequence 0 when it is new (SEQUENCE_ZERO)',
                approveCall,
                { name: 'third', sequence: 0 },
                'requested sequence is 0, but first definable sequence number is 1',
            ],
            [
                'approved otherwise than it is committed (DEFINITION_DIFFERS)',
                approveCall,
                { version: '9' },
                'attempted to redefine the current committed sequence (1) for namespace second with different ' +
                    "parameters: expected Version '1.0' does not match passed Version '9'",
            ],
            [
                'committed two sequences ahead (SEQUENCE_NOT_NEXT)',
                commitCall,
                { sequence: 3 },
                'requested sequence is 3, but new definition must be sequence 2',
            ],
            [
                'given a name that is none (DEFINITION_INVALID)',
                approveCall,
                { name: 'bad name' },
                "error validating chaincode definition: invalid chaincode name 'bad name'. Names can only consist of " +
                    "alphanumerics, '_', and '-' and can only begin with alphanumerics",
            ],
            [
                'given the name of a system chaincode',
                approveCall,
                { name: 'qscc' },
                "error validating chaincode definition: chaincode name 'qscc' is the name of a system chaincode",
            ],
            [
                'given a version that is none',
                commitCall,
                { version: 'a b' },
                "error validating chaincode definition: invalid chaincode version 'a b'. Versions can only consist of " +
                    "alphanumerics, '_', '-', '+', and '.'",
            ],
        ])('is not %s', async (_what, name, more, reason) => {
            const argument = encodeApprovalTerms(terms(more));
            expect(await life.ask(name, argument, dispatch)).toEqual(failed(name, reason));
        });

        it('takes a new definition with the block that holds it, which outdates what was endorsed before', async () => {
            const policy = parsePolicyLanguage(`OR('${dispatch}.peer', '${north}.peer', '${south}.peer')`);
            const validationParameter = encodeApplicationPolicy({ kind: 'signature', policy });
            const next = terms({ sequence: 2, version: '2.0', validationParameter });
            for (const mspId of mspIds) {
                expect(await life.approve({ ...next, packageId: made.id }, mspId)).toBe(codes.VALID);
            }
            const before = await put([dispatch, north]);
            const upgrade = await life.prepareCommit(next, mspIds);
            await client().broadcast([upgrade.envelope, before.envelope]);
            expect([await client().codeOf(upgrade.txId), await client().codeOf(before.txId)]).toEqual([
                codes.VALID,
                codes.MVCC_READ_CONFLICT,
            ]);
            const after = await put([south]);
            expect(await client().commit(after)).toBe(codes.VALID);
            const { answer } = await client().endorse(call('Get', 'life'), north);
            expect(answer?.response.payload.toString()).toBe('x');
            const action = parseChaincodeAction(fieldBytes(answer?.payload ?? Buffer.alloc(0), 2) ?? Buffer.alloc(0));
            expect(action.chaincodeId).toEqual({ name: second, version: '2.0' });
        });

        it('is told whole by the peer of any organisation', async () => {
            const { payload } = await life.ask('QueryChaincodeDefinition', text(second), south);
            expect(fieldBytes(payload, 2)?.toString()).toBe('2.0');
            expect(mapOf(payload, 8)).toEqual({ [dispatch]: true, [north]: true, [south]: true });
            const all = await life.ask('QueryChaincodeDefinitions', Buffer.alloc(0), south);
            expect(all.payload.includes(second)).toBe(true);
        });

        it('must be initialised once for a version whose definition asks for it', async () => {
            const next = terms({ sequence: 3, version: '3.0', initRequired: true });
            for (const mspId of mspIds) {
                expect(await life.approve({ ...next, packageId: made.id }, mspId)).toBe(codes.VALID);
            }
            expect(await client().commit(await life.prepareCommit(next, mspIds))).toBe(codes.VALID);
            expect(await whyNot(dispatch)).toMatch(
                /invalid invocation: chaincode 'second' has not been initialized for this version, must call as init first$/,
            );
            const draft = { chaincode: second, isInit: true };
            const first = await client().prepare(['Put', 'life', 'initialised'], { draft });
            expect(await client().commit(first)).toBe(codes.VALID);
            const { answer } = await client().endorse(call('Get', 'life'));
            expect(answer?.response.payload.toString()).toBe('initialised');
            const again = await client().endorse({ ...call('Put', 'life', 'again'), isInit: true });
            expect(again.answer?.response.message).toMatch(
                /chaincode 'second' is already initialized but called as init$/,
            );
        });

        async function approvalsOf(asked: DefinitionTerms): Promise<Record<string, boolean>> {
            const { payload } = await life.ask('CheckCommitReadiness', encodeApprovalTerms(asked), south);
            return mapOf(payload, 1);
        }

        /** Peers of a real network tell each other what they run in their own time. */
        async function waitForEndorsers(wanted: readonly string[]): Promise<void> {
            await waitUntil(
                async () => {
                    const { members } = await askDiscovery(client(), network(), 'peers', [{ name: second }]);
                    const organizations = Object.entries(members?.peers_by_org ?? {});
                    expect(organizations).toHaveLength(mspIds.length);
                    const told = organizations.filter(([, { peers = [] }]) => (peers ?? []).length > 0);
                    return (
                        told
                            .map(([mspId]) => mspId)
                            .sort()
                            .join() === [...wanted].sort().join()
                    );
                },
                { deadlineMs: 20_000, forWhat: `discovery to tell ${wanted.join(' and ')} of the second chaincode` },
            );
        }
    });
};

/** A map of MSP ids to booleans. */
function mapOf(bytes: Buffer, field: number): Record<string, boolean> {
    const reader = new FieldReader('map', bytes);
    const entries: [string, boolean][] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === ((field << 3) | 2)) {
            const entry = reader.bytes();
            const value = new FieldReader('entry', entry);
            let approved = false;
            for (let inner = value.next(); inner !== 0; inner = value.next()) {
                if (inner === 0x10) approved = value.bool();
                else value.skip();
            }
            entries.push([fieldBytes(entry, 1)?.toString() ?? '', approved]);
        } else reader.skip();
    }
    return Object.fromEntries(entries);
}
