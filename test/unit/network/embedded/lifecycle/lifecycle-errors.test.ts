import { describe, expect, it } from '@jest/globals';
import { LifecycleError } from '../../../../../network/embedded/lifecycle/lifecycle-errors';
import type { LifecycleFault } from '../../../../../network/embedded/lifecycle/lifecycle-errors';

/** What no suite asks a running network for; all others are compared with Fabric's there. */
const faults: readonly (readonly [LifecycleFault, string])[] = [
    [{ code: 'NAMESPACE_NOT_DEFINED', name: 'nosuch' }, 'namespace nosuch is not defined'],
    [{ code: 'CHANNEL_NOT_NAMED' }, "could not get channelconfig for channel ''"],
    [
        { code: 'APPROVAL_NOT_FOUND', name: 'nosuch', sequence: 0, channelId: 'grid' },
        "could not fetch approved chaincode definition (name: 'nosuch', sequence: '0') on channel 'grid'",
    ],
];

describe('a fault of the lifecycle', () => {
    it.each(faults)('%j is told in Fabric’s words', (fault, sentence) => {
        expect(new LifecycleError(fault).message).toBe(sentence);
    });
});
