import { describe, expect, it } from '@jest/globals';
import { differenceBetween } from '../../../../network/backends/kept-network';
import { aNetwork } from '../../../support/a-network';

describe('differenceBetween', () => {
    const kept = { backend: 'native', asked: aNetwork() } as const;

    it('tells a network with modelled links from one without: its channel names nodes that only they resolve', () => {
        expect(differenceBetween({ ...kept, links: true }, { ...kept, links: false })).toBe('modelled links (--links)');
        expect(differenceBetween(kept, { ...kept, links: true })).toBe('no modelled links');
        expect(differenceBetween(kept, { ...kept, links: false })).toBeUndefined();
    });
});
