/** The process that holds a network of Fabric's own programs. It is forked by native-backend.ts. */
import { readFileSync } from 'node:fs';
import { readIdentities } from '../../identities/identity-store';
import { runNetworkProcess } from '../run-network-process';
import { runFiles } from '../running-network';
import type { FabricBinaries } from './find-binaries';
import { startNativeNetwork } from './native-network';
import type { NativeStart } from './native-start';
import { nativeFolders } from './node-plan';
import { guardProcessGroup } from './process-guard';
import { writeBuilder } from './write-builder';

guardProcessGroup();
runNetworkProcess('native', async (order, log) => {
    const { network, runDirectory, identitiesDirectory, chaincodeDirectory, binaries, environment } =
        order as NativeStart;
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
        },
        log,
    });
});

async function builderOf({ builder }: FabricBinaries, runDirectory: string): Promise<string> {
    return builder ?? (await writeBuilder(nativeFolders.builder(runDirectory)));
}
