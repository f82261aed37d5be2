// Prints "N passed, N failed" alone on the last line, after Jest's own summary; skipped tests stand above it.
module.exports = class PlainTotalsReporter {
    onRunComplete(_contexts, results) {
        const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
        const skipped = results.numPendingTests + results.numTodoTests;
        // Jest writes its summary after all reporters of ours, whatever their order.
        process.once('exit', () => {
            if (skipped > 0) process.stdout.write(`${skipped} skipped: each says why in its title\n`);
            process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
        });
    }
};
