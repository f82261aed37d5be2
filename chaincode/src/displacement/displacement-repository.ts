import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page } from '../calls/call-api';
import { ContractError } from '../faults/contract-error';
import { StateRepository } from '../ledger-access/state-repository';
import {
    displacementLimits,
    type DisplacementFilter,
    type DisplacementRecord,
    type JudgedDisplacement,
} from './displacement-api';
import { judgeDisplacement, type FormerDisplacement } from './displacement-rules';

const soeDigits = String(displacementLimits.soe.max).length;

/** Displacements, each under its terminal and SOE number. */
export class DisplacementRepository {
    readonly #records: StateRepository<DisplacementRecord>;

    constructor(stub: ChaincodeStub) {
        this.#records = new StateRepository(stub, 'displacement');
    }

    /** Blind: nothing is read first, so reports of one block never conflict. A copy shows in the key's history. */
    async put(record: DisplacementRecord): Promise<Buffer> {
        return this.#records.put(record, record.terminalId, soeKey(record.soe));
    }

    /** One page in the order of SOE numbers, each judged by its copies and by the one before it, across pages too. */
    async page(filter: DisplacementFilter): Promise<Page<JudgedDisplacement>> {
        const { terminalId, pageSize, fromSoe = 0 } = filter;
        const place = filter.bookmark === '' ? { from: fromSoe, former: undefined } : parsePlace(filter.bookmark);
        const bookmark = JSON.stringify([soeKey(place.from)]);
        const page = await this.#records.page([terminalId], { pageSize, bookmark });
        let former: FormerDisplacement | undefined = place.former;
        const items: JudgedDisplacement[] = [];
        for (const { soe } of page.items) {
            const judged = judgeDisplacement(await this.#copies(terminalId, soe), former);
            items.push(judged);
            former = { soe, timeMs: Math.max(former?.timeMs ?? 0, judged.displacement.timeMs) };
        }
        return { items, bookmark: page.bookmark === '' ? '' : newPlace(page.bookmark, former) };
    }

    /** All that was reported under a number, oldest first. */
    async #copies(terminalId: string, soe: number): Promise<[DisplacementRecord, ...DisplacementRecord[]]> {
        const copies: DisplacementRecord[] = [];
        for await (const { record } of this.#records.history(terminalId, soeKey(soe))) {
            copies.unshift(record);
        }
        const [first, ...later] = copies;
        if (first === undefined) {
            throw new ContractError({ code: 'RECORD_UNREADABLE', record: 'displacement', schemaVersion: null });
        }
        return [first, ...later];
    }
}

/** Numbers in keys sort as text, so they have leading zeros. */
function soeKey(soe: number): string {
    return String(soe).padStart(soeDigits, '0');
}

function newPlace(nextPage: string, former: FormerDisplacement | undefined): string {
    const [from] = JSON.parse(nextPage) as [string];
    return JSON.stringify([Number(from), former?.soe ?? 0, former?.timeMs ?? 0]);
}

function parsePlace(bookmark: string): { readonly from: number; readonly former: FormerDisplacement } {
    let place: unknown;
    try {
        place = JSON.parse(bookmark);
    } catch {
        place = undefined;
    }
    const isPlace =
        Array.isArray(place) &&
        place.length === 3 &&
        place.every((part) => Number.isSafeInteger(part) && (part as number) >= 0);
    const [from, soe, timeMs] = isPlace ? (place as [number, number, number]) : [0, 0, 0];
    if (!isPlace || from > displacementLimits.soe.max || soe >= from) {
        throw new ContractError({ code: 'BOOKMARK_UNKNOWN' });
    }
    return { from, former: { soe, timeMs } };
}
