import { AuthorityContract } from './authority/authority-contract';
import { ControlContract } from './control/control-contract';
import { DisplacementContract } from './displacement/displacement-contract';
import { AcquisitionContract } from './acquisition/acquisition-contract';
import { AnchorsContract } from './anchors/anchors-contract';
import { AssetsContract } from './assets/assets-contract';
import { MeasurementContract } from './measurement/measurement-contract';
import { OraclesContract } from './oracles/oracles-contract';
import { RegistrationContract } from './registration/registration-contract';
import { RolesContract } from './roles/roles-contract';
import { SupervisionContract } from './supervision/supervision-contract';

/** What fabric-shim loads. A call without a contract's name goes to the first. */
export const contracts = [
    MeasurementContract,
    RegistrationContract,
    RolesContract,
    AcquisitionContract,
    AuthorityContract,
    ControlContract,
    DisplacementContract,
    AssetsContract,
    SupervisionContract,
    AnchorsContract,
    OraclesContract,
];
