import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import { identifier, malformed, oneOf, recordOf, wholeNumber, type Reader } from '../input/read-field';
import { commandTypes } from '../registration/registration-api';
import {
    displacementLimits,
    doublePoints,
    pointQualities,
    singlePoints,
    stepRange,
    transmissionCauseNames,
    type DisplacementFilter,
    type DisplacementInput,
    type Position,
} from './displacement-api';

type PositionOf<Type extends Position['type']> = Extract<Position, { readonly type: Type }>;

const positions: { readonly [Type in Position['type']]: Reader<PositionOf<Type>> } = {
    single: recordOf<PositionOf<'single'>>({ type: oneOf(['single']), state: oneOf(singlePoints) }),
    double: recordOf<PositionOf<'double'>>({ type: oneOf(['double']), state: oneOf(doublePoints) }),
    step: recordOf<PositionOf<'step'>>({ type: oneOf(['step']), step: wholeNumber(stepRange) }),
};
const positionType = oneOf(commandTypes);

/** A position, whose other field depends on its type. */
export const position: Reader<Position> = (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw malformed(path, 'not-an-object');
    }
    const type = Object.hasOwn(value, 'type') ? (value as { readonly type: unknown }).type : undefined;
    return positions[positionType(type, `${path}.type`)](value, path);
};

export const soe = wholeNumber(displacementLimits.soe);
export const timeMs = wholeNumber({ min: 0, max: inputLimits.timeMs });

/** Readers of what each transaction of the contract takes. */
export const displacementInput = {
    displacement: recordOf<DisplacementInput>({
        terminalId: identifier,
        deviceId: identifier,
        position,
        timeMs,
        cause: oneOf(transmissionCauseNames),
        quality: oneOf(pointQualities),
        soe,
    }),
    filter: recordOf<DisplacementFilter>({ terminalId: identifier, fromSoe: soe, ...pageFields }, ['fromSoe']),
} as const;
