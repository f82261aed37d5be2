import type { Page } from '../../chaincode/src/calls/call-api';
import {
    displacementCalls,
    type JudgedDisplacement,
    type Position,
} from '../../chaincode/src/displacement/displacement-api';
import type { GatewayConnection } from './connect-gateway';
import { evaluateCall } from './evaluate-call';

/** What the ledger tells of a terminal's events so far. */
export interface LastEvents {
    /** Number of its next event: one after the highest that the ledger has, 1 where it has none. */
    readonly nextSoe: number;
    /** Where each device stood by its newest report, by device id; a device that never moved is not told. */
    readonly positions: ReadonlyMap<string, Position>;
}

/** Reads all reports of a terminal, page by page. Throws ClientError when nobody answers. */
export async function lastEvents(connection: GatewayConnection, terminalId: string): Promise<LastEvents> {
    const positions = new Map<string, Position>();
    let nextSoe = 1;
    let bookmark = '';
    do {
        const call = displacementCalls.queryDisplacements({ terminalId, pageSize: 100, bookmark });
        const page = (await evaluateCall(connection, call)) as Page<JudgedDisplacement>;
        for (const { displacement } of page.items) {
            positions.set(displacement.deviceId, displacement.position);
            nextSoe = displacement.soe + 1;
        }
        bookmark = page.bookmark;
    } while (bookmark !== '');
    return { nextSoe, positions };
}
