import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { projectRoot } from '../../network/topology/project-root';

interface TopologyDocument {
    ports: { base: number };
    terminals: { count: number; places: { at: string }[]; media: object[] };
    limits: { remoteControl: { rateTps: number } };
}

/** The wired topology with 22 terminals, at busbars (fibre) and at a load of each feeder (EPON), on ports of its own; gives its file. */
export function writeSmallTopology(folder: string, basePort: number): string {
    const shipped = readFileSync(join(projectRoot, 'network', 'topologies', 'wired.yaml'), 'utf8');
    const document = parse(shipped) as TopologyDocument;
    document.ports = { base: basePort };
    document.terminals.count = 22;
    document.terminals.places = document.terminals.places.filter(({ at }) => at === 'busbar' || at === 'load');
    document.terminals.media = [
        { medium: 'fibre-ethernet', at: ['busbar'] },
        { medium: 'epon', at: ['load'] },
    ];
    // Each switch is free again after five seconds.
    document.limits.remoteControl.rateTps = 4;
    const file = join(folder, 'small.yaml');
    writeFileSync(file, stringify(document));
    return file;
}
