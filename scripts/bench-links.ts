/** What the relays of all media really delay: `npm run bench:links`. See scripts/README.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureLinks } from '../caliper/links/measure-links';
import { renderLinks } from '../caliper/links/render-links';
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { readMachine } from '../caliper/run/machine-facts';
import { listShippedTopologies, loadNetwork } from '../network/topology/load-network';
import { projectRoot } from '../network/topology/project-root';
import { runScript } from './run-script';

const roundTrips = 200;
const usage = `Usage: npm run bench:links
Takes ${roundTrips} round trips through the relay of each medium of the shipped topologies and writes
reports/latest/links.json. Exits with 3 when a median lies further from the medium's own than 10 % and 2 ms.`;

async function main(args: string[]): Promise<ExitCode> {
    const { values } = parseArgs({ args, options: { help: { type: 'boolean' } } });
    if (values.help === true) {
        console.log(usage);
        return exitCodes.kept;
    }
    const startedAt = new Date().toISOString();
    const networks = await Promise.all((await listShippedTopologies()).map((name) => loadNetwork(name)));
    const links = await measureLinks(networks, roundTrips);
    const folder = join(projectRoot, 'reports', 'latest');
    await mkdir(folder, { recursive: true });
    const record = { schemaVersion: 1, startedAt, machine: readMachine(), links };
    await writeFile(join(folder, 'links.json'), `${JSON.stringify(record, null, 2)}\n`);
    console.log(renderLinks(links));
    console.log(`Written: ${join('reports', 'latest', 'links.json')}`);
    return links.every(({ kept }) => kept) ? exitCodes.kept : exitCodes.limitMissed;
}

runScript(main);
