/** Variables that would send a loopback connection elsewhere, or past a relay. grpc-js reads some of them in any case. */
const proxyVariables = new Set(['http_proxy', 'https_proxy', 'grpc_proxy', 'all_proxy', 'no_proxy', 'no_grpc_proxy']);

/** The environment without proxies, for a process started here: its connections go where they are said to go. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(environment).filter(([name]) => !proxyVariables.has(name.toLowerCase())));
}
