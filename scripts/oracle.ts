/** Registers oracles, defines feeds, answers and concludes them: `npm run oracle -- …`. See scripts/README.md. */
import { exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { chooseAct, usageOf } from './network-acts/choose-act';
import { oracleActs } from './oracle-acts/list-oracle-acts';
import { runScript } from './run-script';

const command = 'oracle';

async function main(args: string[]): Promise<ExitCode> {
    const chosen = chooseAct(oracleActs, args, command);
    if (chosen === 'help' || chosen === 'nothing') {
        console.log(usageOf(oracleActs, command));
        return chosen === 'help' ? exitCodes.kept : exitCodes.badInput;
    }
    return chosen.act.run(chosen.values, chosen.words);
}

runScript(main);
