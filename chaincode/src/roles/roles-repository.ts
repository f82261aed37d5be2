import type { ChaincodeStub } from 'fabric-shim-api';
import { StateRepository } from '../ledger-access/state-repository';
import type { RolesRecord } from './roles-api';

/** The one record of who may hold which role. */
export class RolesRepository {
    readonly #records: StateRepository<RolesRecord>;

    constructor(stub: ChaincodeStub) {
        this.#records = new StateRepository(stub, 'roles');
    }

    async find(): Promise<RolesRecord | undefined> {
        return this.#records.find();
    }

    async put(record: RolesRecord): Promise<Buffer> {
        return this.#records.put(record);
    }
}
