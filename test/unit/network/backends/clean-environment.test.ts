import { describe, expect, it } from '@jest/globals';
import { cleanEnvironment } from '../../../../network/backends/clean-environment';

describe('cleanEnvironment', () => {
    it.each(['http_proxy', 'HTTPS_PROXY', 'grpc_proxy', 'ALL_PROXY', 'no_proxy', 'No_Grpc_Proxy'])(
        'leaves out %s, which would send a connection elsewhere',
        (name) => {
            expect(cleanEnvironment({ [name]: 'http://office.example:3128', PATH: '/bin' })).toEqual({ PATH: '/bin' });
        },
    );

    it('keeps everything else', () => {
        expect(cleanEnvironment({ HOME: '/home/me', FABRIC_BIN: '/opt' })).toEqual({
            HOME: '/home/me',
            FABRIC_BIN: '/opt',
        });
    });
});
