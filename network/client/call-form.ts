import type { Call } from '../../chaincode/src/calls/call-api';
import type { Network } from '../topology/network-model';
import { ClientError } from './client-errors';

/** Options of a call as a person gives them: `--terminal X --value 10.2` is `{ terminal: 'X', value: '10.2' }`. */
export type CallOptions = Readonly<Record<string, string | undefined>>;

/** What a form may look up to fill in what was not given. */
export interface CallSurroundings {
    readonly network: Network;
    readonly nowMs: number;
    /** 32 bytes that nobody guesses, as hexadecimal text. */
    readonly newSalt: () => string;
}

export type Caller = 'terminal' | 'oracle' | 'operator' | 'dispatcher' | 'supervisor' | 'reader' | 'admin';

/** A call that can be made by hand. */
export interface CallForm {
    readonly contract: string;
    readonly readOnly: boolean;
    /** Who makes it when nobody is named. */
    readonly caller: Caller;
    /** Option → what it means; the ones with `?` may be left out. */
    readonly options: Readonly<Record<string, string>>;
    build(options: CallOptions, surroundings: CallSurroundings): Call;
}

/** Options of every paged query. */
export const pageOptions = { 'page-size?': 'items a page, 20', 'bookmark?': 'as the page before answered it' };

export function form(contract: string, caller: Caller, rest: Pick<CallForm, 'options' | 'build'>): CallForm {
    return { contract, caller, readOnly: caller === 'reader', ...rest };
}

export function jsonOnly(contract: string, caller: Caller, fields: string): CallForm {
    return form(contract, caller, {
        options: {},
        build: () => {
            throw unusable(`This transaction takes its whole argument as JSON, with ${fields}`);
        },
    });
}

export function needed(options: CallOptions, name: string): string {
    const value = options[name];
    if (value === undefined) throw unusable(`--${name} is missing`);
    return value;
}

export function numberOf(options: CallOptions, name: string): number {
    const text = needed(options, name);
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw unusable(`--${name} ${text} is not a number`);
    return value;
}

export function timeOf(text: string, option = 'time'): number {
    const timeMs = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
    if (Number.isNaN(timeMs)) throw unusable(`--${option} ${text} is neither ISO 8601 nor ms since 1970`);
    return timeMs;
}

export function pageOf(options: CallOptions): { pageSize: number; bookmark: string } {
    const pageSize = options['page-size'] === undefined ? 20 : numberOf(options, 'page-size');
    return { pageSize, bookmark: options['bookmark'] ?? '' };
}

export function unusable(why: string): ClientError {
    return new ClientError({ code: 'CALL_UNUSABLE', why });
}
