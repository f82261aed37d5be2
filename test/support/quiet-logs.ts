// fabric-contract-api logs every decorator and every message unless it is told not to.
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] = 'error';
process.env['CORE_CHAINCODE_LOGGING_SHIM'] = 'error';
process.env['HFC_LOGGING'] = '{}';
