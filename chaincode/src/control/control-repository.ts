import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page } from '../calls/call-api';
import { pageOfHistory } from '../ledger-access/history-page';
import { StateRepository } from '../ledger-access/state-repository';
import type {
    DeviceHistoryFilter,
    DeviceName,
    EarthRecord,
    OperationRecord,
    SectionHistoryFilter,
    TagRecord,
} from './control-api';

/** Operations and tags of devices, earths on sections; the history of each is who did what. */
export class ControlRepository {
    readonly #operations: StateRepository<OperationRecord>;
    readonly #tags: StateRepository<TagRecord>;
    readonly #earths: StateRepository<EarthRecord>;

    constructor(stub: ChaincodeStub) {
        this.#operations = new StateRepository(stub, 'operation');
        this.#tags = new StateRepository(stub, 'tag');
        this.#earths = new StateRepository(stub, 'earth');
    }

    async findOperation({ terminalId, deviceId }: DeviceName): Promise<OperationRecord | undefined> {
        return this.#operations.find(terminalId, deviceId);
    }

    async putOperation(record: OperationRecord): Promise<Buffer> {
        return this.#operations.put(record, record.terminalId, record.deviceId);
    }

    async operationHistory(filter: DeviceHistoryFilter): Promise<Page<OperationRecord>> {
        return pageOfHistory(this.#operations.history(filter.terminalId, filter.deviceId), filter);
    }

    async findTags({ terminalId, deviceId }: DeviceName): Promise<TagRecord | undefined> {
        return this.#tags.find(terminalId, deviceId);
    }

    async putTags(record: TagRecord): Promise<Buffer> {
        return this.#tags.put(record, record.terminalId, record.deviceId);
    }

    async tagHistory(filter: DeviceHistoryFilter): Promise<Page<TagRecord>> {
        return pageOfHistory(this.#tags.history(filter.terminalId, filter.deviceId), filter);
    }

    async findEarths(section: string): Promise<EarthRecord | undefined> {
        return this.#earths.find(section);
    }

    /** The records of several sections, one get each; none is read where none is asked for. */
    async findAllEarths(sections: readonly string[]): Promise<(EarthRecord | undefined)[]> {
        const found: (EarthRecord | undefined)[] = [];
        for (const section of sections) {
            found.push(await this.findEarths(section));
        }
        return found;
    }

    async putEarths(record: EarthRecord): Promise<Buffer> {
        return this.#earths.put(record, record.section);
    }

    async earthHistory(filter: SectionHistoryFilter): Promise<Page<EarthRecord>> {
        return pageOfHistory(this.#earths.history(filter.section), filter);
    }
}
