import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { feedCalls, type FeedRoundAnswer } from '../../chaincode/src/oracles/feeds-api';
import { evaluateCall } from '../../network/client/evaluate-call';
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

export const showRound: NetworkAct<typeof options> = {
    name: 'round',
    words: ['FEED'],
    usage: 'shows the answers of a round, and what they come to',
    options,
    run: (values, [feedId = '']) => show(values, feedId),
};

async function show(values: ActValues<typeof options>, feedId: string): Promise<ExitCode> {
    const open = await openNetwork(values);
    const dispatch = open.network.organizations.find(({ role }) => role === 'dispatch')?.id ?? '';
    const connection = await open.connect(values.as ?? identityNames.reader(dispatch));
    try {
        const round = await roundOf(connection, feedId, values.tick);
        console.log(describeRound((await evaluateCall(connection, feedCalls.queryRound(round))) as FeedRoundAnswer));
        return exitCodes.kept;
    } finally {
        connection.close();
    }
}
