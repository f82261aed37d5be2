/** A process that starts a network which shall end with it, says so, and stays: for tests that kill it. */
import { embeddedBackend } from '../../network/backends/embedded-backend';
import type { StartOptions } from '../../network/backends/network-backend';
import type { Network } from '../../network/topology/network-model';

process.once('message', (message) => {
    const order = message as { readonly network: Network; readonly options: StartOptions };
    embeddedBackend.start(order.network, { ...order.options, environment: process.env, now: new Date() }).then(
        (running) => process.send?.(running),
        (error: unknown) => process.send?.(String(error)),
    );
});
