import type { PageRequest } from '../calls/call-api';
import { inputLimits } from './input-api';
import { text, wholeNumber } from './read-field';

/** Readers of the two fields that every paged query takes. */
export const pageFields = {
    pageSize: wholeNumber({ min: 1, max: inputLimits.pageSize }),
    bookmark: text(inputLimits.bookmarkLength),
} satisfies Record<keyof PageRequest, unknown>;
