/** The shim tells every call unless it is told not to; whoever wants that sets the variables. */
export const chaincodeLogging = { CORE_CHAINCODE_LOGGING_LEVEL: 'error', CORE_CHAINCODE_LOGGING_SHIM: 'error' };
