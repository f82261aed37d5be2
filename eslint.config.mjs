import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const codedErrorsOnly = {
    selector: "ThrowStatement > :matches(NewExpression, CallExpression)[callee.name='Error']",
    message: 'Throw the coded error of this folder (a fault is a code with its data).',
};
const noEnvironment = {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'The environment is read in scripts/ and handed in.',
};
const noFixedSleep = {
    selector: 'AwaitExpression > CallExpression[callee.name=/^(sleep|delay|setTimeout)$/]',
    message: 'Wait for a condition with a deadline (waitUntil), not for a time.',
};
const hashPrivate = {
    selector: ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"])[accessibility="private"]',
    message: 'Use #private.',
};

export default defineConfig(
    globalIgnores(['**/dist/', '**/generated/', 'coverage/', 'reports/', '.run/']),
    js.configs.recommended,
    tseslint.configs.strictTypeChecked,
    tseslint.configs.stylisticTypeChecked,
    {
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        linterOptions: { reportUnusedDisableDirectives: 'error' },
        rules: {
            complexity: ['error', 12],
            eqeqeq: 'error',
            'no-console': 'error',
            '@typescript-eslint/consistent-type-imports': 'error',
            '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
            '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
        },
    },
    {
        files: ['chaincode/src/**', 'network/**', 'caliper/**'],
        rules: { 'no-restricted-syntax': ['error', codedErrorsOnly, noEnvironment, noFixedSleep, hashPrivate] },
    },
    {
        files: ['chaincode/src/**'],
        rules: {
            'no-restricted-globals': [
                'error',
                { name: 'Date', message: 'Time comes from the transaction (ctx.clock).' },
                { name: 'performance', message: 'Contracts are deterministic.' },
                { name: 'setTimeout', message: 'Contracts are deterministic.' },
                { name: 'setInterval', message: 'Contracts are deterministic.' },
                { name: 'crypto', message: 'Contracts are deterministic.' },
                { name: 'fetch', message: 'Contracts are deterministic.' },
            ],
            'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
            'no-restricted-imports': ['error', { patterns: ['node:*', 'fs', 'os', 'path', 'crypto'] }],
        },
    },
    {
        // The one folder of the chaincode that verifies: three functions and nothing else of node:crypto.
        files: ['chaincode/src/signatures/**'],
        rules: {
            'no-restricted-imports': [
                'error',
                {
                    patterns: ['node:*', '!node:crypto', 'fs', 'os', 'path', 'crypto'],
                    paths: [
                        {
                            name: 'node:crypto',
                            allowImportNames: ['createHash', 'createPublicKey', 'verify', 'KeyObject'],
                            message: 'Contracts hash and verify; they neither sign nor draw random numbers.',
                        },
                    ],
                },
            ],
        },
    },
    { files: ['scripts/**'], rules: { 'no-console': 'off' } },
    {
        files: ['test/**'],
        extends: [jest.configs['flat/recommended']],
        rules: {
            'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
        },
    },
    { files: ['**/*.{mjs,cjs,js}'], extends: [tseslint.configs.disableTypeChecked] },
    {
        files: ['**/*.{cjs,js}'],
        languageOptions: {
            globals: { module: 'writable', require: 'readonly', process: 'readonly', console: 'readonly' },
        },
        rules: {
            '@typescript-eslint/no-require-imports': 'off',
            '@typescript-eslint/explicit-function-return-type': 'off',
        },
    },
    prettier,
);
