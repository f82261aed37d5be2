import { beforeEach, describe, expect, it } from '@jest/globals';
import { hashedNamespace, privateHash } from '../../../../../network/embedded/ledger/collection-namespaces';
import {
    approvalName,
    lifecycleNamespace,
    newDefinitionRecord,
    newPackageRecord,
    newParametersRecord,
    packageHash,
    writeRecord,
} from '../../../../../network/embedded/ledger/lifecycle-state';
import type { LifecycleRecord } from '../../../../../network/embedded/ledger/lifecycle-state';
import type { StateValue } from '../../../../../network/embedded/ledger/state-store';
import { ChaincodeDefinitions } from '../../../../../network/embedded/lifecycle/chaincode-definitions';
import { ChannelPolicies } from '../../../../../network/embedded/msp/channel-policies';
import { MspRegistry } from '../../../../../network/embedded/msp/msp-registry';
import { parseConfigBlock } from '../../../../../network/wire/channel-config';
import { encodeApplicationPolicy } from '../../../../../network/wire/collection-config';
import type { DefinitionTerms } from '../../../../../network/wire/lifecycle';
import { parsePolicyLanguage } from '../../../../../network/wire/policy-language';
import { someTerms } from '../../../../conformance/lifecycle-client';
import { recordedChain } from '../../../../support/recorded-fabric';

const mspId = 'DispatchMSP';
const config = parseConfigBlock(recordedChain()[0] ?? Buffer.alloc(0));
const msps = MspRegistry.fromChannelConfig(config);
const policies = ChannelPolicies.fromChannelConfig(config, msps);
const byReference = encodeApplicationPolicy({ kind: 'reference', path: '/Channel/Application/Endorsement' });

/** A ledger that counts how often it is read. */
class CountingLedger {
    readonly #state = new Map<string, Map<string, StateValue>>();
    lifecycleHeight = 1;
    reads = 0;

    committedValue(namespace: string, key: string): StateValue | undefined {
        this.reads += 1;
        return this.#state.get(namespace)?.get(key);
    }

    *committedRange(namespace: string, startKey: string, endKey: string): Iterable<StateValue & { key: string }> {
        this.reads += 1;
        for (const [key, value] of [...(this.#state.get(namespace) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
            if (key >= startKey && key < endKey) yield { key, ...value };
        }
    }

    commit(terms: DefinitionTerms): void {
        this.#write(lifecycleNamespace, newDefinitionRecord(terms), { area: 'namespaces', name: terms.name });
    }

    approve(terms: DefinitionTerms, packageId: string | undefined): void {
        const namespace = hashedNamespace(lifecycleNamespace, `_implicit_org_${mspId}`);
        const name = approvalName(terms);
        this.#write(namespace, newParametersRecord(terms), { area: 'namespaces', name });
        if (packageId !== undefined) {
            this.#write(namespace, newPackageRecord(packageId), { area: 'chaincode-sources', name });
        }
    }

    #write(
        namespace: string,
        record: LifecycleRecord,
        { area, name }: { readonly area: 'namespaces' | 'chaincode-sources'; readonly name: string },
    ): void {
        const keys = this.#state.get(namespace) ?? new Map<string, StateValue>();
        this.#state.set(namespace, keys);
        const isHashed = namespace !== lifecycleNamespace;
        writeRecord(area, name, record, {
            get: () => undefined,
            put: (key, value) => {
                const version = { blockNumber: 1, txNumber: 0 };
                if (isHashed) keys.set(privateHash(key).toString('hex'), { value: privateHash(value), version });
                else keys.set(key, { value, version });
            },
        });
    }
}

let ledger: CountingLedger;
let definitions: ChaincodeDefinitions;

beforeEach(() => {
    ledger = new CountingLedger();
    definitions = new ChaincodeDefinitions({ mspId, ledger, policies, msps });
});

const terms = someTerms({ endorsementPlugin: 'escc', validationPlugin: 'vscc', validationParameter: byReference });

describe('the definitions in a peer’s ledger', () => {
    it('are read once, and again when a block has changed any of them', () => {
        ledger.commit(terms);
        expect(definitions.find('basic')?.version).toBe('1.0');
        const readOnce = ledger.reads;
        expect(definitions.find('basic')).toBe(definitions.find('basic'));
        expect(ledger.reads).toBe(readOnce);
        ledger.commit({ ...terms, version: '2.0', sequence: 2 });
        expect(definitions.find('basic')?.version).toBe('1.0');
        ledger.lifecycleHeight = 2;
        expect(definitions.find('basic')).toMatchObject({ version: '2.0', sequence: 2 });
    });

    it('are listed by name, once read without another look', () => {
        for (const name of ['b', 'a', 'c']) ledger.commit({ ...terms, name });
        expect(definitions.all().map(({ name }) => name)).toEqual(['a', 'b', 'c']);
        const readOnce = ledger.reads;
        definitions.all();
        expect(ledger.reads).toBe(readOnce);
        expect(definitions.find('d')).toBeUndefined();
    });

    it('are approved where the organisation’s collection holds the same terms, with the package that it named', () => {
        ledger.commit(terms);
        expect(definitions.find('basic')).toMatchObject({ isApproved: false, packageHash: undefined });
        ledger.approve({ ...terms, version: 'other' }, 'basic:1');
        ledger.lifecycleHeight = 2;
        expect(definitions.find('basic')).toMatchObject({ isApproved: false, packageHash: undefined });
        ledger.approve(terms, 'basic:1');
        ledger.lifecycleHeight = 3;
        expect(definitions.find('basic')).toMatchObject({ isApproved: true, packageHash: packageHash('basic:1') });
    });

    it('may be approved without a package', () => {
        ledger.commit(terms);
        ledger.approve(terms, undefined);
        expect(definitions.find('basic')).toMatchObject({ isApproved: true, packageHash: undefined });
    });

    it.each<[string, Buffer, boolean]>([
        ['the channel’s policy', byReference, true],
        [
            'signatures of its own',
            encodeApplicationPolicy({ kind: 'signature', policy: parsePolicyLanguage("OR('NorthMSP.peer')") }),
            true,
        ],
        ['a policy that there is not', encodeApplicationPolicy({ kind: 'reference', path: '/Channel/Nope' }), false],
        ['garbage', Buffer.from('garbage'), false],
    ])('that name %s can be asked for endorsers: %#', (_what, validationParameter, isPlanned) => {
        ledger.commit({ ...terms, validationParameter });
        const definition = definitions.find('basic');
        expect(definition?.endorsementPolicy !== undefined).toBe(isPlanned);
        expect(definition?.policy.evaluate([]).satisfied).toBe(false);
    });
});
