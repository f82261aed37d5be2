import { z } from 'zod';

import { topologySchema } from '../topology/topology-schema';

/** The part of a JSON schema that the reference shows. */
interface SchemaNode {
    readonly type?: string;
    readonly description?: string;
    readonly properties?: Readonly<Record<string, SchemaNode>>;
    readonly required?: readonly string[];
    readonly items?: SchemaNode;
    readonly oneOf?: readonly SchemaNode[];
    readonly enum?: readonly string[];
    readonly const?: string;
    readonly minimum?: number;
    readonly exclusiveMinimum?: number;
    readonly maximum?: number;
}

interface Row {
    readonly path: string;
    readonly node: SchemaNode;
    readonly isRequired: boolean;
}

/** docs/topology-reference.md: every field of a topology file, from the schema that reads it. */
export function renderTopologyReference(): string {
    const schema = z.toJSONSchema(topologySchema) as SchemaNode;
    const rows = rowsOf({ path: '', node: schema, isRequired: true }).map(
        ({ path, node, isRequired }) =>
            `| \`${path}\` | ${kindOf(node)}${isRequired ? '' : ', may be left out'} | ${node.description ?? ''} |`,
    );
    return [
        '# Fields of a topology file',
        '',
        'A topology is one YAML file, such as `network/topologies/wired.yaml`. Unknown fields are refused, and a bad file is',
        'answered with all its faults at once, each with its path. `*` stands for the number of an entry in a list.',
        '',
        '| Field | Kind | Meaning |',
        '| --- | --- | --- |',
        ...rows,
        '',
        'Further rules, across fields: one organisation is the dispatch centre; the number of organisations, and so of',
        'orderers, is odd; ids, MSP ids, media and ports are unique; a first peer endorses; policies and role holders name',
        'organisations of the file and can be satisfied; so do the members of collections; areas cover the grid’s busbars and feeders exactly; the rule finds',
        '`count` places and leaves no feeder without a terminal; every medium with terminals has a worker; the number of',
        'workers divides 500; where only concentrators hold gateways, every other terminal has a concentrator.',
        '',
    ].join('\n');
}

function rowsOf({ path, node, isRequired }: Row): Row[] {
    const own = path === '' ? [] : [{ path, node, isRequired }];
    return [...own, ...fieldsOf(path, node), ...entriesOf(path, node)];
}

function fieldsOf(path: string, { properties = {}, required = [] }: SchemaNode): Row[] {
    return Object.entries(properties).flatMap(([name, child]) =>
        rowsOf({ path: path === '' ? name : `${path}.${name}`, node: child, isRequired: required.includes(name) }),
    );
}

/** Of a list whose entries are maps; entries of several shapes are told apart by the value of their first field. */
function entriesOf(path: string, { items }: SchemaNode): Row[] {
    if (items?.oneOf) {
        return items.oneOf.flatMap((shape) => {
            const [name] = Object.values(shape.properties ?? {}).flatMap((child) =>
                child.const === undefined ? [] : [child.const],
            );
            return rowsOf({ path: `${path}.* (${name ?? ''})`, node: shape, isRequired: true });
        });
    }
    return items?.properties ? fieldsOf(`${path}.*`, items) : [];
}

function kindOf(node: SchemaNode): string {
    const choices = node.enum ?? (node.const === undefined ? undefined : [node.const]);
    if (choices) {
        return choices.map((choice) => `\`${choice}\``).join(' or ');
    }
    if (node.type === 'array') {
        return node.items?.type === 'string' && !node.items.enum ? 'list of text' : 'list';
    }
    return `${kinds[node.type ?? ''] ?? 'map'}${rangeOf(node)}`;
}

const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    object: 'map',
    boolean: 'true or false',
};

function rangeOf({ minimum, exclusiveMinimum, maximum }: SchemaNode): string {
    const from = exclusiveMinimum === undefined ? minimum : undefined;
    const bounds = [
        ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
        ...(from === undefined || from < Number.MIN_SAFE_INTEGER + 1 ? [] : [`from ${from}`]),
        ...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? [] : [`to ${maximum}`]),
    ];
    return bounds.length > 0 ? ` ${bounds.join(' ')}` : '';
}
