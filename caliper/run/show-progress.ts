import type { BenchmarkProgress, ShowProgress } from './benchmark-progress';

const clearLine = '\r\u001b[2K';

/**
 * Shows a person where the run is. On a terminal the last line moves; elsewhere (a file, a pipe) each step and each
 * finished round is one line.
 */
export function newProgressDisplay(write: (text: string) => void, isTerminal: boolean): ShowProgress {
    return (progress) => {
        const isWhole = progress.kind === 'step' || progress.isOver;
        if (isTerminal) write(`${clearLine}${describe(progress)}${isWhole ? '\n' : ''}`);
        else if (isWhole) write(`${describe(progress)}\n`);
    };
}

function describe(progress: BenchmarkProgress): string {
    if (progress.kind === 'step') return `${progress.topology}: ${progress.text}`;
    const { label, planned, submitted, succeeded, failed } = progress;
    const width = 20;
    const filled = Math.min(width, Math.round((width * (succeeded + failed)) / Math.max(1, planned)));
    const bar = `${'#'.repeat(filled)}${'.'.repeat(width - filled)}`;
    return `${label.padEnd(24)} [${bar}] ${submitted}/${planned} sent, ${succeeded} done, ${failed} failed`;
}
