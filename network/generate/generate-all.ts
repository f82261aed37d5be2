import { GenerateError } from './generate-errors';

/** A file that is made, not written by hand. The path is relative to the project's root, with `/`. */
export interface GeneratedFile {
    readonly path: string;
    readonly content: string;
}

/** All generated files of the tree, by path; throws GenerateError GENERATED_TWICE when two of them share one. */
export function generateAll(...renderings: readonly (readonly GeneratedFile[])[]): GeneratedFile[] {
    const files = new Map<string, GeneratedFile>();
    for (const file of renderings.flat()) {
        if (files.has(file.path)) throw new GenerateError({ code: 'GENERATED_TWICE', path: file.path });
        files.set(file.path, file);
    }
    return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
