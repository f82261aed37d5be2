import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page, PageRequest } from '../calls/call-api';
import { StateRepository } from '../ledger-access/state-repository';
import type { DueEntry, FindingName, FindingRecord } from './finding-api';
import type {
    AssetConfiguration,
    ConfigurationRecord,
    InformationAssetRecord,
    InformationAssetSummary,
    OfInformationAsset,
    PortFilter,
    SecurityTestRecord,
    StageFilter,
    VersionFilter,
} from './supervision-api';

/** Digits of the numbers in keys, so that key order is number order. */
const digits = { port: 5, revision: 7, timeMs: 15 } as const;

/** Information assets with their three indexes, their configurations, tests and findings. */
export class SupervisionRepository {
    readonly #assets: StateRepository<InformationAssetRecord>;
    readonly #byStage: StateRepository<InformationAssetSummary>;
    readonly #byVersion: StateRepository<InformationAssetSummary>;
    readonly #byPort: StateRepository<InformationAssetSummary>;
    readonly #configurations: StateRepository<ConfigurationRecord>;
    readonly #tests: StateRepository<SecurityTestRecord>;
    readonly #findings: StateRepository<FindingRecord>;
    readonly #due: StateRepository<DueEntry>;

    constructor(stub: ChaincodeStub) {
        this.#assets = new StateRepository(stub, 'information-asset');
        this.#byStage = new StateRepository(stub, 'information-asset-by-stage');
        this.#byVersion = new StateRepository(stub, 'information-asset-by-version');
        this.#byPort = new StateRepository(stub, 'information-asset-by-port');
        this.#configurations = new StateRepository(stub, 'asset-configuration');
        this.#tests = new StateRepository(stub, 'security-test');
        this.#findings = new StateRepository(stub, 'finding');
        this.#due = new StateRepository(stub, 'finding-by-due');
    }

    async find(assetId: string): Promise<InformationAssetRecord | undefined> {
        return this.#assets.find(assetId);
    }

    /** Writes the asset alone: nothing that an index holds has changed. */
    async put(asset: InformationAssetRecord): Promise<Buffer> {
        return this.#assets.put(asset, asset.assetId);
    }

    /** Writes the asset and its index entries; a retired asset is found by stage only. */
    async save(after: InformationAssetRecord, before: InformationAssetRecord | undefined): Promise<Buffer> {
        const summary = summaryOf(after);
        if (before !== undefined) {
            if (before.stage !== after.stage) await this.#byStage.remove(...stageKey(before));
            for (const key of missingFrom(versionKeys(after), versionKeys(before)))
                await this.#byVersion.remove(...key);
            for (const key of missingFrom(portKeys(after), portKeys(before))) await this.#byPort.remove(...key);
        }
        await this.#byStage.put(summary, ...stageKey(after));
        for (const key of versionKeys(after)) await this.#byVersion.put(summary, ...key);
        for (const key of portKeys(after)) await this.#byPort.put(summary, ...key);
        return this.put(after);
    }

    async list({ ownerMspId, stage, ...request }: StageFilter): Promise<Page<InformationAssetSummary>> {
        return this.#byStage.page([ownerMspId, stage], request);
    }

    async withVersion({ name, version, ...request }: VersionFilter): Promise<Page<InformationAssetSummary>> {
        return this.#byVersion.page([name, version], request);
    }

    async withPort({ protocol, port, ...request }: PortFilter): Promise<Page<InformationAssetSummary>> {
        return this.#byPort.page([protocol, padded(port, digits.port)], request);
    }

    async putConfiguration(record: ConfigurationRecord): Promise<void> {
        await this.#configurations.put(record, record.assetId, padded(record.revision, digits.revision));
    }

    async listConfigurations({ assetId, ...request }: OfInformationAsset): Promise<Page<ConfigurationRecord>> {
        return this.#configurations.page([assetId], request);
    }

    async findTest(assetId: string, testId: string): Promise<SecurityTestRecord | undefined> {
        return this.#tests.find(assetId, testId);
    }

    async putTest(test: SecurityTestRecord): Promise<Buffer> {
        return this.#tests.put(test, test.assetId, test.testId);
    }

    async listTests({ assetId, ...request }: OfInformationAsset): Promise<Page<SecurityTestRecord>> {
        return this.#tests.page([assetId], request);
    }

    async findFinding({ assetId, findingId }: FindingName): Promise<FindingRecord | undefined> {
        return this.#findings.find(assetId, findingId);
    }

    /** Writes the finding; it lies in the index of deadlines while it is open. */
    async saveFinding(finding: FindingRecord): Promise<Buffer> {
        const { assetId, findingId, ownerMspId, severity, title, dueMs } = finding;
        const key = [padded(dueMs, digits.timeMs), assetId, findingId];
        if (finding.state === 'open') {
            const entry: DueEntry = { schemaVersion: 1, assetId, findingId, ownerMspId, severity, title, dueMs };
            await this.#due.put(entry, ...key);
        } else {
            await this.#due.remove(...key);
        }
        return this.#findings.put(finding, assetId, findingId);
    }

    async listFindings({ assetId, ...request }: OfInformationAsset): Promise<Page<FindingRecord>> {
        return this.#findings.page([assetId], request);
    }

    /** The index is in the order of deadlines: the page ends where they lie ahead. */
    async listOverdue(nowMs: number, request: PageRequest): Promise<Page<DueEntry>> {
        const page = await this.#due.page([], request);
        const items = page.items.filter(({ dueMs }) => dueMs < nowMs);
        return { items, bookmark: items.length < page.items.length ? '' : page.bookmark };
    }
}

function summaryOf(asset: InformationAssetRecord): InformationAssetSummary {
    const { assetId, name, ownerMspId, stage, configuration } = asset;
    return { schemaVersion: 1, assetId, name, ownerMspId, stage, deploymentArea: configuration.deploymentArea };
}

function stageKey({ ownerMspId, stage, assetId }: InformationAssetRecord): string[] {
    return [ownerMspId, stage, assetId];
}

function configurationOf({ stage, configuration }: InformationAssetRecord): AssetConfiguration | undefined {
    return stage === 'retired' ? undefined : configuration;
}

function versionKeys(asset: InformationAssetRecord): string[][] {
    const configuration = configurationOf(asset);
    const versions = configuration === undefined ? [] : [configuration.operatingSystem, ...configuration.software];
    return versions.map(({ name, version }) => [name, version, asset.assetId]);
}

function portKeys(asset: InformationAssetRecord): string[][] {
    const ports = configurationOf(asset)?.openPorts ?? [];
    return ports.map(({ protocol, port }) => [protocol, padded(port, digits.port), asset.assetId]);
}

function missingFrom(present: readonly string[][], former: readonly string[][]): string[][] {
    const kept = new Set(present.map((key) => key.join('\0')));
    return former.filter((key) => !kept.has(key.join('\0')));
}

function padded(value: number, length: number): string {
    return String(value).padStart(length, '0');
}
