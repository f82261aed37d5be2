import { parseLastConfigNumber } from '../../wire/block-metadata';
import { parseConfigBlock } from '../../wire/channel-config';
import { FieldWriter } from '../../wire/field-writer';
import type { ChaincodeResponse } from '../../wire/transaction';
import { WireError, goReason } from '../../wire/wire-errors';
import type { StoredBlock } from '../ledger/stored-block';
import { channelRefusal, fail, localRefusal, refuseForeignCaller, succeed } from './system-call';
import type { SystemCall } from './system-call';

type ConfigQuery = (call: SystemCall, argument: Buffer) => ChaincodeResponse;

const queries: Readonly<Record<string, ConfigQuery>> = {
    GetChannels: getChannels,
    GetConfigBlock: (call, argument) => readConfig(call, 'GetConfigBlock', argument.toString()),
    GetChannelConfig: (call, argument) => readConfig(call, 'GetChannelConfig', argument.toString()),
    JoinChain: joinChain,
    JoinChainBySnapshot: () => fail(onlyChannel),
};

/** cscc: which channels the peer has and how they are configured. Fabric v2.5.16: core/scc/cscc/configure.go. */
export function queryConfig(call: SystemCall): ChaincodeResponse {
    const [nameArgument, argument] = call.args;
    const name = nameArgument?.toString();
    if (name === undefined || (name !== 'GetChannels' && !argument)) {
        return fail(`Incorrect number of arguments, ${call.args.length}`);
    }
    const foreign = refuseForeignCaller(call, 'CSCC', '');
    if (foreign) {
        return foreign;
    }
    const query = Object.hasOwn(queries, name) ? queries[name] : undefined;
    return query?.(call, argument ?? Buffer.alloc(0)) ?? fail(`Requested function ${name} not found.`);
}

const onlyChannel = 'the embedded network has its one channel from the start: no peer can join another';

/** The peers are on the channel already; what is refused is refused as Fabric does. */
function joinChain(call: SystemCall, blockBytes: Buffer): ChaincodeResponse {
    try {
        const { channelId } = parseConfigBlock(blockBytes);
        const refusal = localRefusal(call, 'Admins');
        if (refusal !== undefined) {
            return fail(`access denied for [JoinChain][${channelId}]: [${refusal}]`);
        }
        const exists = `cannot create ledger from genesis block: ledger [${channelId}] already exists with state [ACTIVE]`;
        return fail(channelId === call.peer.channelId ? exists : onlyChannel);
    } catch (error) {
        if (!(error instanceof WireError)) throw error;
        return fail(`Failed to reconstruct the genesis block, error unmarshalling Block: ${goReason}`);
    }
}

function getChannels(call: SystemCall): ChaincodeResponse {
    const refusal = localRefusal(call, 'Members');
    if (refusal !== undefined) {
        return fail(`access denied for [GetChannels]: ${refusal}`);
    }
    const channel = new FieldWriter().string(1, call.peer.channelId).finish();
    return succeed(new FieldWriter().message(1, channel).finish());
}

function readConfig(
    call: SystemCall,
    name: 'GetConfigBlock' | 'GetChannelConfig',
    channelId: string,
): ChaincodeResponse {
    const { ledger } = call.peer;
    if (channelId !== call.peer.channelId) {
        return fail(
            `access denied for [${name}][${channelId}]: Failed to get policy manager for channel [${channelId}]`,
        );
    }
    const refusal = channelRefusal(call, 'applicationReaders');
    if (refusal !== undefined) {
        return fail(`access denied for [${name}][${channelId}]: ${refusal}`);
    }
    const newest = ledger.blockByNumber(ledger.height - 1);
    const config: StoredBlock | undefined = newest && ledger.blockByNumber(parseLastConfigNumber(newest.block));
    if (!config) {
        return fail(`Unknown channel ID, ${channelId}`);
    }
    return succeed(name === 'GetConfigBlock' ? config.bytes : parseConfigBlock(config.bytes).configBytes);
}
