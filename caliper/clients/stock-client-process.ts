/** fabric-network as it is shipped, in a process of its own: nothing of ours is loaded before it. */
import { openStockClient } from './open-stock-client';
import { runClientProcess } from './run-client-process';

runClientProcess(({ target, terminals }) =>
    Promise.all(terminals.map((terminal) => openStockClient(target, terminal))),
);
