import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { identityFolders } from './identity-store';
import type { OrganizationIdentities } from './identity';

const fileName = 'crl.pem';

/** The revocation list that an organisation's CA issued last, PEM; undefined when it has taken nothing back. */
export async function readRevocationList(directory: string, mspId: string): Promise<Buffer | undefined> {
    try {
        return await readFile(besideAuthority(directory, mspId));
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
    }
}

/**
 * Keeps a revocation list beside the CA that signed it, and lays it into the MSP folders (`crls`) of the organisation and
 * of its nodes: a node's own MSP knows nothing of the channel's lists, and reads its folder when the node starts.
 */
export async function writeRevocationList(
    directory: string,
    { mspId, orderer, peers }: OrganizationIdentities,
    pem: string,
): Promise<void> {
    const nodes = [
        identityFolders.orderer(directory, mspId, orderer.name),
        ...Object.keys(peers).map((name) => identityFolders.peer(directory, mspId, name)),
    ];
    const msps = [identityFolders.msp(directory, mspId), ...nodes.map((node) => join(node, 'msp'))];
    await Promise.all(msps.map((msp) => replaceFile(join(msp, 'crls', fileName), pem)));
    await replaceFile(besideAuthority(directory, mspId), pem);
}

function besideAuthority(directory: string, mspId: string): string {
    return join(identityFolders.organization(directory, mspId), 'ca', fileName);
}

/** The old content or the new, never half of it; nor anything else in the folder, of which a node reads every file. */
async function replaceFile(file: string, content: string): Promise<void> {
    const folder = dirname(file);
    await mkdir(folder, { recursive: true });
    const next = `${folder}.next`;
    await writeFile(next, content);
    await rename(next, file);
}
