import { z } from 'zod';

const port = z.int().min(1).max(65535);
const milliseconds = z.number().positive();
const kbps = z.number().positive();
const dnsLabel = z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a DNS label: a-z, 0-9 and hyphens, beginning with a letter');
const host = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an IP address');
const mspId = z.string().regex(/^[A-Za-z][A-Za-z0-9.-]*$/, 'must be an MSP id: letters, digits, dots, hyphens');
const grade = z.enum(['S', 'D', 'U']);
const place = z.enum(['busbar', 'branch-bus', 'feeder-breaker', 'open-point', 'load']);
const terminalKind = z.enum(['FTU', 'DTU', 'TTU']);

const resources = z
    .strictObject({
        cpus: z.number().positive().describe('Cores; a fraction is allowed.'),
        memoryMb: z.int().min(64).describe('Mebibytes.'),
    })
    .describe('What the node may use of its machine.');

const nodeHost = host
    .optional()
    .describe('Where the node is reached; left out: the host of the run, 127.0.0.1 by default.');

const orderer = z
    .strictObject({
        host: nodeHost,
        port: port.optional().describe('Left out: taken from ports.base.'),
        adminPort: port.optional().describe('Channel participation API. Left out: taken from ports.base.'),
        operationsPort: port.optional().describe('Health and metrics. Left out: taken from ports.base.'),
        resources,
    })
    .describe("The organisation's ordering node.");

const peer = z.strictObject({
    role: z
        .enum(['endorser', 'committer', 'backup'])
        .describe('endorser: runs chaincode and signs; committer: validates only; backup: a full copy that stands by.'),
    host: nodeHost,
    port: port.optional().describe('Left out: taken from ports.base.'),
    chaincodePort: port.optional().describe('Left out: taken from ports.base.'),
    operationsPort: port.optional().describe('Left out: taken from ports.base.'),
    resources,
});

const organization = z.strictObject({
    id: dnsLabel.describe('Short name; part of host names and identity names.'),
    mspId: mspId.describe("Fabric's id of the organisation's membership service provider."),
    displayName: z.string().min(1).max(80),
    role: z.enum(['dispatch', 'substation']).describe('Exactly one organisation is the dispatch centre.'),
    area: z
        .strictObject({
            busbars: z.array(z.string()).describe('Bus numbers of the busbars it is responsible for.'),
            feeders: z.array(z.string()).describe('Feeders, as the subnet column of lines.csv names them.'),
        })
        .describe('The part of the grid whose terminals it owns; empty for the dispatch centre.'),
    uplink: z
        .string()
        .describe("A name under media: what lies between the organisation's nodes and those of the others."),
    orderer,
    peers: z.array(peer).min(1).max(5).describe('The first is the anchor peer and must be an endorser.'),
    chaincode: z
        .strictObject({ host: nodeHost, port: port.optional().describe('Left out: taken from ports.base.'), resources })
        .describe("The organisation's own chaincode process (chaincode as a service)."),
});

const medium = z.strictObject({
    name: dnsLabelOrDigit(),
    latencyMs: z
        .number()
        .min(0)
        .describe('One way, between a terminal and every node, or a site and what joins the sites.'),
    jitterMs: z.number().min(0).describe('Largest deviation of the latency, either way; not above the latency.'),
    lossRate: z
        .number()
        .min(0)
        .max(0.5)
        .describe('Share of segments lost; each costs the time until TCP sends it again.'),
    uplinkKbps: kbps.describe(
        'Terminals or site to network, shared by all terminals of the medium or all nodes of the site; kbit/s.',
    ),
    downlinkKbps: kbps.describe('Network to terminals or site, likewise; kbit/s.'),
    clockToleranceMs: milliseconds.describe("How far a reading's time may lie from the time of the proposal."),
    requestTimeoutMs: milliseconds.describe("Client's deadline for an endorsement or a query."),
    commitTimeoutMs: milliseconds.describe("Client's deadline for the commit event."),
    gatewayHolders: z
        .enum(['every-terminal', 'concentrators'])
        .describe('Who opens a connection of its own; where concentrators do, they report for the other terminals.'),
    origin: z
        .array(
            z.strictObject({
                figure: z.string().min(1).describe('Which of the figures above.'),
                grade: grade.describe('S: read in the named source; D: derived as told; U: unsourced.'),
                text: z.string().min(1),
            }),
        )
        .min(1)
        .describe('Where the figures come from.'),
});

/** Medium names begin with a digit as often as not: 4g, 5g. */
function dnsLabelOrDigit(): z.ZodString {
    return z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be made of a-z, 0-9 and hyphens, at most 32');
}

const placeRule = z.discriminatedUnion('at', [
    z
        .strictObject({
            at: z.literal('busbar'),
            kind: terminalKind,
            busNameContains: z.string().min(1).describe('A bus whose name contains this is a busbar.'),
        })
        .describe('One terminal at each busbar of an area.'),
    z
        .strictObject({
            at: z.literal('branch-bus'),
            kind: terminalKind,
            lineSwitchesAtLeast: z.int().min(2).describe('Switches at lines that meet in the bus.'),
        })
        .describe('One terminal at each bus of a feeder in which so many lines with a switch meet.'),
    z
        .strictObject({
            at: z.literal('feeder-breaker'),
            kind: terminalKind,
            switchType: z.string().min(1).describe('CB: circuit breaker.'),
        })
        .describe('One terminal at each switch of this type at a line of a feeder.'),
    z
        .strictObject({ at: z.literal('open-point'), kind: terminalKind })
        .describe('One terminal at each line switch that is normally open.'),
    z
        .strictObject({
            at: z.literal('load'),
            kind: terminalKind,
            profilePrefix: z.string().min(1).describe('Loads whose profile begins with this.'),
        })
        .describe('Terminals at loads, spread over the feeders, until `count` is reached.'),
]);

