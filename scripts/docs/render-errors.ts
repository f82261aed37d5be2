import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { renderFaultTable } from '../../chaincode/src/faults/render-fault-table';
import { readFaultSentences } from './read-fault-sentences';

/** docs/errors.md: every fault code of the program, from where it is defined. */
export async function renderErrors(projectRoot: string): Promise<string> {
    const files = await listErrorFiles(projectRoot, ['network', 'caliper']);
    const sections = await Promise.all(
        files.map(async (file) => renderSection(file, await readFile(join(projectRoot, file), 'utf8'))),
    );
    return [
        '# Fault codes',
        '',
        'Programs look at the code of a fault, people at its sentence. ‹…› stands for the fault’s own data.',
        '',
        '## Chaincode',
        '',
        'A client receives them as `CODE {json}` inside the text of a refusal; `decodeFault` finds them there.',
        '',
        renderFaultTable(),
        ...sections.flat(),
    ].join('\n');
}

async function listErrorFiles(projectRoot: string, folders: readonly string[]): Promise<string[]> {
    const lists = await Promise.all(
        folders.map(async (folder) => {
            const names = await readdir(join(projectRoot, folder), { recursive: true });
            return names
                .filter((name) => name.endsWith('-errors.ts'))
                .map((name) => `${folder}/${name.split('\\').join('/')}`);
        }),
    );
    return lists.flat().sort();
}

function renderSection(file: string, source: string): string[] {
    const rows = readFaultSentences(source)
        .sort((one, other) => (one.code < other.code ? -1 : 1))
        .map(({ code, sentence }) => `| \`${code}\` | ${toCell(sentence)} |`);
    return rows.length > 0 ? [`## ${file}`, '', '| Code | Sentence |', '| --- | --- |', ...rows, ''] : [];
}

function toCell(sentence: string): string {
    return sentence
        .replace(/\s*\n\s*/g, ' ')
        .replace(/\|/g, '\\|')
        .replace(/([*_<>])/g, '\\$1');
}
