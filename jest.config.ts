import type { Config } from 'jest';

const kinds = ['unit', 'component', 'golden', 'property', 'conformance', 'scenario'] as const;

const config: Config = {
    projects: kinds.map((kind) => ({
        displayName: kind,
        rootDir: '.',
        testMatch: [`<rootDir>/test/${kind}/**/*.test.ts`],
        transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
        setupFiles: ['<rootDir>/test/support/quiet-logs.ts'],
        modulePathIgnorePatterns: ['<rootDir>/.run', '<rootDir>/chaincode/dist'],
        testEnvironment: 'node',
    })),
    reporters: ['default', '<rootDir>/scripts/plain-totals-reporter.cjs'],
    maxWorkers: 2,
    testTimeout: 60_000,
};

export default config;
