import type { RunningNetwork } from './running-network';

/** What a network's process is told. */
export type ProcessStart = Pick<
    RunningNetwork,
    'network' | 'runDirectory' | 'identitiesDirectory' | 'connectionProfiles'
> & {
    readonly chaincodeDirectory: string;
    readonly endsWithStarter: boolean;
    /** Model the links between the sites. */
    readonly links: boolean;
};

/** What it answers, once. */
export type ProcessAnswer =
    | { readonly kind: 'ready'; readonly running: RunningNetwork }
    | { readonly kind: 'failed'; readonly causeCode: string; readonly reason: string };
