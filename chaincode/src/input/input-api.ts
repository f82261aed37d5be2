/** Why a piece of input was refused. */
export type InputReason =
    | 'not-json'
    | 'not-one-argument'
    | 'not-an-object'
    | 'not-a-list'
    | 'not-text'
    | 'not-an-identifier'
    | 'not-true-or-false'
    | 'not-a-digest'
    | 'not-a-finite-number'
    | 'not-a-whole-number'
    | 'not-one-of-the-known'
    | 'unknown-field'
    | 'missing-field'
    | 'too-long'
    | 'too-many'
    | 'too-few'
    | 'too-large'
    | 'too-small'
    | 'twice-the-same'
    | 'out-of-order'
    | 'not-used'
    | 'control-character';

/** Faults of reading what a client sent, before any rule looks at it. */
export type InputFault =
    | {
          readonly code: 'MALFORMED_INPUT';
          /** Where, e.g. `readings[3].value`; '' is the argument as a whole. */
          readonly path: string;
          readonly reason: InputReason;
      }
    | { readonly code: 'UNKNOWN_TRANSACTION'; readonly contract: string }
    | { readonly code: 'BOOKMARK_UNKNOWN' }
    | { readonly code: 'TRANSACTION_TIME_UNUSABLE' };

/** Sizes of input that every contract holds to. */
export const inputLimits = {
    /** Characters of the whole JSON argument. */
    argumentLength: 65_536,
    /** Characters of an identifier: ASCII letters, digits, dot, underscore, hyphen. */
    identifierLength: 64,
    /** UTF-16 units of a label such as a site's name. */
    labelLength: 64,
    /** UTF-16 units of an operator's reason. */
    reasonLength: 200,
    /** Items of one page of an answer. */
    pageSize: 100,
    /** Characters of a bookmark. */
    bookmarkLength: 8_192,
    /** Latest time: the last millisecond of the year 9999. */
    timeMs: 253_402_300_799_999,
} as const;

/** What an identifier (terminal, concentrator, medium, MSP) may look like. */
export const identifierPattern = /^[A-Za-z0-9._-]{1,64}$/;
