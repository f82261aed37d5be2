import { machineClock } from '../../network/links/link-clock';
import type { Relay } from '../../network/links/relay';
import { startRelay } from '../../network/links/relay';
import { SeededRandom } from '../../network/topology/seeded-random';
import type { NetworkUnderTest } from './network-under-test';

/** A relay for each of these media, all or none. */
export async function startRelays(
    { network, nodes: targets }: Pick<NetworkUnderTest, 'network' | 'nodes'>,
    media: readonly string[],
): Promise<Relay[]> {
    return Promise.all(
        network.media
            .filter(({ name }) => media.includes(name))
            .map((medium) => {
                const random = new SeededRandom(network.seed, `jitter/${medium.name}`);
                return startRelay({ medium, clock: machineClock, random: () => random.next(), targets });
            }),
    );
}
