import { embedded } from '../support/back-ends';
import { describeFabric } from './fabric-suite';
import { startEmbedded } from './start-embedded';

describeFabric(embedded, { start: startEmbedded, canBeHarmed: true });
