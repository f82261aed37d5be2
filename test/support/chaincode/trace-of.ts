import type { Simulation } from './stub-ledger';

/** What an endorsement would change, were it committed; '' for nothing. Puts and deletes are counted at the peer. */
export function traceOf({ writes, calls, event }: Simulation): string {
    const wrote = writes.size + calls.puts + calls.deletes > 0;
    return [wrote ? 'wrote' : '', event === undefined ? '' : 'emitted'].filter((part) => part !== '').join(' and ');
}
