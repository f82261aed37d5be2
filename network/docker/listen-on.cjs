/**
 * Preloaded into a program that listens on every address: a listener that names no host is bound to the one in LISTEN_ON.
 */
const { Server } = require('net');

// eslint-disable-next-line no-restricted-syntax -- a preloaded file is told by its environment and by nothing else
const host = process.env['LISTEN_ON'];
const listen = Server.prototype.listen;
Server.prototype.listen = function listenOn(port, ...more) {
    const isPort = typeof port === 'number' || (typeof port === 'string' && /^\d+$/.test(port));
    return isPort && typeof more[0] !== 'string'
        ? listen.call(this, port, host, ...more)
        : listen.call(this, port, ...more);
};
