/** What can be wrong with a network's identities. */
export type IdentityFault =
    | { readonly code: 'IDENTITY_UNKNOWN'; readonly name: string; readonly near: readonly string[] }
    | { readonly code: 'IDENTITY_NAME_INVALID'; readonly name: string }
    | { readonly code: 'IDENTITY_NAME_TAKEN'; readonly name: string; readonly mspIds: readonly string[] }
    | { readonly code: 'IDENTITY_NOT_A_TERMINAL'; readonly name: string }
    | { readonly code: 'ORGANIZATION_UNKNOWN'; readonly mspId: string; readonly known: readonly string[] }
    | { readonly code: 'IDENTITY_FILE_MISSING'; readonly path: string };

/** One sentence: what is wrong, where, and what to do. */
export function describeIdentityFault(fault: IdentityFault): string {
    switch (fault.code) {
        case 'IDENTITY_UNKNOWN': {
            const near =
                fault.near.length > 0 ? `did you mean ${fault.near.join(', ')}?` : 'its topology names its terminals.';
            return `There is no identity named ${fault.name} in this network; ${near}`;
        }
        case 'IDENTITY_NAME_INVALID':
            return `"${fault.name}" cannot name an identity: use letters, digits, dot, dash and underscore, beginning with a letter or digit.`;
        case 'IDENTITY_NAME_TAKEN':
            return `Two identities are named ${fault.name} (in ${fault.mspIds.join(' and ')}); rename the terminal or organisation in the topology.`;
        case 'IDENTITY_NOT_A_TERMINAL':
            return `${fault.name} is not a terminal, and only a terminal's identity is renewed this way.`;
        case 'ORGANIZATION_UNKNOWN':
            return `No organisation of this network has the MSP id ${fault.mspId}; it has ${fault.known.join(', ')}.`;
        case 'IDENTITY_FILE_MISSING':
            return `The identities are incomplete: ${fault.path} cannot be read. A network that was started here makes them anew when it goes down and up; for one of your own, put them there.`;
    }
}

export class IdentityError extends Error {
    readonly fault: IdentityFault;

    constructor(fault: IdentityFault, options?: ErrorOptions) {
        super(describeIdentityFault(fault), options);
        this.name = IdentityError.name;
        this.fault = fault;
    }
}
