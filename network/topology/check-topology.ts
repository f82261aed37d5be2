import { listListeners } from './allocate-ports';
import { isSatisfiableBy, mspIdsOf, outlinePolicy } from './policy-outline';
import type { Finding } from './topology-errors';
import type { Topology } from './topology-schema';

/** Transactions in a round of the benchmark; the workers share them evenly. */
export const transactionsPerRound = 500;

type Section = keyof Topology;

interface Rule<S extends Section> {
    readonly needs: readonly S[];
    readonly check: (sections: Pick<Topology, S>) => Finding[];
}

const rule = <S extends Section>(needs: readonly S[], check: (sections: Pick<Topology, S>) => Finding[]): Rule<S> => ({
    needs,
    check,
});

const rules = [
    rule(['organizations'], checkUniqueOrganizations),
    rule(['organizations'], checkDispatch),
    rule(['organizations'], checkRaft),
    rule(['organizations'], checkAnchors),
    rule(['organizations'], checkAreas),
    rule(['organizations', 'ports'], checkPorts),
    rule(['organizations', 'channel'], ({ organizations, channel }) =>
        checkPolicy('channel.endorsementPolicy', channel.endorsementPolicy, organizations),
    ),
    rule(['organizations', 'chaincode'], ({ organizations, chaincode }) =>
        checkPolicy('chaincode.endorsementPolicy', chaincode.endorsementPolicy, organizations),
    ),
    rule(['organizations', 'chaincode'], checkCollections),
    rule(['channel'], checkBlockCutting),
    rule(['organizations', 'roleHolders'], checkRoleHolders),
    rule(['media'], checkMedia),
    rule(['terminals'], checkPlaces),
    rule(['media', 'organizations'], checkUplinks),
    rule(['media', 'terminals'], checkMediumRules),
    rule(['media', 'workers'], checkWorkers),
    rule(['terminals', 'workers'], checkWorkedMedia),
];

/**
 * What the fields of a topology must be to each other. Every rule whose sections could be read is applied, so that a file
 * with one bad field still learns of all its other faults.
 */
export function checkTopology(sections: Partial<Topology>): Finding[] {
    return rules.flatMap((item) => {
        const { needs, check } = item as Rule<Section>;
        return needs.every((section) => sections[section] !== undefined) ? check(sections as Topology) : [];
    });
}

/** A finding for each value that stood before. */
function findRepeats(values: readonly string[], pathOf: (index: number) => string, what: string): Finding[] {
    return values.flatMap((value, index) =>
        values.indexOf(value) < index ? [{ path: pathOf(index), message: `${what} ${value} is given twice` }] : [],
    );
}

function checkUniqueOrganizations({ organizations }: Pick<Topology, 'organizations'>): Finding[] {
    return [
        ...findRepeats(
            organizations.map(({ id }) => id),
            (index) => `organizations.${index}.id`,
            'organisation',
        ),
        ...findRepeats(
            organizations.map(({ mspId }) => mspId),
            (index) => `organizations.${index}.mspId`,
            'MSP id',
        ),
    ];
}

function checkDispatch({ organizations }: Pick<Topology, 'organizations'>): Finding[] {
    const centres = organizations.filter(({ role }) => role === 'dispatch').length;
    const findings: Finding[] = [];
    if (centres !== 1) {
        findings.push({ path: 'organizations', message: `exactly one must have the role dispatch, not ${centres}` });
    }
    for (const [index, { role, area }] of organizations.entries()) {
        if (role === 'dispatch' && area.busbars.length + area.feeders.length > 0) {
            findings.push({ path: `organizations.${index}.area`, message: 'the dispatch centre owns no terminals' });
        }
    }
    return findings;
}

function checkRaft({ organizations }: Pick<Topology, 'organizations'>): Finding[] {
    return organizations.length % 2 === 1
        ? []
        : [
              {
                  path: 'organizations',
                  message: `each runs one orderer, and Raft needs an odd number of them, not ${organizations.length}`,
              },
          ];
}

