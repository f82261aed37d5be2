/** A medium-voltage grid as data/README.md describes it. Numbers of buses, lines and so on are kept as text: they are names. */
export interface GridData {
    /** As the topology names it. */
    readonly folder: string;
    readonly buses: readonly GridBus[];
    readonly lines: readonly GridLine[];
    readonly switches: readonly GridSwitch[];
    readonly loads: readonly GridLoad[];
    readonly transformers: readonly GridTransformer[];
}

export interface GridBus {
    readonly bus: string;
    readonly name: string;
    readonly nominalKv: number;
    /** Degrees. */
    readonly longitude: number;
    readonly latitude: number;
    readonly subnet: string;
    /** Empty outside substations. */
    readonly substation: string;
}

export interface GridLine {
    readonly line: string;
    readonly name: string;
    readonly fromBus: string;
    readonly toBus: string;
    readonly lengthKm: number;
    readonly resistanceOhmPerKm: number;
    readonly reactanceOhmPerKm: number;
    readonly maxCurrentKa: number;
    readonly subnet: string;
}

export interface GridSwitch {
    readonly switch: string;
    readonly name: string;
    readonly bus: string;
    /** Number of the line, bus or transformer that it connects to its bus. */
    readonly element: string;
    readonly elementType: 'line' | 'bus' | 'transformer';
    /** CB circuit breaker, LBS load break switch, DS disconnector. */
    readonly type: string;
    readonly closed: boolean;
}

export interface GridLoad {
    readonly load: string;
    readonly name: string;
    readonly bus: string;
    /** Nominal. */
    readonly activePowerMw: number;
    readonly reactivePowerMvar: number;
    /** SimBench's name of the load profile; `lv_*` stands for a whole low-voltage grid. */
    readonly profile: string;
}

export interface GridTransformer {
    readonly transformer: string;
    readonly name: string;
    readonly highVoltageBus: string;
    readonly lowVoltageBus: string;
    readonly ratedMva: number;
}
