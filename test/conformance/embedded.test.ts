import { describeFabric } from './fabric-suite';
import { startEmbedded } from './start-embedded';

describeFabric('the embedded network', { start: startEmbedded, canBeHarmed: true });
