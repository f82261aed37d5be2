import { describe, expect, it } from '@jest/globals';
import { openAdminSession } from '../../../../network/backends/open-admin-session';
import type { RunningNetwork } from '../../../../network/backends/running-network';

describe('openAdminSession', () => {
    it('says which step the embedded network lacks (NOT_ON_EMBEDDED)', async () => {
        const opened = openAdminSession({ backend: 'embedded' } as RunningNetwork, 'revoke a certificate');
        await expect(opened).rejects.toMatchObject({ fault: { code: 'NOT_ON_EMBEDDED' } });
        await expect(opened).rejects.toThrow('The embedded network cannot revoke a certificate: ');
    });
});
