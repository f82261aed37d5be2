import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface LockedPackage {
    readonly version?: string;
    readonly resolved?: string;
    readonly hasInstallScript?: boolean;
    readonly optional?: boolean;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(__dirname, '..', '..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
};
const names = Object.keys(lock.packages);

/** Packages with an install script that a working tree does not need run: what the script would do, and why not. */
const scriptsNotNeeded = new Map([
    ['es5-ext', 'prints a message'],
    ['protobufjs', 'checks a version scheme'],
    ['@swc/core', 'looks for a fallback when no binary package fits'],
    ['ssh2', 'builds an optional accelerator of a docker monitor that is not used'],
    ['cpu-features', 'the same accelerator'],
    ['@parcel/watcher', 'builds when no binary package fits'],
    ['unrs-resolver', 'looks for a fallback when no binary package fits'],
    ['pkcs11js', 'builds the access to hardware security modules, which is optional'],
    ['fsevents', 'macOS only'],
]);

describe('the installed tree', () => {
    it('leaves out the Ethereum connector of Caliper with web3 and its native builds', () => {
        expect(names.filter((name) => /(^|\/)(web3|@ethereumjs|scrypt|keccak|secp256k1)([-/]|$)/.test(name))).toEqual(
            [],
        );
        const standIn = join(root, 'node_modules/@hyperledger/caliper-ethereum/package.json');
        expect(JSON.parse(readFileSync(standIn, 'utf8'))).toHaveProperty('name', '@favware/skip-dependency');
    });

    it('works without install scripts: every package that has one is known not to need it', () => {
        const scripted = names
            .filter((name) => lock.packages[name]?.hasInstallScript === true)
            .map((name) => name.replace(/^.*node_modules\//, ''));
        expect(scripted.filter((name) => !scriptsNotNeeded.has(name))).toEqual([]);
    });

    it.each([
        'fabric-network',
        'fabric-shim',
        'fabric-contract-api',
        '@hyperledger/caliper-core',
        '@hyperledger/caliper-cli',
        '@grpc/grpc-js',
        '@swc/core',
    ])('loads %s', (name) => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- loading is what is tested
        expect(require(name)).toBeDefined();
    });

    it('holds one Fabric client SDK, since Caliper refuses to start when it finds two', () => {
        expect(names.filter((name) => name.endsWith('@hyperledger/fabric-gateway'))).toEqual([]);
    });

    it('locks the optional packages of every platform, without which npm ci refuses the lock file', () => {
        const missing = names.flatMap((name) =>
            Object.keys(lock.packages[name]?.optionalDependencies ?? {}).filter(
                (optional) =>
                    !(
                        `node_modules/${optional}` in lock.packages ||
                        `${name}/node_modules/${optional}` in lock.packages
                    ),
            ),
        );
        expect(missing).toEqual([]);
    });

    it('names no registry host in the lock file', () => {
        expect(names.filter((name) => lock.packages[name]?.resolved?.startsWith('http'))).toEqual([]);
    });

    it('gives the contracts a class-transformer that exports classToPlain, at the root and when chaincode/ is alone', () => {
        const pins = ['package.json', 'chaincode/package.json'].map(
            (file) =>
                (JSON.parse(readFileSync(join(root, file), 'utf8')) as { overrides: Record<string, string> }).overrides[
                    'class-transformer'
                ],
        );
        expect(pins).toEqual(['0.5.1', '0.5.1']);
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- the resolved copy is under test
        expect(require('class-transformer')).toHaveProperty('classToPlain');
    });
});
