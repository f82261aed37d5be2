/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { ConformanceNetwork } from './conformance-network';
import { RawClient } from './raw-client';
import { conflicts } from './suites/conflicts';
import { delivery } from './suites/delivery';
import { discovery } from './suites/discovery';
import { errors } from './suites/errors';
import { events } from './suites/events';
import { harm } from './suites/harm';
import { queries } from './suites/queries';
import { transactions } from './suites/transactions';
import type { Suite, Tested } from './suites/suite';

const suites: readonly Suite[] = [transactions, conflicts, queries, events, delivery, discovery, errors, harm];

/** The whole suite against one network, started once for all tests. */
export function describeFabric(
    name: string,
    { start, canBeHarmed }: { readonly start: () => Promise<ConformanceNetwork>; readonly canBeHarmed: boolean },
): void {
    // eslint-disable-next-line jest/valid-title -- each network has its own
    describe(name, () => {
        let network: ConformanceNetwork;
        let client: RawClient;
        beforeAll(async () => {
            network = await start();
            client = new RawClient(network);
        });
        afterAll(async () => {
            client.close();
            await network.stop();
        });
        const tested: Tested = { network: () => network, client: () => client, canBeHarmed };
        for (const suite of suites) suite(tested);
    });
}
