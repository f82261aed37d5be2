import type { AuthorityFault } from '../authority/authority-api';
import type { ControlFault } from '../control/control-api';
import type { DisplacementFault } from '../displacement/displacement-api';
import type { AcquisitionFault } from '../acquisition/acquisition-api';
import type { AnchorFault } from '../anchors/anchors-api';
import type { AssetFault } from '../assets/assets-api';
import type { TimeFault } from '../clock/clock-api';
import type { InputFault } from '../input/input-api';
import type { StoredRecordFault } from '../ledger-access/stored-record-api';
import type { MeasurementFault } from '../measurement/measurement-api';
import type { SignedReadingFault } from '../measurement/signed-reading-api';
import type { FeedFault } from '../oracles/feeds-api';
import type { OracleFault } from '../oracles/oracles-api';
import type { PrivateDataFault } from '../private-data/private-data-api';
import type { RegistrationFault } from '../registration/registration-api';
import type { RolesFault } from '../roles/roles-api';
import type { SignatureFault } from '../signatures/signature-api';
import type { SupervisionFault } from '../supervision/supervision-api';

/** Everything a transaction may refuse. A fault is a code with its data; `describeFault` makes the sentence. */
export type ChaincodeFault =
    | InputFault
    | StoredRecordFault
    | TimeFault
    | SignatureFault
    | PrivateDataFault
    | RolesFault
    | RegistrationFault
    | MeasurementFault
    | SignedReadingFault
    | AcquisitionFault
    | AuthorityFault
    | DisplacementFault
    | ControlFault
    | AssetFault
    | SupervisionFault
    | AnchorFault
    | OracleFault
    | FeedFault;
export type FaultCode = ChaincodeFault['code'];
export type FaultOf<Code extends FaultCode> = Extract<ChaincodeFault, { code: Code }>;
