import { describe, expect, it } from '@jest/globals';
import { parseOid } from '../../../../network/wire/certificate';
import { derElement, derInteger, derOid, derTime, parseDer } from '../../../../network/wire/der';
import { newPem, parsePem } from '../../../../network/wire/pem';

describe('DER', () => {
    it.each([
        ['00', '020100'],
        ['', '020100'],
        ['7f', '02017f'],
        ['80', '02020080'],
        ['000001', '020101'],
        ['00ff', '020200ff'],
    ])('writes the number %s as %s', (magnitude, expected) => {
        expect(derInteger(Buffer.from(magnitude, 'hex')).toString('hex')).toBe(expected);
    });

    it.each(['2.5.29.14', '1.2.840.10045.4.3.2', '1.2.3.4.5.6.7.8.1', '2.5.29.37.0'])('writes and reads %s', (oid) => {
        expect(parseOid(parseDer(derOid(oid)))).toBe(oid);
    });

    it.each([0, 127, 128, 255, 256, 70_000])('writes and reads %d bytes', (length) => {
        const contents = Buffer.alloc(length, 1);
        expect(parseDer(derElement(4, contents)).contents).toEqual(contents);
    });

    it('writes times after 2049 with four digits of the year', () => {
        expect(derTime(new Date('2049-12-31T23:59:59.999Z')).toString('latin1', 2)).toBe('491231235959Z');
        expect(derTime(new Date('2050-01-01T00:00:00Z')).toString('latin1', 2)).toBe('20500101000000Z');
    });

    it.each(['', '30', '3005', '3080', '30850000000000', '0402ff'])('refuses %j, which ends early', (hex) => {
        expect(() => parseDer(Buffer.from(hex, 'hex'))).toThrow(/DER element/);
    });
});

describe('PEM', () => {
    it('is read again, whatever stands around it', () => {
        const der = Buffer.alloc(100, 9);
        expect(parsePem(`text\n${newPem('CERTIFICATE', der)}rest`)).toEqual(der);
        expect(parsePem(newPem('X', der).replaceAll('\n', '\r\n'))).toEqual(der);
    });

    it.each(['', 'nothing', '-----BEGIN X-----\nAA', '-----BEGIN X-----\nAAAA\n-----END Y-----'])(
        'is not %j',
        (text) => {
            expect(() => parsePem(text)).toThrow(/PEM/);
        },
    );
});
