import type { DocumentReference } from '../../../chaincode/src/input/document-api';
import type { FindingInput } from '../../../chaincode/src/supervision/finding-api';
import type { AssetConfiguration, Enrolment, SecurityTest } from '../../../chaincode/src/supervision/supervision-api';

export function aDocument(given: Partial<DocumentReference> = {}): DocumentReference {
    return { title: 'Report', sha256: 'ab'.repeat(32), sizeBytes: 1_024, place: 'archive/report.pdf', ...given };
}

export function aConfiguration(given: Partial<AssetConfiguration> = {}): AssetConfiguration {
    return {
        deploymentArea: 'safety zone I',
        baseline: aDocument({ title: 'Baseline' }),
        protectionPolicy: aDocument({ title: 'Protection policy' }),
        operatingSystem: { name: 'Linux', version: '6.1' },
        software: [{ name: 'OpenSSL', version: '3.0.7' }],
        openPorts: [{ protocol: 'tcp', port: 2404 }],
        ...given,
    };
}

/** A front end server of the distribution automation master. */
export function anEnrolment(given: Partial<Enrolment> = {}): Enrolment {
    return { assetId: 'FES-1', name: 'Front end server', configuration: aConfiguration(), ...given };
}

export function aSecurityTest(given: Partial<SecurityTest> = {}): SecurityTest {
    return { assetId: 'FES-1', testId: 'T-1', verdict: 'passed', revision: 1, report: aDocument(), ...given };
}

/** Due one hour after the stub ledger's noon. */
export function aFinding(given: Partial<FindingInput> = {}): FindingInput {
    return {
        assetId: 'FES-1',
        findingId: 'V-1',
        severity: 'critical',
        title: 'Weak cipher',
        component: 'OpenSSL',
        dueMs: Date.UTC(2026, 5, 1, 13),
        details: aDocument({ title: 'Details' }),
        ...given,
    };
}
