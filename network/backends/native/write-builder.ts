import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The three programs of an external builder for packages of type `ccaas`, for installations of Fabric without the one of
 * its release. A peer calls `detect SOURCE METADATA`, `build SOURCE METADATA OUTPUT`, `release OUTPUT RELEASE`.
 * Fabric v2.5.16: docs/source/cc_launcher.md.
 */
const programs: Readonly<Record<string, string>> = {
    detect: `#!/bin/sh
grep -q '"type"[[:space:]]*:[[:space:]]*"ccaas"' "$2/metadata.json"
`,
    build: `#!/bin/sh
set -e
if [ ! -f "$1/connection.json" ]; then
    echo "the package has no connection.json" >&2
    exit 1
fi
cp "$1/connection.json" "$3/connection.json"
if [ -d "$1/META-INF" ]; then
    cp -R "$1/META-INF" "$3/META-INF"
fi
`,
    release: `#!/bin/sh
set -e
mkdir -p "$2/chaincode/server"
cp "$1/connection.json" "$2/chaincode/server/connection.json"
if [ -d "$1/META-INF" ]; then
    cp -R "$1/META-INF/." "$2/"
fi
`,
};

/** Writes a builder that needs nothing but a shell; gives the folder. */
export async function writeBuilder(folder: string): Promise<string> {
    const bin = join(folder, 'bin');
    await mkdir(bin, { recursive: true });
    for (const [name, text] of Object.entries(programs)) {
        const file = join(bin, name);
        await writeFile(file, text);
        await chmod(file, 0o755);
    }
    return folder;
}
