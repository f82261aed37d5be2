// The compiled contracts as they are, and beside them the empty transaction that a Set is compared with.
const { Contract } = require('fabric-contract-api');
const { contracts } = require('../../../chaincode/dist/index.js');

class EmptyContract extends Contract {
    constructor() {
        super('empty');
    }

    Nothing() {
        return Promise.resolve();
    }
}

module.exports.contracts = [...contracts, EmptyContract];
