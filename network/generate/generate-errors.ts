/** What can be wrong with generated files. */
export type GenerateFault =
    | { readonly code: 'GENERATED_TWICE'; readonly path: string }
    | { readonly code: 'DISPATCH_MISSING'; readonly network: string };

/** One sentence: what is wrong, where, and what to do. */
export function describeGenerateFault(fault: GenerateFault): string {
    switch (fault.code) {
        case 'GENERATED_TWICE':
            return `Two renderers write ${fault.path}; give one of them another path.`;
        case 'DISPATCH_MISSING':
            return `The network ${fault.network} has no dispatch centre with a peer; give one organisation the role dispatch.`;
    }
}

export class GenerateError extends Error {
    readonly fault: GenerateFault;

    constructor(fault: GenerateFault, options?: ErrorOptions) {
        super(describeGenerateFault(fault), options);
        this.name = GenerateError.name;
        this.fault = fault;
    }
}
