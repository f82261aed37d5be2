import { describe, expect, it } from '@jest/globals';
import type { RunningNetwork } from '../../../../network/backends/running-network';
import { atPeersDesk } from '../../../../network/peers/at-peers-desk';
import { describePeersFault, type PeersFault } from '../../../../network/peers/peers-errors';
import { aNetwork } from '../../../support/a-network';

const faults: readonly PeersFault[] = [
    { code: 'PEERS_FIXED', backend: 'docker', step: 'add a peer' },
    { code: 'NOT_A_PEER', node: 'orderer.primary', kind: 'orderer', step: 'move' },
    { code: 'ORGANIZATION_ID_UNKNOWN', id: 'nowhere', known: ['dispatch', 'primary'] },
    { code: 'NODE_NOT_SERVING', node: 'peer0.primary', forWhat: 'a planned move' },
    { code: 'NO_LEDGER', node: 'chaincode.primary' },
    { code: 'PRIMARY_SERVES', organization: 'primary', node: 'peer0.primary' },
    { code: 'NO_BACKUP_PEER', organization: 'primary' },
    { code: 'CHAIN_BROKEN', source: 'peer0.primary', block: 7, reason: 'it is not signed' },
    { code: 'BACKUP_FOLDER_TAKEN', folder: '/copies/one' },
    { code: 'BACKUP_INVALID', file: '/copies/one/backup.json', reason: 'it cannot be read' },
    { code: 'PEERS_BUSY', runDirectory: '/run/wired', pid: 7 },
    { code: 'ALREADY_WATCHED', runDirectory: '/run/wired', pid: 7 },
];

describe('faults of peers', () => {
    it.each(faults)('$code is told in a sentence that names what it is about', (fault) => {
        const sentence = describePeersFault(fault);
        const data = Object.entries(fault).filter(([name]) => name !== 'code');
        for (const [, value] of data) for (const part of [value].flat()) expect(sentence).toContain(String(part));
        expect(sentence).toMatch(/^[A-Z/].*\.$|^[a-z0-9.]+ .*\.$/);
    });
});

describe('an act on the peers of a running network', () => {
    const running = (backend: RunningNetwork['backend']): RunningNetwork => ({
        backend,
        network: aNetwork(),
        runDirectory: '/nowhere',
        identitiesDirectory: '/nowhere/identities',
        connectionProfiles: {},
        networkPid: 0,
        chaincodePids: [],
        startedAtMs: 0,
    });
    const never = (): Promise<never> => Promise.reject(new Error('it ran'));

    it('is refused on the embedded network, by the step’s name (NOT_ON_EMBEDDED)', async () => {
        const refused = atPeersDesk(running('embedded'), 'add a peer', never);
        await expect(refused).rejects.toMatchObject({ fault: { code: 'NOT_ON_EMBEDDED', step: 'add a peer' } });
        await expect(refused).rejects.toThrow(/^The embedded network cannot add a peer: its peers are parts of one/);
    });

    it('is refused where peers cannot come and go (PEERS_FIXED)', async () => {
        await expect(atPeersDesk(running('docker'), 'move a peer', never)).rejects.toMatchObject({
            fault: { code: 'PEERS_FIXED', backend: 'docker', step: 'move a peer' },
        });
    });
});
