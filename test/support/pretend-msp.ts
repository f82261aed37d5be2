import { createHash } from 'node:crypto';
import { MspError } from '../../network/embedded/msp/msp-errors';
import type { SignatureJudge, SignedData, Signer, SignerRegistry } from '../../network/embedded/signed-data';

/** A signature that only the pretended MSP takes for one: quick, and still of nobody else and of nothing else. */
export function pretendSignature(identity: Uint8Array, message: Uint8Array): Buffer {
    return createHash('sha256').update('signature').update(identity).update(message).digest();
}

/** Knows the identities that it is told, by their bytes; what they sign is a `pretendSignature`. */
export class PretendMsp implements SignerRegistry {
    readonly #notAfterMs = new Map<string, number>();

    constructor(names: readonly string[]) {
        for (const name of names) this.#notAfterMs.set(name, Infinity);
    }

    expire(name: string, notAfterMs: number): void {
        this.#notAfterMs.set(name, notAfterMs);
    }

    identity(serialized: Uint8Array): Signer {
        const notAfterMs = this.#notAfterMs.get(Buffer.from(serialized).toString());
        if (notAfterMs === undefined) {
            throw new MspError({ code: 'IDENTITY_MALFORMED', mspId: '', reason: 'MSP is not defined on channel' });
        }
        return {
            notAfterMs,
            verify: (message, signature) => pretendSignature(serialized, message).equals(signature),
        };
    }

    /** A policy: valid signatures of at least this many different identities of the list. */
    outOf(count: number, names: readonly string[]): SignatureJudge {
        return {
            evaluate: (signed) => {
                const signers = new Set(signed.filter((each) => this.#isSigned(each)).map(nameOf));
                const found = names.filter((name) => signers.has(name)).length;
                return found >= count ? { satisfied: true } : { satisfied: false, reason: `${found} of ${count}` };
            },
        };
    }

    #isSigned({ identity, message, signature }: SignedData): boolean {
        return this.#notAfterMs.has(nameOf({ identity })) && pretendSignature(identity, message).equals(signature);
    }
}

function nameOf({ identity }: { readonly identity: Uint8Array }): string {
    return Buffer.from(identity).toString();
}
