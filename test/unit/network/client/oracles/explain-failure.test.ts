import { describe, expect, it } from '@jest/globals';
import { explainFailure } from '../../../../../network/client/oracles/explain-failure';

const https = new URL('https://weather.example/now');
const http = new URL('http://weather.example/now');
const openssl = (reason: string): string => `80FC:error:0A00010B:SSL routines:a_function:${reason}:../a/file.c:350:\n`;

describe('explainFailure', () => {
    it.each([
        ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
        ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    ])('takes %s for a CA that is not trusted', (code) => {
        expect(explainFailure(https, { code, message: 'm' })).toEqual({ code: 'SOURCE_CA_UNKNOWN' });
    });

    it.each(['wrong version number', 'packet length too long'])('takes “%s” for a port without TLS', (reason) => {
        const failure = { code: 'EPROTO', message: `write EPROTO ${openssl(reason)}` };
        expect(explainFailure(https, failure)).toEqual({ code: 'SOURCE_OF_OTHER_SCHEME' });
    });

    it('tells the names of a certificate, or that it has none', () => {
        const code = 'ERR_TLS_CERT_ALTNAME_INVALID';
        const fault = { code: 'SOURCE_OF_OTHER_NAME', host: 'weather.example' };
        expect(explainFailure(https, { code, cert: { subjectaltname: 'DNS:a' } })).toEqual({
            ...fault,
            names: 'DNS:a',
        });
        expect(explainFailure(https, { code, cert: {} })).toEqual({ ...fault, names: 'nobody' });
    });

    it.each([
        [https, { message: openssl('tlsv1 alert protocol version') }, 'tlsv1 alert protocol version'],
        [https, { code: 'ECONNRESET', message: 'socket hang up' }, 'socket hang up'],
        [
            http,
            { code: 'ECONNRESET', message: 'socket hang up' },
            'it hung up without a word, as a server of https does',
        ],
        [http, { code: 'ECONNREFUSED', message: '', errors: [{ message: 'connect ECONNREFUSED ::1:80' }] }, '::1:80'],
        [http, { code: 'ECONNREFUSED' }, 'ECONNREFUSED'],
        [http, {}, 'for no reason that Node tells'],
    ])('tells why %s does not answer: %j', (address, failure, why) => {
        expect(explainFailure(address, failure)).toEqual({
            code: 'SOURCE_UNREACHABLE',
            why: expect.stringContaining(why),
        });
    });
});
