// For `node --require`: gives a process TypeScript, native signing and a silent SDK before anything else is loaded, as
// Caliper's workers need it. Nothing is printed.
if (!process[Symbol.for('ts-node.register.instance')]) {
    require('ts-node').register({ project: require.resolve('../../tsconfig.json'), swc: true });
}
require('./prepare-sdk.ts');
