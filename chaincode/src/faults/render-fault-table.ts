import { faultCodes } from './fault-api';
import { faultCatalogue } from './fault-catalogue';

/** The chaincode's part of docs/errors.md: a Markdown table, one row a code, in alphabetical order. */
export function renderFaultTable(): string {
    const rows = faultCodes.map(
        (code) => `| \`${code}\` | ${faultCatalogue[code].meaning} | ${faultCatalogue[code].action} |`,
    );
    return ['| Code | Meaning | What to do |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
