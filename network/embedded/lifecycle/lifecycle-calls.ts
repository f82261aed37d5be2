import { encodeCollectionConfigs } from '../../wire/collection-config';
import { FieldReader } from '../../wire/field-reader';
import { FieldWriter } from '../../wire/field-writer';
import type { ChaincodeResponse } from '../../wire/transaction';
import { WireError, goReason } from '../../wire/wire-errors';
import { validationParameterOf } from './chaincode-definitions';
import type { ChaincodeDefinition } from './chaincode-definitions';
import { channelRefusal, fail, localRefusal, succeed } from './system-call';
import type { SystemCall } from './system-call';

/** Who may call a function: Writers of the channel, or Admins of the peer's own organisation. */
const functions: Readonly<Record<string, 'applicationWriters' | 'Admins'>> = {
    InstallChaincode: 'Admins',
    QueryInstalledChaincode: 'Admins',
    GetInstalledChaincodePackage: 'Admins',
    QueryInstalledChaincodes: 'Admins',
    ApproveChaincodeDefinitionForMyOrg: 'Admins',
    QueryApprovedChaincodeDefinition: 'Admins',
    CheckCommitReadiness: 'applicationWriters',
    CommitChaincodeDefinition: 'applicationWriters',
    QueryChaincodeDefinition: 'applicationWriters',
    QueryChaincodeDefinitions: 'applicationWriters',
};

/** _lifecycle, as far as it reads. Fabric v2.5.16: core/chaincode/lifecycle/scc.go. */
export function callLifecycle(call: SystemCall): ChaincodeResponse {
    const [nameArgument, argument] = call.args;
    if (!nameArgument) {
        return fail('lifecycle scc must be invoked with arguments');
    }
    if (!argument || call.args.length !== 2) {
        return fail(`lifecycle scc operations require exactly two arguments but received ${call.args.length}`);
    }
    const name = nameArgument.toString();
    const refusal = refusalOf(name, call);
    if (refusal !== undefined) {
        return fail(`Failed to authorize invocation due to failed ACL check: ${refusal}`);
    }
    try {
        return dispatch(name, argument, call);
    } catch (error) {
        if (!(error instanceof WireError)) throw error;
        return fail(
            `failed to invoke backing implementation of '${name}': could not decode input arg for ` +
                `*lifecycle.Invocation.${name}: ${goReason}`,
        );
    }
}

function refusalOf(name: string, call: SystemCall): string | undefined {
    const callers = Object.hasOwn(functions, name) ? functions[name] : undefined;
    switch (callers) {
        case undefined:
            return `Unmapped policy for _lifecycle/${name}`;
        case 'Admins':
            return localRefusal(call, 'Admins');
        case 'applicationWriters':
            return channelRefusal(call, 'applicationWriters');
    }
}

function dispatch(name: string, argument: Buffer, call: SystemCall): ChaincodeResponse {
    switch (name) {
        case 'QueryChaincodeDefinition':
            return queryDefinition(call, argument);
        case 'QueryChaincodeDefinitions':
            return queryDefinitions(call);
        default:
            return fail(
                `failed to invoke backing implementation of '${name}': the embedded network has its chaincode ` +
                    'built in, from the topology; use a real Fabric network to install, approve or commit one',
            );
    }
}

function queryDefinition({ peer }: SystemCall, argument: Buffer): ChaincodeResponse {
    const reader = new FieldReader('QueryChaincodeDefinitionArgs', argument);
    let name = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) name = reader.string();
        else reader.skip();
    }
    const definition = peer.definitions.find(name);
    if (!definition) {
        return fail(`namespace ${name} is not defined`, 404);
    }
    const writer = writeDefinition(new FieldWriter(), 1, definition);
    for (const mspId of peer.msps.mspIds) {
        writer.message(8, new FieldWriter().string(1, mspId).bool(2, true).finish());
    }
    return succeed(writer.finish());
}

function queryDefinitions({ peer }: SystemCall): ChaincodeResponse {
    const writer = new FieldWriter();
    for (const definition of peer.definitions.all()) {
        const encoded = writeDefinition(new FieldWriter().string(1, definition.name), 2, definition);
        writer.message(1, encoded.finish());
    }
    return succeed(writer.finish());
}

/** Sequence and what follows it has the same order in both answers; `field` is the sequence's number. */
function writeDefinition(writer: FieldWriter, field: number, definition: ChaincodeDefinition): FieldWriter {
    return writer
        .uint(field, definition.sequence)
        .string(field + 1, definition.version)
        .string(field + 2, 'escc')
        .string(field + 3, 'vscc')
        .bytes(field + 4, validationParameterOf(definition))
        .message(field + 5, encodeCollectionConfigs(definition.collections));
}
