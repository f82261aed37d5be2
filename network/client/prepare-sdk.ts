/**
 * Prepares fabric-common for everything of ours. Import this before fabric-network: its loggers are bound when its
 * modules load, and a switched-off logger still costs 5 % of a client's CPU in the strings that are made for it.
 */
import { join } from 'node:path';
import { setConfigSetting, setLogger } from 'fabric-common/lib/Utils';

const drop = (): void => undefined;

setLogger({ debug: drop, info: drop, warn: drop, error: drop });
withoutArguments(() => {
    setConfigSetting('crypto-suite-software', { EC: join(__dirname, 'crypto-suite-entry.cjs') });
});

/**
 * fabric-common looks for settings of its own on the command line when its first setting is touched, by a parser that
 * answers `--help` and `--version` itself and ends the process (fabric-common 2.2.20: lib/Config.js, nconf.argv). A
 * command line is for the script that was started.
 */
function withoutArguments(act: () => void): void {
    const given = process.argv;
    process.argv = given.slice(0, 2);
    try {
        act();
    } finally {
        process.argv = given;
    }
}
