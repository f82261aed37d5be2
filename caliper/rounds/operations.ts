/**
 * What rounds are made of. Set and query are single transactions at rising rates; displacement and control are the whole
 * acts that the limits are about, from the first message to the last.
 */
export const operations = ['displacement', 'set', 'query', 'control'] as const;
export type Operation = (typeof operations)[number];

export const connectorKinds = ['grid', 'stock'] as const;
/** Ours, or Caliper's own. */
export type ConnectorKind = (typeof connectorKinds)[number];
