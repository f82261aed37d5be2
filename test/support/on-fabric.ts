/** The folder with Fabric's own programs; undefined where there is none, and tests on real Fabric are skipped. */
export const fabricBinaries = process.env['FABRIC_BIN'];

/** Behind the title of a suite that needs them. */
export const skippedWithoutFabric = fabricBinaries
    ? ''
    : ' (skipped: FABRIC_BIN does not name a folder with Fabric’s programs)';
