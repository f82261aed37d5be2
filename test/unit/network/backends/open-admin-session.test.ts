import { describe, expect, it } from '@jest/globals';
import { openConfigSession } from '../../../../network/backends/open-admin-session';
import type { RunningNetwork } from '../../../../network/backends/running-network';

describe('openConfigSession', () => {
    it('says which step the embedded network lacks (NOT_ON_EMBEDDED)', async () => {
        const opened = openConfigSession({ backend: 'embedded' } as RunningNetwork, 'revoke a certificate');
        await expect(opened).rejects.toMatchObject({ fault: { code: 'NOT_ON_EMBEDDED' } });
        await expect(opened).rejects.toThrow(
            'The embedded network cannot revoke a certificate: its channel’s configuration stays as its topology makes it',
        );
    });
});
