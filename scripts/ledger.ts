/** Shows the ledger in readable form, and proves what is on it: `npm run ledger -- blocks`. See scripts/README.md. */
import { parseArgs } from 'node:util';
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import type { Page } from '../chaincode/src/calls/call-api';
import { measurementCalls, type ReportedReading } from '../chaincode/src/measurement/measurement-api';
import { registrationCalls, type TerminalRecord } from '../chaincode/src/registration/registration-api';
import type { GatewayConnection } from '../network/client/connect-gateway';
import type { DescribedTransaction, NamedIdentity } from '../network/client/describe-transaction';
import { evaluateCall } from '../network/client/evaluate-call';
import { readBlock, readBlockOfTransaction, readHeight, type DescribedBlock } from '../network/client/read-ledger';
import { identityNames } from '../network/identities/identity';
import { networkOptions, openNetwork, type OpenNetwork } from './open-network';
import { anchorFile, checkFile } from './anchored-files';
import { requireView } from './ledger-views';
import { proveIntoFile, verifyReceiptFile } from './receipt-files';
import { runScript, UsageError } from './run-script';

const usage = `Usage: npm run ledger -- blocks [--from N] | tx ID | terminal ID
                          | prove ID [--out FILE] | verify RECEIPT --genesis FILE
                          | anchor FILE | check FILE
  --from N          first block to show; without it the newest 10
  --out FILE        where the receipt goes; without it ID.receipt
  --genesis FILE    genesis block of the channel, from a source that you trust; verify asks no network
  --name NAME       the document's name on the ledger; without it the file's
  --store FOLDER    where anchored documents are kept; without it .run/documents
  --as IDENTITY     who asks; without it the dispatch centre's reader, for anchor its operator
  --topology NAME   which network, when several are up
  --profile FILE    an existing network instead`;

const options = {
    from: { type: 'string' },
    out: { type: 'string' },
    genesis: { type: 'string' },
    name: { type: 'string' },
    store: { type: 'string' },
    as: { type: 'string' },
    help: { type: 'boolean', default: false },
    ...networkOptions,
} as const;
const newestShown = 10;
const readingsShown = 20;

async function main(args: string[]): Promise<ExitCode> {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [view, ...words] = positionals;
    if (values.help || view === undefined) {
        console.log(usage);
        return values.help ? exitCodes.kept : exitCodes.badInput;
    }
    requireView(view, words, givenOf(values));
    const [id = ''] = words;
    if (view === 'verify') {
        if (values.genesis === undefined) throw new UsageError('verify needs --genesis FILE; --help tells what it is.');
        console.log(await verifyReceiptFile(id, values.genesis));
        return exitCodes.kept;
    }
    const show = viewOf(view, id, values);
    return tell(await openNetwork(values), values.as, view, show);
}

/** Names of the options that were typed; `help` has a default. */
function givenOf(values: object): string[] {
    return Object.keys(values).filter((name) => name !== 'help');
}

/** Asks as the identity that is named, or who usually does, and prints the answer. */
async function tell(open: OpenNetwork, as: string | undefined, view: string, show: View): Promise<ExitCode> {
    const dispatch = open.network.organizations.find(({ role }) => role === 'dispatch')?.id ?? '';
    const usual = view === 'anchor' ? identityNames.operator(dispatch) : identityNames.reader(dispatch);
    const connection = await open.connect(as ?? usual);
    try {
        const shown = await show(connection);
        console.log(typeof shown === 'string' ? shown : shown.text);
        return typeof shown === 'string' || shown.isKept ? exitCodes.kept : exitCodes.lost;
    } finally {
        connection.close();
    }
}

/** What is shown; a check also says whether all is as it was. */
type View = (connection: GatewayConnection) => Promise<string | { readonly text: string; readonly isKept: boolean }>;

function viewOf(
    view: string,
    id: string,
    { from, out, name, store }: Readonly<Partial<Record<'from' | 'out' | 'name' | 'store', string | undefined>>>,
): View {
    if (view === 'tx') return (connection) => showTransaction(connection, id);
    if (view === 'terminal') return (connection) => showTerminal(connection, id);
    if (view === 'anchor') return (connection) => anchorFile(connection, { file: id, name, store });
    if (view === 'check') return (connection) => checkFile(connection, { file: id, name, store });
    if (view === 'prove') return (connection) => proveIntoFile(connection, id, out ?? `${id}.receipt`);
    const first = from === undefined ? undefined : blockNumberOf(from);
    return (connection) => showBlocks(connection, first);
}

function blockNumberOf(text: string): number {
    const number = Number(text);
    if (Number.isInteger(number) && number >= 0) return number;
    throw new UsageError(`--from ${text} is not a block's number.`);
}

