import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../network/topology/project-root';

const present = join(projectRoot, 'chaincode');

/**
 * For each layout whose records had a former version: JavaScript that makes of a present record (`record`) one of the
 * version before.
 */
export const formerRecords: Readonly<Record<string, string>> = {
    batch: `(({ quantities, sources, late, readings, ...head }: any) => ({ ...head, schemaVersion: 2, readings: readings.map(
        ([source, quantity, value]: any) => {
            const { terminalId, timeMs } = sources[source];
            const { type, unit, quality } = quantities[quantity];
            return [terminalId, timeMs, type, unit, value, quality, late.includes(source) ? 1 : 0];
        }) }))(record)`,
    terminal: '({ ...record, devices: undefined, schemaVersion: 1 })',
};

/**
 * A copy of the chaincode that writes and reads records as the version before did. It is today's but for two places of
 * `state-repository.ts`: what is put is made one of the former version, and what is read is not upgraded.
 */
export class FormerChaincode {
    readonly directory: string;

    private constructor(directory: string) {
        this.directory = directory;
    }

    static async build(): Promise<FormerChaincode> {
        const directory = await mkdtemp(join(tmpdir(), 'former-chaincode-'));
        for (const name of ['package.json', 'tsconfig.json', 'src']) {
            await cp(join(present, name), join(directory, name), { recursive: true });
        }
        await symlink(join(projectRoot, 'node_modules'), join(directory, 'node_modules'));
        const file = join(directory, 'src', 'ledger-access', 'state-repository.ts');
        const table = Object.entries(formerRecords).map(
            ([layout, former]) => `'${layout}': (record: any) => ${former}`,
        );
        const patched = replaceOnce(
            replaceOnce(
                await readFile(file, 'utf8'),
                'canonicalJson(record)',
                `canonicalJson((({ ${table.join(', ')} } as any)[this.#layout] ?? ((same: unknown) => same))(record))`,
            ),
            'const { version, upgrades } = this.#schema;',
            'const { version, upgrades } = firstSchema as RecordSchema<any>;',
        );
        await writeFile(file, patched);
        return new FormerChaincode(directory);
    }

    /** Puts today's sources in their place, as whoever upgrades does. */
    async becomePresent(): Promise<void> {
        await cp(join(present, 'src'), join(this.directory, 'src'), { recursive: true });
    }

    async remove(): Promise<void> {
        await rm(this.directory, { recursive: true, force: true });
    }
}

/** The layouts whose repositories are given a schema of their own: those with records of former versions. */
export async function upgradedLayouts(): Promise<string[]> {
    const names = await readdir(join(present, 'src'), { recursive: true });
    const sources = names.filter((name) => name.endsWith('-repository.ts'));
    const texts = await Promise.all(sources.map((name) => readFile(join(present, 'src', name), 'utf8')));
    const made = texts.flatMap((text) => [...text.matchAll(/new StateRepository\([^,()]+, '([a-z-]+)', \w+\)/g)]);
    return made.map(([, layout = '']) => layout).sort();
}

function replaceOnce(text: string, what: string, by: string): string {
    const parts = text.split(what);
    if (parts.length !== 2) throw new Error(`the sources hold “${what}” ${parts.length - 1} times, not once`);
    return parts.join(by);
}
