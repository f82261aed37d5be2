// Loaded first in Caliper's manager and in each of its workers (NODE_OPTIONS): a worker ends when its manager does, also
// when that was killed; gateways that are kept open would hold it for ever.
'use strict';

process.once('disconnect', () => process.exit(0));
