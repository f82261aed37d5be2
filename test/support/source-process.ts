/** Reads the address that is its argument, in a process with an environment of its own, and prints what came of it. */
import { HttpSource } from '../../network/client/oracles/http-source';
import { sourceFaultOf } from './oracle-sources';

const [address = ''] = process.argv.slice(2);
sourceFaultOf(new HttpSource(address).read()).then(
    (fault) => {
        process.stdout.write(fault?.code ?? 'read');
    },
    (error: unknown) => {
        throw error;
    },
);
