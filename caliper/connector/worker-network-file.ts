/** Caliper's network file with the identities of one worker only: beside the whole one. */
export function workerNetworkFile(networkFile: string, workerIndex: number): string {
    return networkFile.replace(/\.yaml$/, `-worker-${workerIndex}.yaml`);
}
