import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page, PageRequest } from '../calls/call-api';
import { ContractError } from '../faults/contract-error';
import { isPrintable } from '../input/read-field';
import { keyLayouts, ledgerKey, type KeyLayout } from './composite-keys';

/**
 * One page of the values under a key prefix. Fabric's bookmark is the next key, which would let a client start
 * anywhere in the state; ours names only the attributes after the prefix, and the key is built anew from them.
 */
export async function readPage(
    stub: ChaincodeStub,
    layout: KeyLayout,
    prefix: readonly string[],
    request: PageRequest,
): Promise<Page<Uint8Array>> {
    const { iterator, metadata } = await stub.getStateByPartialCompositeKeyWithPagination(
        layout,
        [...prefix],
        request.pageSize,
        request.bookmark === ''
            ? ''
            : ledgerKey(stub, layout, [...prefix, ...parseBookmark(layout, prefix, request.bookmark)]),
    );
    const items: Uint8Array[] = [];
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
        items.push(step.value.value);
    }
    await iterator.close();
    // An empty page has empty metadata, which the shim leaves out although its type says otherwise.
    const nextKey = (metadata as typeof metadata | undefined)?.bookmark ?? '';
    return { items, bookmark: newBookmark(stub, prefix, nextKey) };
}

function newBookmark(stub: ChaincodeStub, prefix: readonly string[], nextKey: string): string {
    return nextKey === '' ? '' : JSON.stringify(stub.splitCompositeKey(nextKey).attributes.slice(prefix.length));
}

function parseBookmark(layout: KeyLayout, prefix: readonly string[], bookmark: string): string[] {
    let attributes: unknown;
    try {
        attributes = JSON.parse(bookmark);
    } catch {
        attributes = undefined;
    }
    if (!Array.isArray(attributes) || attributes.length !== keyLayouts[layout].length - prefix.length) {
        throw new ContractError({ code: 'BOOKMARK_UNKNOWN' });
    }
    return attributes.map((attribute: unknown) => {
        if (typeof attribute !== 'string' || attribute === '' || !isPrintable(attribute)) {
            throw new ContractError({ code: 'BOOKMARK_UNKNOWN' });
        }
        return attribute;
    });
}
