import { describe, expect, it } from '@jest/globals';
import { ChaincodeStream } from '../../../../../network/embedded/chaincode/chaincode-stream';
import { EndorseError } from '../../../../../network/embedded/endorse/endorse-errors';
import { checkInit, findRunnable, listRunnable } from '../../../../../network/embedded/endorse/find-runnable';
import type { ChaincodeDefinition } from '../../../../../network/embedded/lifecycle/chaincode-definitions';
import type { ChaincodeDefinitions } from '../../../../../network/embedded/lifecycle/chaincode-definitions';
import type { InstalledPackages } from '../../../../../network/embedded/lifecycle/installed-packages';
import { ManualClock } from '../../../../support/manual-clock';

const proposal = { chaincodeName: 'basic', channelId: 'grid', txId: 'tx' };
const endpoint = { address: '127.0.0.1:1', packageId: 'basic:1', dialTimeoutMs: 1, executeTimeoutMs: 1 };
const stream = new ChaincodeStream(endpoint, new ManualClock());
const satisfied = { satisfied: true } as const;

const defined: ChaincodeDefinition = {
    name: 'basic',
    sequence: 3,
    version: '1.0',
    initRequired: false,
    policy: { evaluate: () => satisfied, evaluateIdentities: () => satisfied },
    endorsementPolicy: undefined,
    collections: [],
    isApproved: true,
    packageHash: 'hash',
};

interface Peer {
    readonly definitions: Pick<ChaincodeDefinitions, 'find' | 'all'>;
    readonly packages: Pick<InstalledPackages, 'findByHash'>;
}

function aPeer(definition: ChaincodeDefinition | undefined, hash = 'hash'): Parameters<typeof findRunnable>[1] {
    const installed = { packageId: 'basic:1', label: 'basic', bytes: Buffer.alloc(0), stream };
    const peer: Peer = {
        definitions: { find: () => definition, all: () => (definition ? [definition] : []) },
        packages: { findByHash: (asked) => (asked === hash ? installed : undefined) },
    };
    return peer as Parameters<typeof findRunnable>[1];
}

function aState(values: Record<string, string> = {}): {
    readonly reads: string[];
    readonly writes: Record<string, string>;
    get(namespace: string, key: string): Buffer | undefined;
    put(namespace: string, key: string, value: Uint8Array): void;
} {
    const reads: string[] = [];
    const writes: Record<string, string> = {};
    return {
        reads,
        writes,
        get: (namespace, key) => {
            reads.push(`${namespace} ${key}`);
            const value = values[key];
            return value === undefined ? undefined : Buffer.from(value);
        },
        put: (_namespace, key, value) => {
            writes[key] = Buffer.from(value).toString();
        },
    };
}

describe('a chaincode that a peer runs', () => {
    it('is defined, approved and installed; its sequence is read, so that another definition outdates the result', () => {
        const state = aState();
        expect(findRunnable(proposal, aPeer(defined), state)).toEqual({ definition: defined, stream });
        expect(state.reads).toEqual(['_lifecycle namespaces/fields/basic/Sequence']);
        expect(listRunnable(aPeer(defined))).toEqual([defined]);
    });

    it.each<[string, ChaincodeDefinition | undefined, string, string]>([
        ['CHAINCODE_NOT_DEFINED', undefined, 'hash', 'chaincode basic not found'],
        [
            'CHAINCODE_NOT_APPROVED',
            { ...defined, isApproved: false, packageHash: undefined },
            'hash',
            "chaincode definition for 'basic' at sequence 3 on channel 'grid' has not yet been approved by this org",
        ],
        [
            'CHAINCODE_NOT_INSTALLED',
            defined,
            'of another package',
            "chaincode definition for 'basic' exists, but chaincode is not installed",
        ],
    ])('is not one that is missing something, which is told (%s)', (code, definition, hash, cause) => {
        const find = (): unknown => findRunnable(proposal, aPeer(definition, hash), aState());
        expect(find).toThrow(EndorseError);
        expect(find).toThrow(
            expect.objectContaining({
                message: `make sure the chaincode basic has been successfully defined on channel grid and try again: ${cause}`,
                fault: expect.objectContaining({ code }),
            }),
        );
        expect(listRunnable(aPeer(definition, hash))).toEqual([]);
    });
});

describe('a chaincode that must be initialised', () => {
    const initKey = '\0\u{10ffff}initialized';
    const call = (isInit: boolean): Parameters<typeof checkInit>[0] => ({
        chaincodeName: 'basic',
        txId: 'tx',
        input: { isInit, args: [], bytes: Buffer.alloc(0) },
    });
    const needed = { initRequired: true, version: '1.0' };

    it('is initialised once for each version, which its state tells', () => {
        const state = aState({ [initKey]: '0.9' });
        expect(checkInit(call(true), needed, state)).toBe(true);
        expect(state.writes).toEqual({ [initKey]: '1.0' });
        expect(checkInit(call(false), needed, aState({ [initKey]: '1.0' }))).toBe(false);
    });

    it('leaves no trace where it need not be', () => {
        const state = aState();
        expect(checkInit(call(false), { initRequired: false, version: '1.0' }, state)).toBe(false);
        expect([state.reads, state.writes]).toEqual([[], {}]);
    });

    it.each([
        [false, needed, {}, 'has not been initialized for this version, must call as init first'],
        [true, needed, { [initKey]: '1.0' }, 'is already initialized but called as init'],
        [true, { ...needed, initRequired: false }, {}, 'does not require initialization but called as init'],
    ])(
        'and is called otherwise (init: %s, %j) is refused (SIMULATION_FAILED)',
        (isInit, definition, values, reason) => {
            expect(() => checkInit(call(isInit), definition, aState(values))).toThrow(
                `error in simulation: failed to execute transaction tx: invalid invocation: chaincode 'basic' ${reason}`,
            );
        },
    );
});
