/** Runs a task so many times, always so many of them at once, until all are done. The first failure is thrown at the end. */
export async function runInFlight(
    { total, inFlight }: { readonly total: number; readonly inFlight: number },
    task: (index: number) => Promise<unknown>,
): Promise<void> {
    let next = 0;
    const lane = async (): Promise<void> => {
        while (next < total) await task(next++);
    };
    const lanes = await Promise.allSettled(Array.from({ length: Math.min(inFlight, total) }, lane));
    const failed = lanes.find((settled) => settled.status === 'rejected');
    if (failed) throw failed.reason;
}