const mediumRule = z.strictObject({
    medium: z.string().describe('A name under media.'),
    at: z.array(place).min(1).describe('Places for which this entry holds.'),
    feeders: z.array(z.string()).min(1).optional().describe('Only on these feeders; left out: on all.'),
});

const terminals = z
    .strictObject({
        count: z.int().min(1).max(5000).describe('How many terminals the network has.'),
        places: z.array(placeRule).min(1).describe('Taken in this order; the load entry, last, fills up to count.'),
        media: z.array(mediumRule).min(1).describe('Which medium a terminal is on: the first entry that fits.'),
        concentratorKind: terminalKind.describe(
            'Terminals of this kind may report for others of their own medium and organisation at their bus, else on their feeder.',
        ),
    })
    .describe('The rule that places the terminals in the grid.');

const collection = z.strictObject({
    name: z
        .string()
        .regex(/^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/, "must be a collection name by Fabric's rule")
        .describe('As the contract names it.'),
    members: z
        .array(z.string())
        .min(1)
        .describe('MSP ids, or ids of organisations, whose peers hold the data and whose clients may read them.'),
    requiredPeerCount: z
        .int()
        .min(0)
        .describe('Member peers to which an endorser must hand the data before it endorses, itself not counted.'),
    maximumPeerCount: z.int().min(0).describe('Member peers to which it hands them at most.'),
    blockToLive: z.int().min(0).describe('Blocks after which members forget the data; 0 keeps them.'),
    memberOnlyRead: z.boolean().describe('Whether chaincode refuses to read for clients of others.'),
    memberOnlyWrite: z.boolean().describe('Whether chaincode refuses to write for clients of others.'),
    endorsementPolicy: z
        .string()
        .min(1)
        .optional()
        .describe("Of what is written into it, in Fabric's policy language. Left out: the chaincode's."),
});

const limit = z.strictObject({
    ms: milliseconds,
    source: z.string().min(1),
    rateTps: z.number().positive().describe('Acts a second in the round that it is judged on.'),
    rateOrigin: z.string().min(1).describe('Where that rate comes from.'),
});

/** The sections of a topology file. Its prose reference, docs/topology-reference.md, is generated from here. */
export const topologySections = {
    name: dnsLabel.describe('wired, wireless, …; part of run folders and of reports.'),
    title: z.string().min(1).max(120),
    domain: z
        .string()
        .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain name of at least two labels')
        .describe('Domain under which the organisations have theirs: orderer.<organisation>.<domain>.'),
    seed: z.int().min(0).max(0xffffffff).describe('Of everything that is drawn by lot.'),
    grid: z.strictObject({
        folder: z
            .string()
            .min(1)
            .describe(
                "Folder of the grid's CSV files: from the project's root, or from this file where it begins with a dot.",
            ),
        description: z.string().min(1),
        feederNameContains: z.string().min(1).describe('A line belongs to a feeder when its subnet contains this.'),
    }),
    ports: z.strictObject({
        base: port.describe('First port; each organisation takes twenty. An option of the command overrides it.'),
    }),
    organizations: z.array(organization).min(1).max(20),
    channel: z.strictObject({
        name: z
            .string()
            .regex(
                /^[a-z][a-z0-9.-]{0,248}$/,
                'must be a channel name: a-z, 0-9, dots, hyphens, beginning with a letter',
            ),
        blockCutting: z
            .strictObject({
                timeoutMs: z.int().min(1).max(60_000).describe("Fabric's BatchTimeout."),
                maxMessageCount: z.int().min(1).describe('Transactions in a block at most.'),
                preferredMaxBytes: z.int().min(1024).describe('A block is cut before it would exceed this.'),
                absoluteMaxBytes: z.int().min(1024).describe('A larger transaction is refused.'),
            })
            .describe('A block is cut at whichever comes first.'),
        endorsementPolicy: z.string().min(1).describe("Default of the channel, in Fabric's policy language."),
    }),
    chaincode: z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$/, "must be a chaincode name by Fabric's rule"),
        version: z.string().regex(/^[A-Za-z0-9_.+-]+$/, "must be a chaincode version by Fabric's rule"),
        sequence: z.int().min(1),
        endorsementPolicy: z.string().min(1).describe("Of the chaincode, in Fabric's policy language."),
        collections: z
            .array(collection)
            .optional()
            .describe('Private data that only some organisations hold. Left out: none.'),
    }),
    roleHolders: z
        .strictObject({
            operator: z.array(mspId).min(1).describe('May confirm, suspend and resume terminals of their own.'),
            dispatcher: z.array(mspId).min(1),
            supervisor: z.array(mspId).min(1),
        })
        .describe('MSP ids that may hold each role; written to the ledger once.'),
    media: z.array(medium).min(1),
    terminals,
    limits: z.strictObject({
        displacement: limit.describe('Switch displacement to the main station.'),
        remoteControl: limit.describe('Remote control, from order to completion.'),
    }),
    workers: z
        .array(z.strictObject({ medium: z.string().describe('The one medium this worker speaks for.') }))
        .min(1)
        .describe('The Caliper workers. Their number must divide the 500 transactions of a round.'),
};

export const topologySchema = z.strictObject(topologySections);

/** A topology file, parsed. What was left out in it is filled in by `resolveTopology`. */
export type Topology = z.infer<typeof topologySchema>;
export type TopologyOrganization = Topology['organizations'][number];
export type PlaceRule = Topology['terminals']['places'][number];
export type MediumRule = Topology['terminals']['media'][number];
export type PlaceName = PlaceRule['at'];
