import { describe } from '@jest/globals';

/** The folder with Fabric's own programs; undefined where there is none. */
export const fabricBinaries = process.env['FABRIC_BIN'];

/** A suite that needs real Fabric: skipped, with a sentence in its title, where FABRIC_BIN names none. */
export function describeOnFabric(title: string, suite: () => void): void {
    if (fabricBinaries) describe(title, suite);
    else describe.skip(`${title} (skipped: FABRIC_BIN does not name a folder with Fabric’s programs)`, suite);
}
