// Loaded by --require into every chaincode process that the embedded network starts. File descriptor 3 is a pipe whose
// other end only the network process holds: it closes when that process ends, however it ends, and so does this one.
'use strict';
const { Socket } = require('node:net');

const parent = new Socket({ fd: 3, readable: true, writable: false });
parent.on('error', () => process.exit(0));
parent.on('close', () => process.exit(0));
parent.resume();
parent.unref();
