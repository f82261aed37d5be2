// The layer table of ARCHITECTURE.md: folder -> what it may import. Everything else is refused.
const calls = '^chaincode/src/.+-api[.]ts$';
const layers = {
    'chaincode/src': [],
    'network/wire': [],
    'network/grpc': [],
    'network/topology': [],
    'network/identities': ['network/topology', 'network/wire'],
    'network/generate': ['network/topology', 'network/identities', 'network/wire'],
    'network/embedded': ['network/wire', 'network/grpc', 'network/topology', 'network/identities', 'network/generate'],
    // The membership and policy code of the embedded Fabric is used by receipts, too: it stands on nothing else of it.
    'network/embedded/msp': ['network/wire', 'network/identities'],
    'network/receipts': ['network/wire', 'network/embedded/msp'],
    'network/admin': ['network/wire', 'network/topology', 'network/identities'],
    'network/links': ['network/topology', 'network/backends'],
    'network/backends': [
        'network/wire',
        'network/topology',
        'network/identities',
        'network/generate',
        'network/embedded',
        'network/admin',
        'network/links',
    ],
    'network/peers': [
        'network/wire',
        'network/topology',
        'network/identities',
        'network/generate',
        'network/embedded',
        'network/admin',
        'network/backends',
    ],
    'network/client': [
        'network/wire',
        'network/grpc',
        'network/topology',
        'network/identities',
        'network/backends',
        'network/receipts',
        calls,
    ],
    caliper: [
        'network/client',
        'network/backends',
        'network/links',
        'network/wire',
        'network/topology',
        'network/identities',
        calls,
    ],
};
const inside = (folder) => (folder.startsWith('^') ? folder : `^${folder}/`);

module.exports = {
    forbidden: [
        { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
        ...Object.entries(layers).map(([folder, below]) => ({
            name: `${folder} imports only what lies below it`,
            severity: 'error',
            from: { path: inside(folder) },
            to: {
                path: '^(chaincode/src|network|caliper|scripts|test)/',
                pathNot: [inside(folder), ...below.map(inside)],
            },
        })),
    ],
    options: {
        tsConfig: { fileName: 'tsconfig.json' },
        tsPreCompilationDeps: true,
        doNotFollow: { path: 'node_modules' },
        exclude: { path: '/dist/' },
    },
};
