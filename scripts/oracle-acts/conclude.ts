import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { feedCalls, type FeedRoundAnswer } from '../../chaincode/src/oracles/feeds-api';
import { evaluateCall } from '../../network/client/evaluate-call';
import { submitCall } from '../../network/client/submit-call';
import { identityNames } from '../../network/identities/identity';
import type { ActValues, NetworkAct } from '../network-acts/network-act';
import { openNetwork } from '../open-network';
import { describeRound } from './describe-round';
import { roundOf } from './newest-round';
import { whichLedger, whichRound, whoSigns } from './oracle-options';

const options = {
    ...whichLedger,
    ...whichRound,
    ...whoSigns,
} as const;

export const conclude: NetworkAct<typeof options> = {
    name: 'conclude',
    words: ['FEED'],
    usage: 'makes what the answers of a round agree on final, by the dispatcher',
    options,
    run: (values, [feedId = '']) => concludeRound(values, feedId),
};

async function concludeRound(values: ActValues<typeof options>, feedId: string): Promise<ExitCode> {
    const open = await openNetwork(values);
    const connection = await open.connect(values.as ?? identityNames.dispatcher);
    try {
        const round = await roundOf(connection, feedId, values.tick);
        await submitCall(connection, feedCalls.conclude(round));
        console.log(describeRound((await evaluateCall(connection, feedCalls.queryRound(round))) as FeedRoundAnswer));
        return exitCodes.kept;
    } finally {
        connection.close();
    }
}
