import { BackendError } from '../../network/backends/backend-errors';
import { CaliperError } from '../caliper-errors';

export interface Bounds {
    /** Completes "Waited in vain for …". */
    readonly forWhat: string;
    readonly deadlineMs: number;
    readonly signal: AbortSignal;
}

/**
 * What an act gives, if it gives it in time. Throws BackendError WAITED_TOO_LONG after the deadline, and CaliperError
 * `BENCH_INTERRUPTED` once the signal is aborted. The act itself is not stopped: whoever began it closes what it uses.
 */
export async function bounded<T>(act: Promise<T>, { forWhat, deadlineMs, signal }: Bounds): Promise<T> {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
            settle(() => {
                reject(new BackendError({ code: 'WAITED_TOO_LONG', forWhat, deadlineMs, lastLines: [] }));
            });
        }, deadlineMs);
        const abort = (): void => {
            settle(() => {
                reject(new CaliperError({ code: 'BENCH_INTERRUPTED' }));
            });
        };
        const settle = (how: () => void): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', abort);
            how();
        };
        signal.addEventListener('abort', abort);
        if (signal.aborted) abort();
        act.then(
            (value) => {
                settle(() => {
                    resolve(value);
                });
            },
            (error: unknown) => {
                settle(() => {
                    reject(error instanceof Error ? error : new TypeError(String(error)));
                });
            },
        );
    });
}
