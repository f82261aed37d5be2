// fabric-contract-api and Caliper log every decorator, message and identity unless they are told not to.
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] = 'error';
process.env['CORE_CHAINCODE_LOGGING_SHIM'] = 'error';
process.env['HFC_LOGGING'] = '{}';
process.env['CALIPER_LOGGING_TARGETS_CONSOLE_OPTIONS_LEVEL'] = 'error';
