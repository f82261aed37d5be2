import { beforeEach, describe, expect, it } from '@jest/globals';
import { anchorsCalls, anchorsEvents, type AnchorInput } from '../../../../chaincode/src/anchors/anchors-api';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { TestGrid } from '../../../support/chaincode/test-grid';

const anchor: AnchorInput = { name: '报告 1.pdf', sha256: 'ab'.repeat(32), sizeBytes: 3, place: 'folder:ab' };
const page = { pageSize: 10, bookmark: '' };
let grid: TestGrid;

beforeEach(async () => {
    grid = await TestGrid.start();
});

describe('an anchor', () => {
    it('keeps name, digest, size and place of a document, and who said so', async () => {
        const { event, calls } = await grid.ledger.submit(anchorsCalls.anchor(anchor), grid.operator);
        expect(event?.name).toBe(anchorsEvents.anchored);
        expect(calls).toMatchObject({ gets: 2, puts: 2 });
        const kept = { ...anchor, schemaVersion: 1, byMspId: 'DispatchMSP', byName: 'dispatch-operator' };
        expect(await grid.ledger.evaluate(anchorsCalls.queryAnchor(anchor.name), grid.reader)).toMatchObject(kept);
        const ofDigest = anchorsCalls.listOfDigest({ sha256: anchor.sha256, ...page });
        expect(await grid.ledger.evaluate(ofDigest, grid.reader)).toMatchObject({ items: [kept], bookmark: '' });
    });

    it('is made once for each name, by any organisation', async () => {
        await grid.ledger.submit(anchorsCalls.anchor(anchor), grid.operator);
        const again = anchorsCalls.anchor({ ...anchor, sha256: 'cd'.repeat(32) });
        const fault = await expectFault(grid.ledger.submit(again, grid.foreignOperator), 'ANCHOR_EXISTS');
        expect(fault.sha256).toBe(anchor.sha256);
    });

    it('is unknown until it is made', async () => {
        await expectFault(grid.ledger.evaluate(anchorsCalls.queryAnchor('x'), grid.reader), 'ANCHOR_UNKNOWN');
    });
});
