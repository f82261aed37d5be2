/** Which unit a value of each type may carry: one spelling a unit, so that values of a type stay comparable. */
export const readingUnits = {
    voltage: ['kV', 'V'],
    current: ['A'],
    'active-power': ['kW', 'MW'],
    'reactive-power': ['kvar', 'Mvar'],
    'power-factor': ['1'],
    frequency: ['Hz'],
    temperature: ['degC'],
} as const satisfies Record<string, readonly string[]>;
export type ReadingType = keyof typeof readingUnits;
export const readingTypes = Object.keys(readingUnits) as readonly ReadingType[];

/**
 * What the terminal says of its own value, after the quality descriptor of IEC 60870-5-101: valid, estimated by the
 * terminal, substituted by hand, invalid. That a value came late is not its quality: the contract marks it `late`.
 */
export const qualities = ['valid', 'estimated', 'substituted', 'invalid'] as const;
export type Quality = (typeof qualities)[number];

/** A reading ⟨id, time, value⟩ with type, unit and quality, as a terminal sends it. */
export interface ReadingInput {
    readonly terminalId: string;
    /** When the value was measured, milliseconds since 1970, by the terminal's clock. */
    readonly timeMs: number;
    readonly type: ReadingType;
    readonly value: number;
    readonly unit: string;
    readonly quality: Quality;
}

/** A reading whose type and unit have not been looked up yet. */
export type ClaimedReading = Omit<ReadingInput, 'type'> & { readonly type: string };
