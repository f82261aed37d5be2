import { parseDocument } from 'yaml';
import type { z } from 'zod';

import { checkTopology } from './check-topology';
import { TopologyError } from './topology-errors';
import type { Finding } from './topology-errors';
import { topologySchema, topologySections } from './topology-schema';
import type { Topology } from './topology-schema';

/** What could be read of a file: the sections that are sound in themselves, and every finding. */
export interface TopologyReading {
    readonly sections: Partial<Topology>;
    readonly findings: readonly Finding[];
}

/**
 * Reads a topology file.
 *
 * @param fileName what the file is called in the error
 * @throws TopologyError TOPOLOGY_INVALID with all findings at once, each with its path in the file
 */
export function loadTopology(text: string, fileName: string): Topology {
    const { sections, findings } = readTopology(text);
    if (findings.length > 0) {
        throw new TopologyError({ code: 'TOPOLOGY_INVALID', file: fileName, findings });
    }
    return sections as Topology;
}

/** Reads as much of a topology file as can be read; throws nothing. */
export function readTopology(text: string): TopologyReading {
    const document = parseDocument(text, { prettyErrors: true });
    if (document.errors.length > 0) {
        const findings = document.errors.map(({ linePos, message }) => ({
            path: linePos ? `line ${linePos[0].line}, column ${linePos[0].col}` : 'file',
            message: `is not YAML: ${message.split('\n')[0] ?? ''}`,
        }));
        return { sections: {}, findings };
    }
    const content: unknown = document.toJS();
    const parsed = topologySchema.safeParse(content, { reportInput: true });
    const sections = parsed.success ? parsed.data : soundSectionsOf(content);
    const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => findingsOf(issue));
    return { sections, findings: [...shape, ...checkTopology(sections)] };
}

function soundSectionsOf(content: unknown): Partial<Topology> {
    if (typeof content !== 'object' || content === null) {
        return {};
    }
    const given = content as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
        Object.entries<z.ZodType>(topologySections).flatMap(([name, schema]) => {
            const section = schema.safeParse(given[name]);
            return section.success ? [[name, section.data]] : [];
        }),
    );
}

function findingsOf(issue: z.core.$ZodIssue): Finding[] {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
            path: path === '' ? key : `${path}.${key}`,
            message: 'is not a field of a topology file',
        }));
    }
    if (issue.code === 'invalid_type' && issue.input === undefined && path !== '') {
        return [{ path, message: 'is missing' }];
    }
    return [{ path: path === '' ? 'file' : path, message: issue.message }];
}
