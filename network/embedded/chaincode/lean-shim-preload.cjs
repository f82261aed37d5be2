// Loaded by --require into the chaincode processes that the embedded network starts: applies lean-shim.cjs to the
// modules that the chaincode's fabric-shim is going to load.
'use strict';
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { rememberCertificates, skipUnshownLines } = require('./lean-shim.cjs');

/** A module as fabric-shim would load it; undefined where there is none to spare. */
function findModule(name) {
    try {
        const fromChaincode = createRequire(join(process.cwd(), 'package.json'));
        const fromShim = createRequire(fromChaincode.resolve('fabric-shim/package.json'));
        return fromShim(name);
    } catch {
        return undefined;
    }
}

const winston = findModule('winston');
const x509 = findModule('@fidm/x509');
if (winston) skipUnshownLines(winston);
if (x509) rememberCertificates(x509);
