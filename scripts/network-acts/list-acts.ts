import { createRequire } from 'node:module';
import type { NetworkAct } from './network-act';

/**
 * Everything that `npm run network` does, in the order of its usage: an act is a file of its own and a line here. A file is
 * loaded when its act is wanted: what all of them need takes longer to load than most of them take.
 */
const files: Readonly<Record<string, string>> = {
    up: './up',
    down: './down',
    status: './status',
    logs: './logs',
    stop: './change-node',
    start: './change-node',
    kill: './change-node',
    link: './link',
    configure: './configure',
    revoke: './revoke',
    upgrade: './upgrade',
    'add-peer': './add-peer',
    migrate: './migrate',
    reprotect: './reprotect',
    watch: './watch',
    backup: './backup',
    restore: './restore',
};

/** The act of that name; undefined when there is none. */
export function findAct(name: string): NetworkAct | undefined {
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (file === undefined) return undefined;
    const exported = createRequire(__filename)(file) as Readonly<Record<string, NetworkAct>>;
    return Object.values(exported).find((act) => act.name === name);
}

/** Every act, for the usage. */
export function listActs(): NetworkAct[] {
    return Object.keys(files).flatMap((name) => findAct(name) ?? []);
}
