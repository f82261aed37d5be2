import type { ReadingInput } from '../../chaincode/src/measurement/measurement-api';
import type { Network } from '../../network/topology/network-model';
import { gridFolderOf } from '../../network/topology/project-root';
import { TopologyError } from '../../network/topology/topology-errors';
import { readOperation } from './read-operation';
import type { GridOperation } from './read-operation';
import { SeededRandom } from '../../network/topology/seeded-random';
import { shareTerminals } from './share-terminals';
import type { FleetTerminal, WorkerShare } from './share-terminals';
import { measureAt, readingTypesOf, selectOperation } from './simbench-readings';
import type { MeasuredType } from './simbench-readings';

/** A reading with the identity that is to send it. */
export interface FleetReading extends FleetTerminal {
    readonly reading: ReadingInput;
}

interface Member extends FleetTerminal {
    readonly types: readonly MeasuredType[];
    readonly firstType: number;
}

/**
 * The terminals of one worker. They report one after the other; a terminal's next reading is the next of its types, one
 * step of the operation (15 minutes) later than its last. So the n-th reading depends on the seed alone, and not on how
 * fast readings are asked for; all workers of a seed begin at the same moment of the operation.
 */
export class TerminalFleet {
    readonly share: WorkerShare;
    readonly #members: readonly Member[];
    readonly #operation: GridOperation;
    readonly #startMs: number;
    #given = 0;

    constructor(share: WorkerShare, operation: GridOperation, seed: number) {
        this.share = share;
        this.#operation = operation;
        this.#startMs = new SeededRandom(seed, 'operation-start').integer(operation.steps) * operation.stepMs;
        this.#members = share.terminals.map((member) => {
            const types = readingTypesOf(member.terminal);
            const firstType = new SeededRandom(seed, `first-type/${member.terminal.id}`).integer(types.length);
            return { ...member, types, firstType };
        });
    }

    /**
     * The next reading of the next terminal.
     *
     * @param timeMs what the terminal's clock shows, epoch ms: the reading's time
     */
    nextReading(timeMs: number): FleetReading {
        const sweep = Math.floor(this.#given / this.#members.length);
        const { terminal, reporter, types, firstType } = this.#nextMember();
        const [type = 'voltage'] = types.slice((firstType + sweep) % types.length);
        const measured = measureAt(this.#operation, { terminal, type }, this.#startMs + sweep * this.#operation.stepMs);
        return { terminal, reporter, reading: { terminalId: terminal.id, timeMs, ...measured, quality: 'valid' } };
    }

    /** The terminal whose newest reading is asked for next, in the same order, without taking a reading. */
    nextTerminal(): FleetTerminal {
        const { terminal, reporter } = this.#nextMember();
        return { terminal, reporter };
    }

    #nextMember(): Member {
        const member = this.#members[this.#given % this.#members.length];
        if (!member) {
            const message = `no terminal is left for a worker on ${this.share.medium}; have fewer workers or more terminals`;
            throw new TopologyError({
                code: 'TOPOLOGY_INVALID',
                file: 'of the run',
                findings: [{ path: 'workers', message }],
            });
        }
        this.#given += 1;
        return member;
    }
}

/**
 * The fleet of a Caliper worker, with its part of the grid's operation read from the data.
 *
 * @param workerIndex place in network.workers
 * @throws TopologyError GRID_DATA_INVALID
 */
export async function openTerminalFleet(network: Network, workerIndex: number): Promise<TerminalFleet> {
    const share = shareTerminals(network)[workerIndex] ?? { medium: '', terminals: [], gateways: [] };
    const terminals = share.terminals.map(({ terminal }) => terminal);
    const operation = await readOperation(gridFolderOf(network), selectOperation(terminals));
    return new TerminalFleet(share, operation, network.seed);
}
