/** The process of an embedded network. It is forked by embedded-backend.ts and told by it what to start. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { realClock } from '../embedded/clock';
import { startEmbeddedNetwork } from '../embedded/start-embedded-network';
import { readIdentities } from '../identities/identity-store';
import { SiteLinks } from '../links/site-links';
import { projectRoot } from '../topology/project-root';
import { newEmbeddedLinks } from './embedded-links';
import type { NodeAct } from './network-backend';
import { runNetworkProcess } from './run-network-process';
import { runFiles } from './running-network';

runNetworkProcess('embedded', async (order, log) => {
    const { network, runDirectory, identitiesDirectory, chaincodeDirectory } = order;
    const links = order.links ? new SiteLinks(network) : undefined;
    const embedded = await startEmbeddedNetwork({
        network,
        identities: await readIdentities(identitiesDirectory),
        genesisBlock: readFileSync(runFiles.genesisBlock(runFiles.embedded(runDirectory))),
        chaincode: { directory: chaincodeDirectory },
        clock: realClock,
        newNonce: () => randomBytes(24),
        log,
        version: readVersion(),
        ...(links && { links: newEmbeddedLinks(links, realClock) }),
    });
    const changeNode = (act: NodeAct, node: string): Promise<boolean> => {
        if (embedded.isChaincode(node)) {
            return act === 'start' ? embedded.startChaincode(node) : embedded.stopChaincode(node);
        }
        return act === 'start' ? embedded.startPeer(node) : embedded.stopPeer(node);
    };
    return {
        get chaincodePids() {
            return embedded.chaincodePids;
        },
        startedAtMs: embedded.status().startedAtMs,
        get stoppedNodes() {
            const nodes = embedded.status().nodes.filter(({ state }) => state === 'stopped');
            return [...nodes.map(({ name }) => name), ...embedded.stoppedChaincodes];
        },
        control: {
            change: async (act, node) => {
                const changed = await changeNode(act, node);
                log(`${node}: ${act}${changed ? '' : ', which it was already'}`);
                return { node, changed };
            },
            status: () => embedded.status(),
            ...(links && { links }),
        },
        stop: () => embedded.stop(),
    };
});

function readVersion(): string {
    const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
    return manifest.version;
}
