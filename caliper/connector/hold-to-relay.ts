/**
 * From here on every gRPC channel that this process opens goes through the relay of its medium. One process, one
 * medium: grpc-js reads the variable whenever a channel is built, also after an outage. Call it before any channel is.
 */
export function holdToRelay(relayUrl: string | undefined): void {
    // eslint-disable-next-line no-restricted-syntax -- grpc-js takes the proxy from the environment and from nowhere else
    if (relayUrl !== undefined) process.env['grpc_proxy'] = relayUrl;
}
