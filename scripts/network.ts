/** Runs a network on this machine: `npm run network -- up | down | status | …`. See scripts/README.md. */
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { chooseAct, usageOf } from './network-acts/choose-act';
import { networkActs } from './network-acts/list-acts';
import { runScript } from './run-script';

async function main(): Promise<ExitCode> {
    const chosen = chooseAct(networkActs, process.argv.slice(2));
    if (chosen === 'help' || chosen === 'nothing') {
        console.log(usageOf(networkActs));
        return chosen === 'help' ? exitCodes.kept : exitCodes.badInput;
    }
    return chosen.act.run(chosen.values, chosen.words);
}

runScript(main);
