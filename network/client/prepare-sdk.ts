/**
 * Prepares fabric-common for everything of ours. Import this before fabric-network: its loggers are bound when its
 * modules load, and a switched-off logger still costs 5 % of a client's CPU in the strings that are made for it.
 */
import { join } from 'node:path';
import { setConfigSetting, setLogger } from 'fabric-common/lib/Utils';

const drop = (): void => undefined;

setLogger({ debug: drop, info: drop, warn: drop, error: drop });
setConfigSetting('crypto-suite-software', { EC: join(__dirname, 'crypto-suite-entry.cjs') });
