import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type TypeScript from 'typescript';
import { BackendError } from './backend-errors';
import { hasErrorCode } from './has-error-code';

/**
 * Compiles the chaincode's `src` to `dist` when a source is younger than what was compiled from it. File by file, as
 * `isolatedModules` allows: types are the type check's business. A folder without `src` is left as it is.
 * Throws CHAINCODE_NOT_BUILT with the compiler's messages.
 */
export async function buildChaincode(directory: string): Promise<void> {
    const sources = await listSources(join(directory, 'src'));
    const stale: string[] = [];
    for (const source of sources) {
        const compiled = compiledPath(directory, source);
        if ((await ageOf(source)) >= (await ageOf(compiled))) stale.push(source);
    }
    if (stale.length === 0) {
        return;
    }
    // Loaded only when there is something to compile: it takes a third of a second.
    const typescript = createRequire(__filename)('typescript') as typeof TypeScript;
    const configFile = join(directory, 'tsconfig.json');
    const config = typescript.readConfigFile(configFile, typescript.sys.readFile.bind(typescript.sys)) as {
        config?: { compilerOptions?: object };
    };
    const { options } = typescript.convertCompilerOptionsFromJson(config.config?.compilerOptions ?? {}, directory);
    for (const source of stale) {
        const output = typescript.transpileModule(await readFile(source, 'utf8'), {
            fileName: source,
            reportDiagnostics: true,
            compilerOptions: { ...options, declaration: false },
        });
        const problem = output.diagnostics?.[0];
        if (problem) {
            const text = typescript.flattenDiagnosticMessageText(problem.messageText, ' ');
            const reason = `${relative(directory, source)}: ${text}`;
            throw new BackendError({ code: 'CHAINCODE_NOT_BUILT', directory, reason });
        }
        await replaceFile(compiledPath(directory, source), output.outputText);
        await replaceFile(`${compiledPath(directory, source)}.map`, output.sourceMapText ?? '');
    }
}

/** Another process may be loading the file: it finds the old one or the new one, never a half. */
async function replaceFile(file: string, text: string): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    const fresh = `${file}.${process.pid}`;
    await writeFile(fresh, text);
    await rename(fresh, file);
}

async function listSources(folder: string): Promise<string[]> {
    try {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true });
        return entries
            .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
            .map((entry) => join(entry.parentPath, entry.name));
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return [];
        throw error;
    }
}

function compiledPath(directory: string, source: string): string {
    return join(directory, 'dist', relative(join(directory, 'src'), source)).replace(/\.ts$/, '.js');
}

/** Epoch milliseconds of the last change; 0 when the file is not there. */
async function ageOf(file: string): Promise<number> {
    try {
        return (await stat(file)).mtimeMs;
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return 0;
        throw error;
    }
}
