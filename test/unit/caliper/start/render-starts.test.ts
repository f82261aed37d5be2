import { describe, expect, it } from '@jest/globals';
import { renderStarts } from '../../../../caliper/start/render-starts';

describe('the measured starts', () => {
    it('are shown one by one, with the limit and those over it', () => {
        const text = renderStarts({
            schemaVersion: 1,
            startedAt: '2026-05-01T12:00:00.000Z',
            conditions: {
                backend: 'native',
                topology: 'wired',
                terminals: 60,
                limitMs: 8000,
                machine: { cpuModel: 'a processor', cores: 2, memoryMb: 1, node: 'v20' },
                versions: {},
            },
            starts: [
                { upMs: 4100, setMs: 900, totalMs: 5000, load: 0.4, kept: true },
                { upMs: 7200, setMs: 1000, totalMs: 8200, load: 3.25, kept: false },
            ],
        });
        expect(text).toContain('wired on native, 60 terminals registered');
        expect(text).toMatch(/^1 +4\.10 s +0\.90 s +5\.00 s +0\.4$/m);
        expect(text).toMatch(/^2 +7\.20 s +1\.00 s +8\.20 s +3\.[23] +OVER THE LIMIT$/m);
        expect(text).toContain('1 of 2 within 8.00 s.');
    });
});
