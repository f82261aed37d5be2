/** Runs a network on this machine: `npm run network -- up | down | status | …`. See scripts/README.md. */
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { chooseAct, usageOf, type ChosenAct } from './network-acts/choose-act';
import { findAct, listActs } from './network-acts/list-acts';
import { exitCodeOfError, runScript } from './run-script';

async function main(args: string[]): Promise<ExitCode> {
    const chosen = chooseNamed(args) ?? chooseAct(listActs(), args);
    if (chosen === 'help' || chosen === 'nothing') {
        console.log(usageOf(listActs()));
        return chosen === 'help' ? exitCodes.kept : exitCodes.badInput;
    }
    return chosen.act.run(chosen.values, chosen.words);
}

/** The act that is named, where that is what was typed; with no other loaded, which take their time. */
function chooseNamed(args: readonly string[]): ChosenAct | undefined {
    const named = args.map(findAct).find((act) => act !== undefined);
    if (named === undefined) return undefined;
    try {
        const chosen = chooseAct([named], args);
        return typeof chosen === 'string' ? undefined : chosen;
    } catch (error) {
        // Every act is asked, which tells what is wrong.
        if (exitCodeOfError(error) === undefined) throw error;
        return undefined;
    }
}

runScript(main);
