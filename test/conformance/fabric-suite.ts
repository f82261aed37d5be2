import { afterAll, beforeAll } from '@jest/globals';
import { describeOn } from '../support/back-ends';
import type { BackEnd } from '../support/back-ends';
import type { ConformanceNetwork } from './conformance-network';
import { RawClient } from './raw-client';
import { conflicts } from './suites/conflicts';
import { delivery } from './suites/delivery';
import { differences } from './suites/differences';
import { discovery } from './suites/discovery';
import { errors } from './suites/errors';
import { events } from './suites/events';
import { harm } from './suites/harm';
import { latePrivateData } from './suites/late-private-data';
import { lifecycle } from './suites/lifecycle';
import { privateData } from './suites/private-data';
import { queries } from './suites/queries';
import { transactions } from './suites/transactions';
import type { Suite, Tested } from './suites/suite';

const suites: readonly Suite[] = [
    transactions,
    conflicts,
    queries,
    privateData,
    events,
    delivery,
    discovery,
    errors,
    harm,
    lifecycle,
    differences,
    // Last: it stops peers.
    latePrivateData,
];

/** The whole suite against one back end's network, started once for all tests. */
export function describeFabric(
    backEnd: BackEnd,
    { start, canBeHarmed }: { readonly start: () => Promise<ConformanceNetwork>; readonly canBeHarmed: boolean },
): void {
    describeOn(backEnd, backEnd.title, () => {
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