function checkAnchors({ organizations }: Pick<Topology, 'organizations'>): Finding[] {
    return organizations.flatMap(({ peers }, index) =>
        peers[0]?.role === 'endorser'
            ? []
            : [
                  {
                      path: `organizations.${index}.peers.0.role`,
                      message: 'the first peer is the anchor: it must be an endorser',
                  },
              ],
    );
}

function checkAreas({ organizations }: Pick<Topology, 'organizations'>): Finding[] {
    const flat = (name: 'busbars' | 'feeders'): { path: string; value: string }[] =>
        organizations.flatMap(({ area }, at) =>
            area[name].map((value, index) => ({ path: `organizations.${at}.area.${name}.${index}`, value })),
        );
    return (['busbars', 'feeders'] as const).flatMap((name) => {
        const entries = flat(name);
        return findRepeats(
            entries.map(({ value }) => value),
            (index) => entries[index]?.path ?? '',
            name === 'busbars' ? 'busbar' : 'feeder',
        );
    });
}

function checkPorts({ organizations, ports }: Pick<Topology, 'organizations' | 'ports'>): Finding[] {
    const listeners = listListeners(organizations, { host: '127.0.0.1', basePort: ports.base });
    const taken = new Map<string, string>();
    return listeners.flatMap(({ path, host, port }) => {
        const address = `${host}:${port}`;
        const other = taken.get(address);
        taken.set(address, other ?? path);
        if (port > 65535) {
            return [{ path, message: `port ${port} is beyond 65535; lower ports.base` }];
        }
        return other === undefined ? [] : [{ path, message: `${address} is taken by ${other}` }];
    });
}

function checkPolicy(path: string, policy: string, organizations: Topology['organizations']): Finding[] {
    const outline = outlinePolicy(policy);
    if (typeof outline === 'string') {
        return [{ path, message: outline }];
    }
    const known = new Set(organizations.map(({ mspId }) => mspId));
    const unknown = mspIdsOf(outline).filter((mspId) => !known.has(mspId));
    if (unknown.length > 0) {
        return [{ path, message: `names ${unknown.join(', ')}, of which no organisation is known` }];
    }
    const endorsing = organizations.filter(({ peers }) => peers.some(({ role }) => role === 'endorser'));
    const canEndorse = isSatisfiableBy(outline, new Set(endorsing.map(({ mspId }) => mspId)));
    return canEndorse ? [] : [{ path, message: 'cannot be satisfied by the endorsing peers of the network' }];
}

function checkCollections({ organizations, chaincode }: Pick<Topology, 'organizations' | 'chaincode'>): Finding[] {
    const collections = chaincode.collections ?? [];
    const pathOf = (index: number): string => `chaincode.collections.${index}`;
    const known = new Set(organizations.flatMap(({ id, mspId }) => [id, mspId]));
    const repeats = findRepeats(
        collections.map(({ name }) => name),
        (index) => `${pathOf(index)}.name`,
        'collection',
    );
    const others = collections.flatMap(({ members, requiredPeerCount, maximumPeerCount, endorsementPolicy }, at) => [
        ...members.flatMap((member, index) =>
            known.has(member)
                ? []
                : [{ path: `${pathOf(at)}.members.${index}`, message: `there is no organisation ${member}` }],
        ),
        ...(maximumPeerCount < requiredPeerCount
            ? [
                  {
                      path: `${pathOf(at)}.maximumPeerCount`,
                      message: `must not be below requiredPeerCount (${requiredPeerCount})`,
                  },
              ]
            : []),
        ...(endorsementPolicy === undefined
            ? []
            : checkPolicy(`${pathOf(at)}.endorsementPolicy`, endorsementPolicy, organizations)),
    ]);
    return [...repeats, ...others];
}

function checkBlockCutting({ channel }: Pick<Topology, 'channel'>): Finding[] {
    const { preferredMaxBytes, absoluteMaxBytes } = channel.blockCutting;
    return preferredMaxBytes <= absoluteMaxBytes
        ? []
        : [
              {
                  path: 'channel.blockCutting.preferredMaxBytes',
                  message: `must not exceed absoluteMaxBytes (${absoluteMaxBytes})`,
              },
          ];
}

