import type { Page } from '../../chaincode/src/calls/call-api';
import { displacementCalls, type JudgedDisplacement } from '../../chaincode/src/displacement/displacement-api';
import type { GatewayConnection } from './connect-gateway';
import { evaluateCall } from './evaluate-call';

/** The highest SOE number that the ledger has of a terminal; undefined when it has none. It reads all its reports. */
export async function lastSoe(connection: GatewayConnection, terminalId: string): Promise<number | undefined> {
    let last: number | undefined;
    let bookmark = '';
    do {
        const call = displacementCalls.queryDisplacements({ terminalId, pageSize: 100, bookmark });
        const page = (await evaluateCall(connection, call)) as Page<JudgedDisplacement>;
        last = page.items.at(-1)?.displacement.soe ?? last;
        bookmark = page.bookmark;
    } while (bookmark !== '');
    return last;
}
