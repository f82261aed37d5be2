/** Makes one call by hand: `npm run call -- Set --terminal DTU-B004 --value 10.2`. See scripts/README.md. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { formatSeconds } from '../caliper/report/format-figures';
import type { Call } from '../chaincode/src/calls/call-api';
import { callForms, prepareCall } from '../network/client/call-forms';
import type { GatewayConnection } from '../network/client/connect-gateway';
import { evaluateCall } from '../network/client/evaluate-call';
import type { CallTimes } from '../network/client/call-times';
import { submitCall } from '../network/client/submit-call';
import { findOrganizationOf } from '../network/identities/find-identity';
import type { Identity } from '../network/identities/identity';
import { readIdentities, writeUserIdentity } from '../network/identities/identity-store';
import { renewTerminalIdentity } from '../network/identities/issue-identities';
import { networkOptions, openNetwork, type OpenNetwork } from './open-network';
import { runScript, UsageError } from './run-script';

const formOptions = Object.values(callForms).flatMap((form) => Object.keys(form.options));
const own = { as: { type: 'string' }, help: { type: 'boolean', default: false }, ...networkOptions } as const;

async function main(args: string[]): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
            ...Object.fromEntries(formOptions.map((name) => [plain(name), { type: 'string' as const }])),
            ...own,
        },
    });
    const { as, help, topology, profile, ...options } = values;
    const [transaction, json, ...more] = positionals;
    if (help || transaction === undefined) {
        console.log(describeUse(transaction));
        return help ? exitCodes.kept : exitCodes.badInput;
    }
    if (more.length > 0) throw new UsageError(`${more.join(' ')} is one word too many: quote the JSON argument.`);
    const open = await openNetwork({ topology, profile });
    const newSalt = (): string => randomBytes(32).toString('hex');
    const surroundings = { network: open.network, nowMs: Date.now(), newSalt };
    const { call, defaultIdentity } = prepareCall({ transaction, json, options }, surroundings);
    const renews = transaction === 'RequestRenewal' && as === undefined;
    const identity = renews ? await issueRenewal(open, defaultIdentity) : (as ?? defaultIdentity);
    const connection = await open.connect(identity);
    try {
        console.log(await make(connection, call));
    } finally {
        connection.close();
    }
    if (renews) console.log(`Once the operator has renewed it, act with it by --as ${(identity as Identity).name}`);
    return exitCodes.kept;
}

async function make(connection: GatewayConnection, call: Call): Promise<string> {
    if (call.readOnly) return JSON.stringify(await evaluateCall(connection, call), null, 2);
    const { transactionId, result, times } = await submitCall(connection, call);
    const answer = result === undefined ? [] : [JSON.stringify(result, null, 2)];
    return [
        `Committed as valid by ${connection.identity.name} in ${describeTimes(times)}`,
        transactionId,
        ...answer,
    ].join('\n');
}

function describeTimes({ sentMs, endorsedMs = sentMs, orderedMs = endorsedMs, finishedMs }: CallTimes): string {
    const parts = [
        `${formatSeconds(endorsedMs - sentMs)} endorsing`,
        `${formatSeconds(orderedMs - endorsedMs)} ordering`,
        `${formatSeconds(finishedMs - orderedMs)} until block and event`,
    ];
    return `${formatSeconds(finishedMs - sentMs)}: ${parts.join(', ')}`;
}

/** A new key and certificate for a terminal, kept beside the old one until the operator has renewed it. */
async function issueRenewal(open: OpenNetwork, terminalId: string): Promise<Identity> {
    if (!open.hasAuthorities) {
        throw new UsageError(
            `A new certificate for ${terminalId} comes from its organisation's CA, whose key is not here: have it issued, ` +
                'put it under users/NAME/msp of the identities folder and say --as NAME.',
        );
    }
    const identities = await readIdentities(open.identitiesDirectory);
    const issued = await renewTerminalIdentity(identities, terminalId, { now: new Date() });
    const renewed = { ...issued, name: `${terminalId}.renewed` };
    const organization = findOrganizationOf(identities, terminalId);
    await writeUserIdentity(open.identitiesDirectory, organization, renewed);
    return renewed;
}

function describeUse(transaction: string | undefined): string {
    const form =
        transaction !== undefined && Object.hasOwn(callForms, transaction) ? callForms[transaction] : undefined;
    if (transaction === undefined || form === undefined) {
        const names = Object.entries(callForms).map(([name, { options }]) => `  ${name} ${describeShort(options)}`);
        const head =
            "Usage: npm run call -- TRANSACTION [OPTIONS | 'JSON'] [--as IDENTITY] [--topology NAME | --profile FILE]";
        return [head, ...names].join('\n');
    }
    const lines = Object.entries(form.options).map(([name, meaning]) => `  --${plain(name).padEnd(14)} ${meaning}`);
    return [`npm run call -- ${transaction} ${describeShort(form.options)}`, ...lines].join('\n');
}

function describeShort(options: Readonly<Record<string, string>>): string {
    return Object.keys(options)
        .map((name) => (name.endsWith('?') ? `[--${plain(name)} …]` : `--${name} …`))
        .join(' ');
}

function plain(name: string): string {
    return name.replace(/\?$/, '');
}

runScript(main);
