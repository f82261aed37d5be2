import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PeerLedger } from '../../network/embedded/ledger/peer-ledger';
import { validationName } from '../../network/embedded/validate/validation-code';
import { metadataSlots, parseBlock } from '../../network/wire/block';
import { recorded, recordedChain, recordedFilteredChain } from '../support/recorded-fabric';
import { RecordedPeer } from '../support/recorded-peer';

/** Block 38 sets a key-level policy, which this peer does not keep and refuses: from there on the states differ. */
const lastBlock = 37;

const chain = recordedChain();

describe('a ledger that is given the chain of a real channel, block by block', () => {
    let ledger: PeerLedger;

    beforeAll(() => {
        const genesisBlock = chain[0] ?? Buffer.alloc(0);
        const peer = new RecordedPeer(genesisBlock, 'DispatchMSP');
        ledger = peer.ledger;
        for (const bytes of chain.slice(1, lastBlock + 1)) peer.commit(bytes);
    });

    it.each(
        recorded.chain
            .slice(0, lastBlock + 1)
            .flatMap(({ number, txs }) => txs.map((tx) => [number, tx.index, tx.codeName, tx.case ?? ''] as const)),
    )('judges transaction %i/%i %s %s', (number, index, codeName) => {
        expect(validationName(ledger.blockByNumber(number)?.codes[index] ?? 254)).toBe(codeName);
    });

    it('comes to the same state: every commit hash is the one that the real peer wrote', () => {
        for (let number = 1; number <= lastBlock; number++) {
            const ours = ledger.blockByNumber(number)?.block.metadata[metadataSlots.commitHash];
            const theirs = parseBlock(chain[number] ?? Buffer.alloc(0)).metadata[metadataSlots.commitHash];
            expect([number, ours?.toString('hex')]).toEqual([number, theirs?.toString('hex')]);
        }
    });

    it('delivers blocks of the same bytes, full and filtered', () => {
        const filtered = recordedFilteredChain();
        for (let number = 0; number <= lastBlock; number++) {
            const block = ledger.blockByNumber(number);
            expect(block?.bytes.equals(chain[number] ?? Buffer.alloc(0))).toBe(true);
            if (filtered[number]?.length === 0) continue;
            expect([number, block?.filteredBytes().toString('hex')]).toEqual([
                number,
                filtered[number]?.toString('hex'),
            ]);
        }
    });
});
