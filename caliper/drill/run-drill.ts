import type { Selection } from '../../chaincode/src/control/control-api';
import { killOrganization, type ChangeNode } from '../../network/backends/kill-organization';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { MainStation, type HeardDisplacement } from '../../network/client/main-station';
import { moveAuthority, type AuthorityMovers } from '../../network/client/move-authority';
import { identityNames } from '../../network/identities/identity';
import { CaliperError } from '../caliper-errors';
import {
    completeControl,
    expectRefusal,
    freeOperation,
    hearDisplacement,
    selectAgain,
    selectAndConfirm,
    waitForHolder,
} from './drill-acts';
import type { DrillParties, OpenDesk, PartiesOptions } from './drill-parties';
import { deskOpener, openParties, Openings } from './drill-parties';
import type { DrillRecord } from './drill-record';
import { actDeadlineMs, DrillWatch, type ActReport } from './drill-watch';
import { handLeadTo } from './hand-lead-to';

export interface DrillOptions extends Omit<PartiesOptions, 'clock'> {
    readonly changeNode: ChangeNode;
}

/** Of the terminals' processes, too. */
const clock = Date.now;

/**
 * Loses the dispatch centre in the middle of an operation, has a substation take over, and has the dispatch centre come
 * back. What goes wrong is the record's problem, beside the steps that went well; only CaliperError `BENCH_INTERRUPTED` is
 * thrown. Nothing that it opened stays open; the network is to be stopped afterwards, since nodes may be left killed.
 */
export async function runDrill(options: DrillOptions): Promise<DrillRecord> {
    const { parts, under, signal } = options;
    const openings = new Openings();
    const watch = new DrillWatch(clock, signal);
    const loss: Loss = { killed: [], left: [] };
    let problem: string | undefined;
    try {
        await watch.within('the dispatch centre to lead the orderers', () =>
            handLeadTo(parts.dispatch.orderer.name, under, { ...options, watch }),
        );
        const course = await openCourse(options, watch, openings);
        const operationId = await beginOperation(course);
        await loseDispatch(course, loss);
        await takeOver(course, operationId);
        await comeBack(course, loss.killed);
        const [failure] = course.parties.terminal.failures;
        if (failure !== undefined) problem = `A terminal could not go on: ${failure}`;
    } catch (error) {
        if (signal.aborted) throw new CaliperError({ code: 'BENCH_INTERRUPTED' }, { cause: error });
        problem = `Waiting for ${watch.doing}: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
        await openings.close();
    }
    const { place, takesOver, approver } = parts;
    return {
        topology: under.network.name,
        terminalId: place.terminalId,
        deviceId: place.deviceId,
        medium: place.medium,
        crossesMedium: under.emulateLinks,
        ...loss,
        takenOverBy: takesOver.id,
        approvedBy: approver.id,
        steps: watch.steps,
        ...(problem !== undefined && { problem }),
    };
}

/** What all parts of a drill need. */
interface Course {
    readonly options: DrillOptions;
    readonly watch: DrillWatch;
    readonly openings: Openings;
    readonly openDesk: OpenDesk;
    readonly parties: DrillParties;
    /** Opens the switch. */
    readonly opening: Selection;
    /** Who moves authority while the dispatch centre is lost. */
    readonly movers: AuthorityMovers;
    /** The dispatcher of the substation that takes over. */
    readonly substitute: GatewayConnection;
}

async function openCourse(options: DrillOptions, watch: DrillWatch, openings: Openings): Promise<Course> {
    const { takesOver, approver, place } = options.parts;
    const { terminalId, deviceId, command } = place;
    return watch.within('everybody to stand ready', async () => {
        const parties = await openParties({ ...options, clock }, openings);
        return {
            options,
            watch,
            openings,
            openDesk: deskOpener({ ...options, clock }, openings),
            parties,
            opening: { terminalId, deviceId, command: { type: command, value: 'off' } },
            movers: {
                proposer: await parties.takesOver.as(identityNames.operator(takesOver.id)),
                approver: await parties.approver.as(identityNames.operator(approver.id)),
            },
            substitute: await parties.takesOver.as(identityNames.dispatcherOf(takesOver.id)),
        };
    });
}

/** By the dispatch centre's dispatcher, as far as the terminal's confirmation; gives the operation's id. */
async function beginOperation({ watch, parties, opening }: Course): Promise<string> {
    return watch.within('the operation to be selected and confirmed', async () => {
        const notices = await parties.takesOver.notices();
        return selectAndConfirm(watch, await parties.dispatch.as(identityNames.dispatcher), opening, notices);
    });
}

/** What is known of it so far. */
type Loss = Pick<DrillRecord, 'killed' | 'left' | 'ledOrdering'>;

/** Kills what runs of it, and closes its clients. The time of everything after that runs from before the first kill. */
async function loseDispatch({ options, watch, parties }: Course, loss: Loss): Promise<void> {
    const { under, parts, changeNode } = options;
    const leader = await watch.within('the leader of the orderers to be told', () => under.raftLeader());
    const noting: ChangeNode = async (act, node) => {
        const change = await changeNode(act, node);
        loss.killed.push(node);
        return change;
    };
    watch.begin();
    const kill = killOrganization(under.network, parts.dispatch.id, noting);
    parties.dispatch.close();
    const { left } = await watch.within('the nodes of the dispatch centre to be killed', () => kill);
    loss.left.push(...left);
    if (leader !== undefined) loss.ledOrdering = loss.killed.includes(leader);
}

const asTold = (report: ActReport): ActReport => report;

async function takeOver(course: Course, operationId: string): Promise<void> {
    const { options, watch, openings, parties, opening, movers, substitute } = course;
    const { dispatch, takesOver } = options.parts;
    const heard: HeardDisplacement[] = [];
    await watch.time('select-refused', () =>
        expectRefusal(watch, 'select-refused', substitute, { selection: opening, holder: dispatch.mspId }),
    );
    await watch.time('authority-moved', () =>
        moveAuthority(movers, { holder: takesOver.mspId, reason: 'the dispatch centre is lost' }),
    );
    const station = await watch.within('the main station of the substation to stand', () =>
        MainStation.open(substitute, {
            onDisplacement: (one) => heard.push(one),
            answerDeadlineMs: actDeadlineMs,
        }),
    );
    openings.add(() => {
        station.close();
    });
    await watch.time('displacement-heard', () => hearDisplacement(watch, parties.terminal, opening, heard), asTold);
    await watch.time('operation-freed', () => freeOperation(substitute, opening, operationId), asTold);
    await watch.time('control-completed', () => completeControl(watch, station, substitute, opening), asTold);
}

/** Its nodes start again where they left off; its dispatcher comes back by its own peer. */
async function comeBack(course: Course, killed: readonly string[]): Promise<void> {
    const { options, watch, openDesk, opening, movers } = course;
    const { dispatch, takesOver } = options.parts;
    const back = await watch.time('dispatch-returned', async () => {
        for (const node of killed) await options.changeNode('start', node);
        const desk = await openDesk(dispatch);
        const [peer] = dispatch.peers;
        if (peer !== undefined) await waitForHolder(watch, desk.gate, { peer, holder: takesOver.mspId });
        return desk.as(identityNames.dispatcher);
    });
    await watch.time('dispatch-refused', () =>
        expectRefusal(watch, 'dispatch-refused', back, { selection: opening, holder: takesOver.mspId }),
    );
    await watch.time('authority-returned', () =>
        moveAuthority(movers, { holder: dispatch.mspId, reason: 'the dispatch centre is back' }),
    );
    await watch.time('dispatch-selects', () => selectAgain(back, opening));
}
