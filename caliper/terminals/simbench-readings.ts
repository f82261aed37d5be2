import type { ReadingType } from '../../chaincode/src/measurement/measurement-api';
import type { Terminal } from '../../network/topology/network-model';
import type { GridOperation, OperationSelection, OperationSeries } from './read-operation';

/** The types of reading that the operation holds. */
export type MeasuredType = Extract<ReadingType, 'voltage' | 'current' | 'active-power' | 'reactive-power'>;

/** A value with its kind and unit, as a terminal measures it. */
export interface MeasuredValue {
    readonly type: MeasuredType;
    readonly value: number;
    readonly unit: 'kV' | 'A' | 'kW' | 'kvar';
}

/** What the terminals need of the operation. */
export function selectOperation(terminals: readonly Terminal[]): OperationSelection {
    return {
        buses: new Set(terminals.map(({ bus }) => bus)),
        lines: new Set(terminals.flatMap(({ line }) => (line === undefined ? [] : [line]))),
    };
}

/**
 * What a terminal measures. A feeder terminal: voltage at its switch, current of its line. A station terminal: also what
 * its bus consumes. A transformer terminal measures no line: its current is that of its own load, from P, Q and voltage.
 */
export function readingTypesOf({ kind, line }: Pick<Terminal, 'kind' | 'line'>): MeasuredType[] {
    const current: MeasuredType[] = line === undefined && kind !== 'TTU' ? [] : ['current'];
    const power: MeasuredType[] = kind === 'FTU' ? [] : ['active-power', 'reactive-power'];
    return ['voltage', ...current, ...power];
}

/**
 * The value a terminal measures at a moment of the operation, between two steps in proportion. After the last step the
 * operation begins again.
 *
 * @param operationMs milliseconds since the first step of the operation
 */
export function measureAt(
    operation: GridOperation,
    { terminal, type }: { readonly terminal: Pick<Terminal, 'bus' | 'line'>; readonly type: MeasuredType },
    operationMs: number,
): MeasuredValue {
    const value = (series: OperationSeries, number: string): number =>
        interpolate(operation, series, number, operationMs);
    const { bus, line } = terminal;
    switch (type) {
        case 'current':
            return {
                type,
                unit: 'A',
                value: rounded(line === undefined ? loadCurrentA(value, bus) : value('currentA', line), 2),
            };
        case 'active-power':
            return { type, unit: 'kW', value: rounded(value('activePowerKw', bus), 2) };
        case 'reactive-power':
            return { type, unit: 'kvar', value: rounded(value('reactivePowerKvar', bus), 2) };
        case 'voltage':
            return { type, unit: 'kV', value: rounded(value('voltageKv', bus), 4) };
    }
}

/** I = S / (√3 U) of a three-phase load: kVA by kV gives A. */
function loadCurrentA(value: (series: OperationSeries, number: string) => number, bus: string): number {
    const apparentKva = Math.hypot(value('activePowerKw', bus), value('reactivePowerKvar', bus));
    return apparentKva / (Math.sqrt(3) * value('voltageKv', bus));
}

function interpolate(operation: GridOperation, series: OperationSeries, number: string, operationMs: number): number {
    const { steps, stepMs } = operation;
    const values = operation.series[series].get(number);
    const position = operationMs / stepMs;
    const step = Math.floor(position);
    const at = (index: number): number => values?.[((index % steps) + steps) % steps] ?? Number.NaN;
    return at(step) + (at(step + 1) - at(step)) * (position - step);
}

function rounded(value: number, decimals: number): number {
    const factor = 10 ** decimals;
    return Math.round(value * factor) / factor;
}
