import type { OracleAct, OracleState } from './oracles-api';

/** The life of an oracle: state × act → state. An act that a state does not list is refused. Retired is final. */
export const oracleStateTable: Readonly<
    Record<OracleState, Readonly<Partial<Record<Exclude<OracleAct, 'register'>, OracleState>>>>
> = {
    registered: { suspend: 'suspended', retire: 'retired' },
    suspended: { resume: 'registered', retire: 'retired' },
    retired: {},
};
