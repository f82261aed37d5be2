import { feedCalls, type FeedRecord, type FeedRoundName } from '../../chaincode/src/oracles/feeds-api';
import { timeOf } from '../../network/client/call-form';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { UsageError } from '../run-script';

/** The round whose tick was typed, or else the one of the newest tick that has come. Throws UsageError, ClientError. */
export async function roundOf(
    connection: GatewayConnection,
    feedId: string,
    tick: string | undefined,
): Promise<FeedRoundName> {
    if (tick !== undefined) return { feedId, tickMs: timeOf(tick, 'tick') };
    const { startMs, intervalMs } = (await evaluateCall(connection, feedCalls.query(feedId))) as FeedRecord;
    const nowMs = Date.now();
    if (nowMs < startMs) throw new UsageError(`The first round of ${feedId} is at ${new Date(startMs).toISOString()}.`);
    return { feedId, tickMs: nowMs - ((nowMs - startMs) % intervalMs) };
}
