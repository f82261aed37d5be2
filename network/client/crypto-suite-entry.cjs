// fabric-common requires its crypto suite by path and calls what the module is. This process already runs TypeScript.
module.exports = require('./native-crypto-suite.ts').NativeCryptoSuite;
