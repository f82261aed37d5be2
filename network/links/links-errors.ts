/** What can go wrong with the relays that hold terminals and sites to their media. */
export type LinksFault =
    | { readonly code: 'RELAY_TARGET_NOT_LOCAL'; readonly medium: string; readonly target: string }
    | { readonly code: 'RELAY_CANNOT_LISTEN'; readonly medium: string; readonly why: string }
    | {
          readonly code: 'UPLINK_UNKNOWN';
          readonly site: string;
          readonly uplink: string;
          readonly known: readonly string[];
      }
    | { readonly code: 'SITE_UNKNOWN'; readonly site: string; readonly known: readonly string[] }
    | { readonly code: 'LINKS_NOT_ON_BACKEND'; readonly backend: string }
    | { readonly code: 'LINKS_NOT_MODELLED'; readonly network: string }
    | { readonly code: 'LINK_NOT_OPENED'; readonly medium: string; readonly answer: string };

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
        case 'UPLINK_UNKNOWN':
            return (
                `The uplink of ${fault.site} is ${fault.uplink}, which is no medium of the network: ` +
                `name one of ${fault.known.join(', ')} in the topology.`
            );
        case 'SITE_UNKNOWN':
            return `There is no site ${fault.site} in the network: use ${fault.known.join(', ')}.`;
        case 'LINKS_NOT_ON_BACKEND':
            return (
                `The links between sites are not modelled on the back end ${fault.backend}: ` +
                'leave out --links, or take --backend embedded or native.'
            );
        case 'LINKS_NOT_MODELLED':
            return (
                `The links between the sites of ${fault.network} are not modelled, so none can be cut: ` +
                'take it down and bring it up with "npm run network -- up --links".'
            );
        case 'LINK_NOT_OPENED':
            return `The relay of ${fault.medium} opened no connection (${fault.answer}): measure again on an idle machine.`;
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
