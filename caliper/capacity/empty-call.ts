import type { Call } from '../../chaincode/src/calls/call-api';

/** A transaction that does nothing; its contract stands in ./chaincode. */
export const emptyCall: Call = { contract: 'empty', transaction: 'Nothing', args: [], readOnly: false };
