/** The process that holds a network of Fabric's own programs. It is forked by native-backend.ts. */
import { readFileSync } from 'node:fs';
import { readIdentities } from '../../identities/identity-store';
import { machineClock } from '../../links/link-clock';
import { SiteLinks } from '../../links/site-links';
import { startSiteProxies } from '../../links/site-proxies';
import type { SiteProxies } from '../../links/site-proxies';
import { runNetworkProcess } from '../run-network-process';
import type { HeldNetwork } from '../run-network-process';
import { runFiles } from '../running-network';
import type { FabricBinaries } from './find-binaries';
import { startNativeNetwork } from './native-network';
import type { NativeStart } from './native-start';
import { nativeFolders } from './node-plan';
import { guardProcessGroup } from './process-guard';
import { writeBuilder } from './write-builder';

guardProcessGroup();
runNetworkProcess('native', async (order, log) => {
    const { network } = order;
    if (!order.links) return start(order as NativeStart, log);
    const links = new SiteLinks(network);
    const proxies = await startSiteProxies(network, links, machineClock);
    try {
        const held = await start(order as NativeStart, log, { links, proxies });
        const stopNodes = held.stop.bind(held);
        held.stop = async () => {
            await stopNodes();
            await proxies.stop();
        };
        return held;
    } catch (error) {
        await proxies.stop();
        throw error;
    }
});

async function start(
    { network, runDirectory, identitiesDirectory, chaincodeDirectory, binaries, environment }: NativeStart,
    log: (line: string) => void,
    modelled?: { readonly links: SiteLinks; readonly proxies: SiteProxies },
): Promise<HeldNetwork> {
    return startNativeNetwork({
        network,
        identities: await readIdentities(identitiesDirectory),
        genesisBlock: readFileSync(runFiles.genesisBlock(runDirectory)),
        chaincodeDirectory,
        site: {
            runDirectory,
            identitiesDirectory,
            binaries,
            environment,
            builder: await builderOf(binaries, runDirectory),
            ...(modelled && { proxies: modelled.proxies }),
        },
        ...(modelled && { links: modelled.links }),
        log,
    });
}

async function builderOf({ builder }: FabricBinaries, runDirectory: string): Promise<string> {
    return builder ?? (await writeBuilder(nativeFolders.builder(runDirectory)));
}
