import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { renderTopologyReference } from '../../../../network/generate/render-topology-reference';
import { readShippedText } from '../../../support/read-shipped-topology';

/** Every field that occurs in a value, list numbers as `*`. */
function fieldsOf(value: unknown, path = ''): string[] {
    if (Array.isArray(value)) {
        return value.flatMap((item) => fieldsOf(item, `${path}.*`));
    }
    if (typeof value !== 'object' || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([name, child]) => {
        const field = path === '' ? name : `${path}.${name}`;
        return [field, ...fieldsOf(child, field)];
    });
}

describe('renderTopologyReference', () => {
    it.each(['wired', 'wireless'] as const)('explains every field of %s', async (name) => {
        const listed = new Set(
            [...renderTopologyReference().matchAll(/^\| `([^`]+)`/gm)].map(([, field = '']) =>
                field.replace(/ \([a-z-]+\)/, ''),
            ),
        );
        const used = fieldsOf(parse(await readShippedText(name)));
        expect(used.filter((field) => !listed.has(field))).toEqual([]);
    });
});
