import { describe, expect, it } from '@jest/globals';
import { readBenchmarkArguments } from '../../../../caliper/run/benchmark-arguments';

describe('readBenchmarkArguments', () => {
    it('measures 500 transactions a round on both topologies with our connector when nothing is said', () => {
        expect(readBenchmarkArguments([])).toEqual({
            help: false,
            topologies: ['wired', 'wireless'],
            suite: 'default',
            rates: undefined,
            transactions: 500,
            connector: 'grid',
            backend: 'embedded',
            profile: undefined,
            basePort: undefined,
            seed: undefined,
            output: undefined,
            withoutDrill: undefined,
        });
    });

    it('takes what is said', () => {
        const args = '--topology wired --suite full --rates 10,20 --transactions 40 --connector stock --seed 7'.split(
            ' ',
        );
        expect(readBenchmarkArguments(args)).toMatchObject({
            topologies: ['wired'],
            suite: 'full',
            rates: [10, 20],
            transactions: 40,
            connector: 'stock',
            seed: 7,
        });
        expect(readBenchmarkArguments(['--base-port', '22000'])).toMatchObject({ basePort: 22_000 });
        expect(readBenchmarkArguments(['--profile', 'mine.yaml'])).toMatchObject({ profile: 'mine.yaml' });
    });

    it('says why a run ends without the drill', () => {
        const whyOf = (args: string): string | undefined => readBenchmarkArguments(args.split(' ')).withoutDrill;
        expect(whyOf('--suite drill')).toBeUndefined();
        expect(whyOf('--backend native --suite full')).toBeUndefined();
        expect(whyOf('--no-drill')).toContain('--no-drill');
        expect(whyOf('--profile mine.yaml')).toContain('somebody else’s');
        expect(whyOf('--backend docker')).toContain('containers');
    });

    it.each([
        [['--suite', 'huge'], "--suite is 'huge': give default or full or thesis or drill."],
        [['--rates', '10,fast'], "--rates is 'fast': give whole numbers from 1 on."],
        [['--rates=-1'], "--rates is '-1': give whole numbers from 1 on."],
        [['--rates', '10,0'], "--rates is '0': give whole numbers from 1 on."],
        [['--transactions', '1.5'], "--transactions is '1.5': give whole numbers from 1 on."],
        [['--connector', 'other'], "--connector is 'other': give grid or stock."],
        [['--seed', ''], /^--seed: give whole numbers from 0 on\.$/],
        [['--base-port', '80'], "--base-port is '80': give whole numbers from 1024 on."],
        [['--base-port', '70000'], "--base-port is '70000': give a whole number from 1024 to 65000."],
        [['--profile', 'a.yaml', '--base-port', '9000'], /^--base-port is '9000': give either it or --profile/],
        [
            ['--suite', 'drill', '--rates', '10'],
            "--rates is '10': give no rates with --suite drill, which has no rounds.",
        ],
        [['--suite', 'drill', '--transactions', '10'], /^--transactions is '10': give none with --suite drill/],
        [['--suite', 'drill', '--connector', 'stock'], "--connector is 'stock': give grid with --suite drill."],
        [['--suite', 'drill', '--no-drill'], /^--suite is 'drill': give another suite: --no-drill was given\.$/],
        [['--suite', 'drill', '--profile', 'a.yaml'], /^--suite is 'drill': give another suite: .* somebody else’s/],
        [['--suite', 'drill', '--backend', 'docker'], /^--suite is 'drill': give another suite: nodes in containers/],
        [['--profile', 'a.yaml', '--topology', 'wired'], /^--topology is 'wired': give either it or --profile/],
    ])('refuses %j in one sentence', (args, message) => {
        expect(() => readBenchmarkArguments(args)).toThrow(message);
        expect(() => readBenchmarkArguments(args)).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'BENCH_ARGUMENT_INVALID' }) }),
        );
    });

    it.each([[['--bogus']], [['word']], [['--rates']]])('leaves %j to who tells what Node’s parser says', (args) => {
        const code: unknown = expect.stringMatching(/^ERR_PARSE_ARGS/);
        expect(() => readBenchmarkArguments(args)).toThrow(expect.objectContaining({ code }));
    });
});
