/** What can be wrong with bytes that claim to be a Fabric message, or with a text in its policy language. */
export type WireFault =
    | {
          readonly code: 'WIRE_MALFORMED';
          /** Fabric's name of the message that could not be read, e.g. `ChannelHeader`. */
          readonly message: string;
          readonly reason: string;
      }
    | { readonly code: 'POLICY_TEXT_INVALID'; readonly text: string; readonly reason: string };

/** One sentence: what is wrong, where, what to do. */
export function describeWireFault(fault: WireFault): string {
    switch (fault.code) {
        case 'WIRE_MALFORMED':
            return `These bytes are not a ${fault.message}: ${fault.reason}. Send the message as Fabric 2.5 encodes it.`;
        case 'POLICY_TEXT_INVALID':
            return `The policy "${fault.text}" cannot be read: ${fault.reason}. Write it like OutOf(2, 'AMSP.peer', 'BMSP.peer').`;
    }
}

export class WireError extends Error {
    readonly fault: WireFault;

    constructor(fault: WireFault, options?: ErrorOptions) {
        super(describeWireFault(fault), options);
        this.name = WireError.name;
        this.fault = fault;
    }
}

/** What Go's protobuf, and so Fabric, says of any bytes that are none of its own. */
export const goReason = 'proto: cannot parse invalid wire-format data';

/** The error for bytes that are not the message they claim to be. */
export function malformed(message: string, reason: string): WireError {
    return new WireError({ code: 'WIRE_MALFORMED', message, reason });
}
