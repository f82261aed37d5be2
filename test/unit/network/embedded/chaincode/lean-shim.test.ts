import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';

interface Logger {
    level: string;
    debug(line: string): unknown;
    info(line: string, more?: object): unknown;
    error(line: string): unknown;
}
interface Winston {
    createLogger: (options: object) => Logger;
    readonly format: { printf(render: (info: { level: string; message: string }) => string): object };
    readonly transports: { readonly Stream: new (options: object) => object };
}
interface LeanShim {
    readonly skipUnshownLines: (winston: { createLogger: Winston['createLogger'] }) => void;
    readonly rememberCertificates: (x509: { readonly Certificate: { fromPEM: (pem: string) => object } }) => void;
}

const load = createRequire(__filename);
const { skipUnshownLines, rememberCertificates } = load(
    '../../../../../network/embedded/chaincode/lean-shim.cjs',
) as LeanShim;
const winston = createRequire(load.resolve('fabric-shim/package.json'))('winston') as Winston;

/** What a logger printed, and how often it made a line. */
function logWith(createLogger: Winston['createLogger'], level: string): { printed: string; formatted: number } {
    let printed = '';
    let formatted = 0;
    const stream = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
            printed += chunk.toString();
            done();
        },
    });
    const logger = createLogger({
        level: 'error',
        format: winston.format.printf(({ level: shown, message }) => {
            formatted += 1;
            return `${shown} ${message}`;
        }),
        transports: [new winston.transports.Stream({ stream })],
    });
    logger.level = level;
    logger.debug('reading');
    logger.info('started', { more: 1 });
    logger.error('broken');
    return { printed, formatted };
}

describe('lean-shim', () => {
    it.each([
        ['error', 1],
        ['info', 2],
        ['debug', 3],
    ])('prints at level %s what winston prints, and makes no line that is not shown', (level, lines) => {
        const stock = logWith(winston.createLogger, level);
        const lean = { createLogger: winston.createLogger };
        skipUnshownLines(lean);
        const spared = logWith(lean.createLogger, level);
        expect(spared.printed).toBe(stock.printed);
        expect(spared.formatted).toBe(lines);
        expect(stock.formatted).toBe(3);
    });

    it('parses equal certificates once and different ones each', () => {
        const parsed: string[] = [];
        const x509 = {
            Certificate: {
                fromPEM: (pem: string) => {
                    parsed.push(pem);
                    return { pem };
                },
            },
        };
        rememberCertificates(x509);
        const { Certificate } = x509;
        expect(Certificate.fromPEM('a')).toEqual({ pem: 'a' });
        expect(Certificate.fromPEM('a')).toBe(Certificate.fromPEM('a'));
        expect(Certificate.fromPEM('b')).toEqual({ pem: 'b' });
        expect(parsed).toEqual(['a', 'b']);
    });

    it('parses a certificate again that it has forgotten among very many', () => {
        let parsed = 0;
        const x509 = { Certificate: { fromPEM: (pem: string) => ({ pem, at: (parsed += 1) }) } };
        rememberCertificates(x509);
        for (let index = 0; index <= 2048; index++) x509.Certificate.fromPEM(String(index));
        x509.Certificate.fromPEM('0');
        expect(parsed).toBe(2050);
    });

    it('does not remember a certificate that could not be parsed', () => {
        const x509 = {
            Certificate: {
                fromPEM: (): object => {
                    throw new SyntaxError('no certificate');
                },
            },
        };
        rememberCertificates(x509);
        expect(() => x509.Certificate.fromPEM()).toThrow();
    });
});
