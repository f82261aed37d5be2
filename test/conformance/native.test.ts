import { native } from '../support/back-ends';
import { describeFabric } from './fabric-suite';
import { startNative } from './start-native';

describeFabric(native, { start: startNative, canBeHarmed: false });