function checkRoleHolders({ organizations, roleHolders }: Pick<Topology, 'organizations' | 'roleHolders'>): Finding[] {
    const known = new Set(organizations.map(({ mspId }) => mspId));
    return Object.entries(roleHolders).flatMap(([role, mspIds]) =>
        mspIds.flatMap((mspId, index) =>
            known.has(mspId)
                ? []
                : [
                      {
                          path: `roleHolders.${role}.${index}`,
                          message: `there is no organisation with the MSP id ${mspId}`,
                      },
                  ],
        ),
    );
}

function checkMedia({ media }: Pick<Topology, 'media'>): Finding[] {
    const tooUneven = media.flatMap(({ jitterMs, latencyMs }, index) =>
        jitterMs > latencyMs
            ? [
                  {
                      path: `media.${index}.jitterMs`,
                      message: `must not exceed latencyMs (${latencyMs}): no packet arrives before it is sent`,
                  },
              ]
            : [],
    );
    const repeats = findRepeats(
        media.map(({ name }) => name),
        (index) => `media.${index}.name`,
        'medium',
    );
    return [...repeats, ...tooUneven];
}

function checkPlaces({ terminals }: Pick<Topology, 'terminals'>): Finding[] {
    const places = terminals.places.map(({ at }) => at);
    const findings = findRepeats(places, (index) => `terminals.places.${index}.at`, 'place');
    const load = places.indexOf('load');
    if (load >= 0 && load < places.length - 1) {
        findings.push({ path: `terminals.places.${load}`, message: 'fills up to count, so it must be the last entry' });
    }
    if (!terminals.places.some(({ kind }) => kind === terminals.concentratorKind)) {
        findings.push({ path: 'terminals.concentratorKind', message: `no place has a ${terminals.concentratorKind}` });
    }
    return findings;
}

function checkUplinks({ media, organizations }: Pick<Topology, 'media' | 'organizations'>): Finding[] {
    const known = new Set(media.map(({ name }) => name));
    return organizations.flatMap(({ uplink }, index) =>
        known.has(uplink) ? [] : [unknownMedium(`organizations.${index}.uplink`, uplink, known)],
    );
}

function checkMediumRules({ media, terminals }: Pick<Topology, 'media' | 'terminals'>): Finding[] {
    const known = new Set(media.map(({ name }) => name));
    return terminals.media.flatMap(({ medium }, index) =>
        known.has(medium) ? [] : [unknownMedium(`terminals.media.${index}.medium`, medium, known)],
    );
}

function checkWorkers({ media, workers }: Pick<Topology, 'media' | 'workers'>): Finding[] {
    const known = new Set(media.map(({ name }) => name));
    const findings = workers.flatMap(({ medium }, index) =>
        known.has(medium) ? [] : [unknownMedium(`workers.${index}.medium`, medium, known)],
    );
    if (transactionsPerRound % workers.length !== 0) {
        findings.push({
            path: 'workers',
            message: `their number must divide the ${transactionsPerRound} transactions of a round; ${workers.length} does not`,
        });
    }
    return findings;
}

/** A medium with terminals and no worker would silently be left out of every round. */
function checkWorkedMedia({ terminals, workers }: Pick<Topology, 'terminals' | 'workers'>): Finding[] {
    const worked = new Set(workers.map(({ medium }) => medium));
    return terminals.media.flatMap(({ medium }, index) =>
        worked.has(medium)
            ? []
            : [
                  {
                      path: `terminals.media.${index}.medium`,
                      message: `no worker speaks for ${medium}; add one under workers`,
                  },
              ],
    );
}

function unknownMedium(path: string, medium: string, known: ReadonlySet<string>): Finding {
    return { path, message: `there is no medium ${medium}; media has ${[...known].join(', ')}` };
}
