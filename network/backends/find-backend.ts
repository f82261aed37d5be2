import { BackendError } from './backend-errors';
import { dockerBackend } from './docker/docker-backend';
import { embeddedBackend } from './embedded-backend';
import { nativeBackend } from './native/native-backend';
import type { NetworkBackend } from './network-backend';

const backends: Readonly<Record<string, NetworkBackend>> = {
    embedded: embeddedBackend,
    native: nativeBackend,
    docker: dockerBackend,
};

/** The back end of that name; throws BACKEND_UNKNOWN. */
export function findBackend(name: string): NetworkBackend {
    const backend = Object.hasOwn(backends, name) ? backends[name] : undefined;
    if (!backend) throw new BackendError({ code: 'BACKEND_UNKNOWN', name, known: Object.keys(backends) });
    return backend;
}
