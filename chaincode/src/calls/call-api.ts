/** A call as data: client, benchmark workload and tests send the same one. `args` holds exactly one JSON text. */
export interface Call {
    readonly contract: string;
    readonly transaction: string;
    readonly args: readonly string[];
    /** True: to be evaluated on one peer. False: to be submitted, it writes. */
    readonly readOnly: boolean;
    /** Stands on a call whose data only members of a collection may see. */
    readonly privately?: PrivateCall;
}

/** What goes beside the arguments, and to whom. */
export interface PrivateCall {
    /** Only peers of its members may be asked to endorse. */
    readonly collection: string;
    /** Told to the endorsers and never ordered: field → text. */
    readonly transient: Readonly<Record<string, string>>;
}

/** One page of an answer. `bookmark` is handed back to get the next page; it is '' on the last one. */
export interface Page<Item> {
    readonly items: readonly Item[];
    readonly bookmark: string;
}

/** What every paged query asks for. */
export interface PageRequest {
    /** Items a page, 1 to `inputLimits.pageSize`. */
    readonly pageSize: number;
    /** '' for the first page, otherwise what the page before answered. */
    readonly bookmark: string;
}

/** An event of a domain with its payload, from the domain's table name → payload type. */
export type EventOf<Payloads> = {
    [Name in keyof Payloads & string]: { readonly name: Name; readonly payload: Payloads[Name] };
}[keyof Payloads & string];

/** Builds a call that writes. */
export function submitCallOf(contract: string, transaction: string, input: object): Call {
    return { contract, transaction, args: [JSON.stringify(input)], readOnly: false };
}

/** Builds a call that only reads. */
export function evaluateCallOf(contract: string, transaction: string, input: object): Call {
    return { contract, transaction, args: [JSON.stringify(input)], readOnly: true };
}
