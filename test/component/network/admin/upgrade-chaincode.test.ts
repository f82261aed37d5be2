import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readCommittedDefinition } from '../../../../network/admin/deploy-chaincode';
import { upgradeChaincode } from '../../../../network/admin/upgrade-chaincode';
import type { ChaincodeUpgrade } from '../../../../network/admin/upgrade-chaincode';
import { openAdminSession } from '../../../../network/backends/open-admin-session';
import { upgradeNetwork } from '../../../../network/backends/upgrade-network';
import { connectGateway, type GatewayConnection } from '../../../../network/client/connect-gateway';
import { evaluateCall } from '../../../../network/client/evaluate-call';
import { submitCall } from '../../../../network/client/submit-call';
import { findIdentity } from '../../../../network/identities/find-identity';
import { projectRoot } from '../../../../network/topology/project-root';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';
import { describeOnEachBackEnd } from '../../../support/back-ends';
import { startTestNetwork, type TestNetwork } from '../../../support/start-test-network';

const versions = { one: '1', two: '0.2.0', three: '0.3.0' } as const;

/** A chaincode whose answers tell which code gave them. */
function sourceOf(version: string): string {
    return `'use strict';
const { Contract } = require('fabric-contract-api');
class Words extends Contract {
    constructor() {
        super('words');
    }
    async Put(ctx, key, value) {
        await ctx.stub.putState(key, Buffer.from(value));
    }
    async Get(ctx, key) {
        return JSON.stringify({ code: '${version}', value: (await ctx.stub.getState(key)).toString() });
    }
}
exports.contracts = [Words];
`;
}

describeOnEachBackEnd('a running network takes a new version of its chaincode', (backEnd) => {
    const folder = mkdtempSync(join(tmpdir(), 'upgrade-chaincode-'));
    let started: TestNetwork;
    let gateway: GatewayConnection;

    const lay = (source: string): void => {
        writeFileSync(join(folder, 'index.js'), source);
    };
    const upgrade = async (version: string): Promise<ChaincodeUpgrade> =>
        upgradeNetwork(started.running, { version, chaincodeDirectory: folder });
    const put = async (key: string, value: string): Promise<unknown> =>
        submitCall(gateway, { contract: 'words', transaction: 'Put', args: [key, value], readOnly: false });
    const get = async (key: string): Promise<unknown> =>
        evaluateCall(gateway, { contract: 'words', transaction: 'Get', args: [key], readOnly: true });
    const committed = async (): Promise<unknown> => {
        const session = await openAdminSession(started.running);
        try {
            return await readCommittedDefinition(session, started.running.network.chaincode.name);
        } finally {
            session.close();
        }
    };

    beforeAll(async () => {
        writeFileSync(
            join(folder, 'package.json'),
            JSON.stringify({ name: 'words', version: '1.0.0', main: 'index.js' }),
        );
        symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
        lay(sourceOf(versions.one));
        started = await startTestNetwork(await aNetworkOnFreePorts(), { backEnd, chaincodeDirectory: folder });
        gateway = await connectGateway(started.running, findIdentity(started.identities, 'primary-reader'));
    });
    afterAll(async () => {
        gateway.close();
        await started.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    it('as the next sequence, in the code that lies in its folder now, over what the ledger held', async () => {
        await put('before', 'kept');
        expect(await get('before')).toEqual({ code: versions.one, value: 'kept' });
        lay(sourceOf(versions.two));
        const { definition, changed } = await upgrade(versions.two);
        expect([definition.version, definition.sequence, changed]).toEqual([versions.two, 2, true]);
        expect(await committed()).toMatchObject({ version: versions.two, sequence: 2 });
        expect(await get('before')).toEqual({ code: versions.two, value: 'kept' });
        await put('after', 'new');
        expect(await get('after')).toEqual({ code: versions.two, value: 'new' });
    });

    it('once: the version that is there is left alone', async () => {
        const { definition, changed } = await upgrade(versions.two);
        expect([definition.sequence, changed]).toEqual([2, false]);
    });

    it('not when the code does not start, which is told and can be mended', async () => {
        lay("'use strict';\nthrow new Error('this chaincode cannot be loaded');\n");
        const service = started.running.network.organizations[0]?.chaincodeService.name;
        await expect(upgrade(versions.three)).rejects.toMatchObject({ fault: { node: service } });
        expect(await committed()).toMatchObject({ version: versions.two, sequence: 2 });
        expect(await get('before')).toEqual({ code: versions.two, value: 'kept' });
        lay(sourceOf(versions.three));
        expect((await upgrade(versions.three)).definition.sequence).toBe(3);
        expect(await get('before')).toEqual({ code: versions.three, value: 'kept' });
    });

    it('but none of a chaincode that was never deployed (CHAINCODE_NOT_DEPLOYED)', async () => {
        const { network } = started.running;
        const chaincode = { ...network.chaincode, name: 'other' };
        const session = await openAdminSession({ ...started.running, network: { ...network, chaincode } });
        try {
            await expect(upgradeChaincode(session, { version: '2' }, {})).rejects.toMatchObject({
                fault: { code: 'CHAINCODE_NOT_DEPLOYED', chaincode: 'other' },
            });
        } finally {
            session.close();
        }
    });
});
