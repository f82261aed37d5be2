/** What can be wrong with generated files. */
export interface GenerateFault {
    readonly code: 'GENERATED_TWICE';
    readonly path: string;
}

/** One sentence: what is wrong, where, and what to do. */
export function describeGenerateFault(fault: GenerateFault): string {
    return `Two renderers write ${fault.path}; give one of them another path.`;
}

export class GenerateError extends Error {
    readonly fault: GenerateFault;

    constructor(fault: GenerateFault, options?: ErrorOptions) {
        super(describeGenerateFault(fault), options);
        this.name = GenerateError.name;
        this.fault = fault;
    }
}
