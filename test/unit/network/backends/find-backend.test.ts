import { describe, expect, it } from '@jest/globals';
import { findBackend } from '../../../../network/backends/find-backend';

describe('findBackend', () => {
    it('finds the embedded one', () => {
        expect(findBackend('embedded').name).toBe('embedded');
    });

    it.each(['kubernetes', '', 'toString'])('says of "%s" which there are (BACKEND_UNKNOWN)', (name) => {
        expect(() => findBackend(name)).toThrow(`There is no back end named "${name}"; use embedded`);
    });
});
