import { packageIdOf } from '../../wire/chaincode-package';
import { parseChaincodePackage, parsePackagedConnection } from '../../wire/parse-chaincode-package';
import type { OpenedPackage, PackagedConnection } from '../../wire/parse-chaincode-package';
import { WireError } from '../../wire/wire-errors';
import type { ChaincodeStream } from '../chaincode/chaincode-stream';
import { packageHash } from '../ledger/lifecycle-state';
import { LifecycleError } from './lifecycle-errors';

/** A package that was installed on a peer, and the stream to the chaincode that it tells of. */
export interface Installed {
    readonly packageId: string;
    readonly label: string;
    readonly bytes: Buffer;
    readonly stream: ChaincodeStream;
}

/** Where the chaincode of a package is dialled, and as what it must register. */
export interface PackagedChaincode {
    /** host:port */
    readonly address: string;
    readonly packageId: string;
}

/**
 * The packages of one peer. They are of chaincodes as a service: nothing is built or started, the peer dials where the
 * package says. Fabric v2.5.16: core/chaincode/lifecycle/lifecycle.go, InstallChaincode; ccaas_builder.
 */
export class InstalledPackages {
    readonly #openStream: (chaincode: PackagedChaincode) => ChaincodeStream;
    /** By `packageHash`. */
    readonly #installed = new Map<string, Installed>();

    constructor(openStream: (chaincode: PackagedChaincode) => ChaincodeStream) {
        this.#openStream = openStream;
    }

    /** Throws LifecycleError PACKAGE_UNREADABLE, PACKAGE_INSTALLED, PACKAGE_NOT_BUILT. */
    install(bytes: Buffer): Installed {
        const opened = openPackage(bytes);
        const packageId = packageIdOf(opened.label, bytes);
        const hash = packageHash(packageId);
        if (this.#installed.has(hash)) throw new LifecycleError({ code: 'PACKAGE_INSTALLED', packageId });
        const stream = this.#openStream({ address: addressIn(opened), packageId });
        // The bytes are a view of a gRPC frame; what lives on is copied.
        const installed = { packageId, label: opened.label, bytes: Buffer.from(bytes), stream };
        this.#installed.set(hash, installed);
        return installed;
    }

    find(packageId: string): Installed | undefined {
        return this.#installed.get(packageHash(packageId));
    }

    findByHash(hash: string | undefined): Installed | undefined {
        return hash === undefined ? undefined : this.#installed.get(hash);
    }

    all(): readonly Installed[] {
        return [...this.#installed.values()];
    }
}

function openPackage(bytes: Buffer): OpenedPackage {
    try {
        return parseChaincodePackage(bytes);
    } catch (cause) {
        throw new LifecycleError({ code: 'PACKAGE_UNREADABLE', reason: reasonOf(cause) }, { cause });
    }
}

/** What no builder takes goes to Docker, of which there is none here. */
function addressIn(opened: OpenedPackage): string {
    if (opened.type.toLowerCase() !== 'ccaas') {
        throw new LifecycleError({
            code: 'PACKAGE_NOT_BUILT',
            reason: 'docker build failed: docker build is disabled',
        });
    }
    const connection = findConnection(opened);
    if (!connection) throw new LifecycleError({ code: 'PACKAGE_NOT_BUILT', reason: builderFailed });
    if (!connection.tlsRequired) return connection.address;
    const reason = 'the embedded network dials chaincode without TLS; use a real Fabric network for it';
    throw new LifecycleError({ code: 'PACKAGE_NOT_BUILT', reason });
}

/** Fabric v2.5.16: core/container/externalbuilder/externalbuilder.go; ccaas_builder says more in the peer's log alone. */
const builderFailed =
    "external builder failed: external builder failed to build: external builder 'ccaas' failed: exit status 1";

function findConnection(opened: OpenedPackage): PackagedConnection | undefined {
    try {
        return parsePackagedConnection(opened);
    } catch (error) {
        if (error instanceof WireError) return undefined;
        throw error;
    }
}

function reasonOf(cause: unknown): string {
    if (cause instanceof WireError && cause.fault.code === 'WIRE_MALFORMED') return cause.fault.reason;
    throw cause;
}
