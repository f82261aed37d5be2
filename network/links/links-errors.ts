/** What can go wrong with the relays that hold terminals to their media. */
export type LinksFault =
    | { readonly code: 'RELAY_TARGET_NOT_LOCAL'; readonly medium: string; readonly target: string }
    | { readonly code: 'RELAY_CANNOT_LISTEN'; readonly medium: string; readonly why: string };

/** One sentence a fault: what is wrong, where, what to do. */
export function describeLinksFault(fault: LinksFault): string {
    switch (fault.code) {
        case 'RELAY_TARGET_NOT_LOCAL':
            return (
                `The relay of ${fault.medium} was told to carry to ${fault.target}: it carries to this machine only, ` +
                'so run without emulated links when the nodes stand elsewhere.'
            );
        case 'RELAY_CANNOT_LISTEN':
            return `The relay of ${fault.medium} cannot listen on 127.0.0.1 (${fault.why}): free a port and start again.`;
    }
}

export class LinksError extends Error {
    readonly fault: LinksFault;

    constructor(fault: LinksFault, options?: ErrorOptions) {
        super(describeLinksFault(fault), options);
        this.name = 'LinksError';
        this.fault = fault;
    }
}