async function showBlocks(connection: GatewayConnection, from: number | undefined): Promise<string> {
    const height = await readHeight(connection);
    const first = from ?? Math.max(0, height - newestShown);
    const numbers = Array.from({ length: Math.max(0, height - first) }, (_, index) => first + index);
    const blocks = await Promise.all(numbers.map((number) => readBlock(connection, number)));
    return [`${height} blocks, newest ${height - 1}`, ...blocks.map(describeBlock)].join('\n');
}

function describeBlock({ number, previousHash, transactions }: DescribedBlock): string {
    const head = `block ${number}  ${transactions.length} transactions  after ${previousHash.slice(0, 12) || '(none)'}`;
    const lines = transactions.map(({ transactionId, code, act, kind, creator, time }) => {
        const call = act === undefined ? kind : act.call || act.chaincode;
        return `  ${transactionId || '-'}  ${code}  ${call}  by ${describeIdentity(creator)}  ${time}`;
    });
    return [head, ...lines].join('\n');
}

async function showTransaction(connection: GatewayConnection, id: string): Promise<string> {
    const block = await readBlockOfTransaction(connection, id);
    const index = block.transactions.findIndex(({ transactionId }) => transactionId === id);
    const transaction = block.transactions[index];
    if (transaction === undefined) throw new UsageError(`Block ${block.number} does not hold ${id}.`);
    return describeTransaction(transaction, `${block.number}, place ${index}`);
}

function describeTransaction(transaction: DescribedTransaction, place: string): string {
    const { act, creator } = transaction;
    const rows: [string, string][] = [
        ['transaction', transaction.transactionId],
        ['block', place],
        ['code', transaction.code],
        ['kind', transaction.kind],
        ['time', `${transaction.time} (the client's claim)`],
        ['creator', describeIdentity(creator)],
        ['size', `${transaction.bytes} bytes`],
        ...(transaction.unreadable === undefined ? [] : [['unreadable', transaction.unreadable] as [string, string]]),
        ...(act === undefined ? [] : describeAct(act)),
    ];
    return rows.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n');
}

function describeAct(act: NonNullable<DescribedTransaction['act']>): [string, string][] {
    return [
        ['call', `${act.call} of ${act.chaincode}`],
        ...act.endorsers.map((endorser): [string, string] => ['endorser', describeIdentity(endorser)]),
        ['event', act.event ?? 'none'],
        ...act.touched.flatMap(({ namespace, reads, writes }) => [
            ...reads.map(({ key, version }): [string, string] => [
                'read',
                `${namespace} ${readable(key)} at ${version}`,
            ]),
            ...writes.map(({ key, isDelete, bytes }): [string, string] => [
                isDelete ? 'delete' : 'write',
                `${namespace} ${readable(key)}${isDelete ? '' : `, ${bytes} bytes`}`,
            ]),
        ]),
    ];
}

/** Composite keys hold NUL and U+10FFFF between their parts. */
function readable(key: string): string {
    return key
        .replaceAll('\u{10ffff}', '\u0000')
        .split('\u0000')
        .filter((part) => part !== '')
        .join(' / ');
}

async function showTerminal(connection: GatewayConnection, id: string): Promise<string> {
    const record = (await evaluateCall(connection, registrationCalls.queryTerminal(id))) as TerminalRecord;
    const ask = measurementCalls.queryHistory({ terminalId: id, pageSize: readingsShown, bookmark: '' });
    const history = (await evaluateCall(connection, ask)) as Page<ReportedReading>;
    const { location, certificate, concentrators } = record;
    const head = [
        `${record.terminalId}  ${record.kind} of ${record.mspId}  ${record.state}`,
        `  at ${location.site}, feeder ${location.feeder}, bus ${location.bus}, over ${location.medium}`,
        `  certificate ${certificate.serial}, replaced before: ${record.replacedSerials.length}`,
        `  concentrators: ${concentrators.map(({ terminalId }) => terminalId).join(', ') || 'none'}`,
        `  on-chain id ${record.onChainId}`,
        history.items.length === 0 ? '  no readings' : '  newest readings:',
    ];
    const more = history.bookmark === '' ? [] : ['  … and older ones: npm run call -- QueryHistory'];
    return [...head, ...history.items.map(describeReading), ...more].join('\n');
}

function describeReading(reading: ReportedReading): string {
    const marks = [
        reading.quality,
        ...(reading.late ? ['late'] : []),
        ...(reading.source === 'batch' ? ['batch'] : []),
    ];
    const when = new Date(reading.timeMs).toISOString();
    const by = `by ${reading.reporter} in ${reading.transactionId}`;
    return `    ${when}  ${reading.type} ${reading.value} ${reading.unit}  ${marks.join(', ')}  ${by}`;
}

function describeIdentity({ name, mspId }: NamedIdentity): string {
    return `${name || '(unnamed)'} of ${mspId || '(unknown)'}`;
}

runScript(main);
