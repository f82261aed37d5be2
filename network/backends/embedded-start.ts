import type { RunningNetwork } from './running-network';

/** What the embedded network's process is told. */
export type EmbeddedStart = Pick<
    RunningNetwork,
    'network' | 'runDirectory' | 'identitiesDirectory' | 'connectionProfiles'
> & {
    readonly chaincodeDirectory: string;
    readonly endsWithStarter: boolean;
};

/** What it answers, once. */
export type EmbeddedAnswer =
    | { readonly kind: 'ready'; readonly running: RunningNetwork }
    | { readonly kind: 'failed'; readonly causeCode: string; readonly reason: string };
