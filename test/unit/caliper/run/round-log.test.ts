import { describe, expect, it } from '@jest/globals';
import type { TrafficSnapshot } from '../../../../caliper/run/round-log';
import { RoundLog } from '../../../../caliper/run/round-log';

describe('RoundLog', () => {
    let bytes = 0;
    const log = (): RoundLog => {
        bytes = 0;
        return new RoundLog((): TrafficSnapshot => new Map([['4g', { bytesUp: bytes, bytesDown: 2 * bytes }]]));
    };

    it('counts what crossed the links between the start and the end of a round', () => {
        const rounds = log();
        bytes = 100;
        rounds.note({ kind: 'round-started', label: 'a' });
        bytes = 150;
        rounds.note({ kind: 'round-finished', label: 'a' });
        bytes = 500;
        expect([...rounds.trafficOf('a')]).toEqual([['4g', { bytesUp: 50, bytesDown: 100 }]]);
    });

    it('leaves out what opening the gateways cost', () => {
        const rounds = log();
        rounds.note({ kind: 'round-started', label: 'a' });
        bytes = 1000;
        rounds.beginAnew();
        bytes = 1010;
        rounds.note({ kind: 'round-finished', label: 'a' });
        expect(rounds.trafficOf('a').get('4g')?.bytesUp).toBe(10);
    });

    it('knows no traffic of a round that did not end', () => {
        const rounds = log();
        rounds.note({ kind: 'round-started', label: 'a' });
        expect(rounds.trafficOf('a').size).toBe(0);
    });

    it("keeps Caliper's figures, and why a round failed; a result told again is no news", () => {
        const rounds = log();
        const result = { kind: 'result', label: 'a', figures: { Succ: 5 } } as const;
        expect(rounds.note(result)).toBe(true);
        expect(rounds.note(result)).toBe(false);
        rounds.note({ kind: 'round-failed', label: 'b', why: 'broke' });
        expect(rounds.figuresOf('a')).toEqual({ Succ: 5 });
        expect([rounds.problemOf('a'), rounds.problemOf('b')]).toEqual([undefined, 'broke']);
    });
});
