import { describe, expect, it } from '@jest/globals';
import { html, Markup } from '../../../../../caliper/report/html/markup';
import { linearScaleFromZero, logScale, roundStep } from '../../../../../caliper/report/html/scale';

describe('html', () => {
    it('escapes every value that is not markup itself', () => {
        expect(html`<b title="${'"x"'}">${'<script>&'}</b>`.text).toBe(
            '<b title="&quot;x&quot;">&lt;script&gt;&amp;</b>',
        );
    });

    it('takes markup as it is, joins lists and leaves out what is undefined', () => {
        expect(html`${new Markup('<i>')}${[new Markup('<b>'), 'a<', 1]}${undefined}`.text).toBe('<i><b>a&lt;1');
    });
});

describe('scales', () => {
    it('put equal factors equally far apart on a logarithmic axis', () => {
        const scale = logScale({ from: 1, to: 100 }, { from: 0, to: 10 }, [1, 10, 1000]);
        expect(scale.at(10)).toBeCloseTo(5);
        expect(scale.ticks).toEqual([1, 10]);
    });

    it('reach above the highest value in round steps on a linear axis', () => {
        const scale = linearScaleFromZero(205, { from: 100, to: 0 });
        expect(scale.ticks).toEqual([0, 50, 100, 150, 200, 250]);
        expect(scale.at(250)).toBe(0);
        expect(roundStep(0.03)).toBeCloseTo(0.05);
    });
});
