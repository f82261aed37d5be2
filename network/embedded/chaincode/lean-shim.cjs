// What lean-shim-preload.cjs does to the chaincode processes that the embedded network starts; nothing of it is in a
// deployed chaincode. It spares fabric-shim 2.5.8 two kinds of work, and changes nothing that is computed or printed:
// 1. winston formats every debug line before it looks whether the level is shown;
// 2. ClientIdentity parses the creator's certificate anew in every transaction.
'use strict';
const levels = ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'];
const rememberedCertificates = 2048;

/** Level methods that do nothing at once when the level is not shown. */
function skipUnshownLines(winston) {
    const { createLogger } = winston;
    winston.createLogger = function createLeanLogger(options) {
        const logger = createLogger(options);
        for (const level of levels) {
            const write = logger[level];
            if (typeof write === 'function') {
                logger[level] = (...line) => (logger.isLevelEnabled(level) ? write.apply(logger, line) : logger);
            }
        }
        return logger;
    };
}

/** One parsed certificate for equal texts; readers do not change it. */
function rememberCertificates({ Certificate }) {
    const { fromPEM } = Certificate;
    const parsed = new Map();
    Certificate.fromPEM = function fromRememberedPem(pem) {
        const text = pem.toString();
        let certificate = parsed.get(text);
        if (!certificate) {
            certificate = fromPEM.call(Certificate, pem);
            if (parsed.size >= rememberedCertificates) parsed.delete(parsed.keys().next().value);
            parsed.set(text, certificate);
        }
        return certificate;
    };
}

module.exports = { skipUnshownLines, rememberCertificates };
