import { Context } from 'fabric-contract-api';
import type { ChaincodeStub } from 'fabric-shim-api';
import { AuthorityRepository } from './authority/authority-repository';
import { AcquisitionRepository } from './acquisition/acquisition-repository';
import { AnchorRepository } from './anchors/anchor-repository';
import { AssetRepository } from './assets/asset-repository';
import { newCaller, type Caller } from './caller/caller';
import { TransactionClock } from './clock/transaction-clock';
import { ControlRepository } from './control/control-repository';
import { DisplacementRepository } from './displacement/displacement-repository';
import { malformed } from './input/read-field';
import { MeasurementRepository } from './measurement/measurement-repository';
import { SignedReadingRepository } from './measurement/signed-reading-repository';
import { OracleRepository } from './oracles/oracle-repository';
import { RosterRepository } from './registration/roster-repository';
import { TerminalRepository } from './registration/terminal-repository';
import { RolesRepository } from './roles/roles-repository';
import { DetailsRepository } from './supervision/details-repository';
import { SupervisionRepository } from './supervision/supervision-repository';

/** Function name and the one JSON argument that every transaction takes. */
const argumentCount = 2;

/** What one transaction works with: its clock, its caller and the repositories, each made when first asked for. */
export class GridContext extends Context {
    #caller: Caller | undefined;
    #clock: TransactionClock | undefined;

    /**
     * Called by fabric-shim before it looks at the parameters. Their number is checked here, because the framework's
     * own refusal carries no code.
     */
    setChaincodeStub(stub: ChaincodeStub): void {
        this.stub = stub;
        if (stub.getStringArgs().length !== argumentCount) {
            throw malformed('', 'not-one-argument');
        }
    }

    get caller(): Caller {
        this.#caller ??= newCaller(this.clientIdentity);
        return this.#caller;
    }

    get clock(): TransactionClock {
        this.#clock ??= new TransactionClock(this.stub);
        return this.#clock;
    }

    /** Id and time as records carry them: ctx.stub has the id, the client wrote the time. */
    get transaction(): { readonly transactionId: string; readonly transactionTimeMs: number } {
        return { transactionId: this.stub.getTxID(), transactionTimeMs: this.clock.nowMs };
    }

    get roles(): RolesRepository {
        return new RolesRepository(this.stub);
    }

    get terminals(): TerminalRepository {
        return new TerminalRepository(this.stub);
    }

    get rosters(): RosterRepository {
        return new RosterRepository(this.stub);
    }

    get authority(): AuthorityRepository {
        return new AuthorityRepository(this.stub);
    }

    get displacements(): DisplacementRepository {
        return new DisplacementRepository(this.stub);
    }

    get control(): ControlRepository {
        return new ControlRepository(this.stub);
    }

    get measurements(): MeasurementRepository {
        return new MeasurementRepository(this.stub);
    }

    get signedReadings(): SignedReadingRepository {
        return new SignedReadingRepository(this.stub);
    }

    get acquisition(): AcquisitionRepository {
        return new AcquisitionRepository(this.stub);
    }

    get assets(): AssetRepository {
        return new AssetRepository(this.stub);
    }

    get supervision(): SupervisionRepository {
        return new SupervisionRepository(this.stub);
    }

    get details(): DetailsRepository {
        return new DetailsRepository(this.stub);
    }

    get anchors(): AnchorRepository {
        return new AnchorRepository(this.stub);
    }

    get oracles(): OracleRepository {
        return new OracleRepository(this.stub);
    }
}
