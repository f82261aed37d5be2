import { addPeer } from './add-peer';
import { backup } from './backup';
import { kill, start, stop } from './change-node';
import { configure } from './configure';
import { down } from './down';
import { link } from './link';
import { logs } from './logs';
import { migrate } from './migrate';
import type { NetworkAct } from './network-act';
import { revoke } from './revoke';
import { reprotect } from './reprotect';
import { restore } from './restore';
import { status } from './status';
import { up } from './up';
import { upgrade } from './upgrade';

/** Everything that `npm run network` does, in the order of its usage: an act is a file of its own and a line here. */
export const networkActs: readonly NetworkAct[] = [
    up,
    down,
    status,
    logs,
    stop,
    start,
    kill,
    link,
    configure,
    revoke,
    upgrade,
    addPeer,
    migrate,
    reprotect,
    backup,
    restore,
];
