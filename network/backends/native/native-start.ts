import type { ProcessStart } from '../process-start';
import type { FabricBinaries } from './find-binaries';

/** What the process of a native network is told. */
export interface NativeStart extends ProcessStart {
    readonly binaries: FabricBinaries;
    /** For the nodes and the chaincode; without proxies. */
    readonly environment: NodeJS.ProcessEnv;
}
