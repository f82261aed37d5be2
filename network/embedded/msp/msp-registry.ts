import type { ParsedChannelConfig } from '../../wire/channel-config';
import { asBuffer } from '../../wire/protobuf-bytes';
import { parseSerializedIdentity } from '../../wire/serialized-identity';
import { BoundedCache } from './bounded-cache';
import type { MspIdentity } from './identity';
import { Msp } from './msp';
import { MspError } from './msp-errors';
import { VerifiedSignatures } from './verified-signatures';

const REMEMBERED_IDENTITIES = 8192;

/** The MSPs of a channel: turns the bytes of a creator or endorser into somebody known. */
export class MspRegistry {
    readonly #msps: ReadonlyMap<string, Msp>;
    readonly #identities = new BoundedCache<string, MspIdentity | MspError>(REMEMBERED_IDENTITIES);

    private constructor(msps: ReadonlyMap<string, Msp>) {
        this.#msps = msps;
    }

    /** `shared` holds the verdicts on signatures; peers in one process may share it. Throws MspError MSP_INVALID. */
    static fromChannelConfig(config: ParsedChannelConfig, shared = new VerifiedSignatures()): MspRegistry {
        return new MspRegistry(new Map([...config.msps].map(([mspId, msp]) => [mspId, new Msp(msp, shared)])));
    }

    get mspIds(): readonly string[] {
        return [...this.#msps.keys()];
    }

    /**
     * The identity of a SerializedIdentity, remembered. Throws MspError IDENTITY_MALFORMED or IDENTITY_INVALID, also
     * remembered. Whether the certificate has expired is the caller's question (`notAfterMs`).
     */
    identity(serialized: Uint8Array): MspIdentity {
        const entry = asBuffer(serialized).toString('latin1');
        const found = this.#identities.get(entry) ?? this.#remember(entry, serialized);
        if (found instanceof MspError) throw found;
        return found;
    }

    #remember(entry: string, serialized: Uint8Array): MspIdentity | MspError {
        const found = this.#find(serialized);
        this.#identities.set(entry, found);
        return found;
    }

    #find(serialized: Uint8Array): MspIdentity | MspError {
        let mspId = '';
        try {
            const parsed = parseSerializedIdentity(serialized);
            mspId = parsed.mspId;
            const msp = this.#msps.get(mspId);
            if (msp) return msp.identity(parsed.idBytes);
        } catch (error) {
            if (error instanceof MspError) return error;
            const reason = `could not deserialize a SerializedIdentity: ${error instanceof Error ? error.message : ''}`;
            return new MspError({ code: 'IDENTITY_MALFORMED', mspId, reason }, { cause: error });
        }
        return new MspError({ code: 'IDENTITY_MALFORMED', mspId, reason: `MSP ${mspId} is not defined on channel` });
    }
}
