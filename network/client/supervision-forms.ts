import { findingCalls } from '../../chaincode/src/supervision/finding-api';
import {
    assetStages,
    supervisionCalls,
    supervisionContract,
    transportProtocols,
    type AssetStage,
    type TransportProtocol,
} from '../../chaincode/src/supervision/supervision-api';
import {
    form,
    jsonOnly,
    needed,
    numberOf,
    pageOf,
    pageOptions,
    type CallForm,
    type CallOptions,
    type Caller,
} from './call-form';
import { detailsForms } from './details-forms';

const asset = { asset: "the information asset's id" };
const finding = { ...asset, finding: "the finding's id" };

/** The calls of supervision that can be made by hand, by their transactions' names. */
export const supervisionForms: Readonly<Record<string, CallForm>> = {
    EnrolInformationAsset: jsonOnly(supervisionContract, 'operator', 'assetId, name and configuration'),
    UpdateConfiguration: jsonOnly(supervisionContract, 'operator', 'assetId, change and configuration'),
    RecordTest: jsonOnly(supervisionContract, 'supervisor', 'assetId, testId, verdict, revision and report'),
    PutOnline: ofAsset('operator', supervisionCalls.putOnline),
    RetireInformationAsset: ofAsset('operator', supervisionCalls.retire),
    ReportFinding: jsonOnly(
        supervisionContract,
        'supervisor',
        'assetId, findingId, severity, title, component, dueMs and details',
    ),
    RectifyFinding: noted('operator', findingCalls.rectify),
    CloseFinding: noted('supervisor', findingCalls.close),
    ReopenFinding: noted('supervisor', findingCalls.reopen),
    QueryInformationAsset: ofAsset('reader', supervisionCalls.queryAsset),
    ListInformationAssets: form(supervisionContract, 'reader', {
        options: {
            organization: "the owner's MSP id",
            'stage?': `${assetStages.join(', ')}; running`,
            ...pageOptions,
        },
        build: (options) =>
            supervisionCalls.listAssets({
                ownerMspId: needed(options, 'organization'),
                stage: (options['stage'] ?? 'running') as AssetStage,
                ...pageOf(options),
            }),
    }),
    ListWithVersion: form(supervisionContract, 'reader', {
        options: { software: 'its name', version: 'as it was declared', ...pageOptions },
        build: (options) =>
            supervisionCalls.listWithVersion({
                name: needed(options, 'software'),
                version: needed(options, 'version'),
                ...pageOf(options),
            }),
    }),
    ListWithPort: form(supervisionContract, 'reader', {
        options: { 'protocol?': `${transportProtocols.join(', ')}; tcp`, port: '1 to 65535', ...pageOptions },
        build: (options) =>
            supervisionCalls.listWithPort({
                protocol: (options['protocol'] ?? 'tcp') as TransportProtocol,
                port: numberOf(options, 'port'),
                ...pageOf(options),
            }),
    }),
    ListUpdates: pagesOf(supervisionCalls.listUpdates),
    ListTests: pagesOf(supervisionCalls.listTests),
    QueryFinding: form(supervisionContract, 'reader', {
        options: finding,
        build: (options) => findingCalls.query(findingOf(options)),
    }),
    ...detailsForms,
    ListFindings: pagesOf(findingCalls.list),
    ListOverdue: form(supervisionContract, 'reader', {
        options: pageOptions,
        build: (options) => findingCalls.listOverdue(pageOf(options)),
    }),
};

function ofAsset(caller: Caller, build: typeof supervisionCalls.putOnline): CallForm {
    return form(supervisionContract, caller, {
        options: asset,
        build: (options) => build(needed(options, 'asset')),
    });
}

function noted(caller: Caller, build: typeof findingCalls.close): CallForm {
    return form(supervisionContract, caller, {
        options: { ...finding, note: 'what was done, or why' },
        build: (options) => build({ ...findingOf(options), note: needed(options, 'note') }),
    });
}

function pagesOf(build: typeof supervisionCalls.listTests): CallForm {
    return form(supervisionContract, 'reader', {
        options: { ...asset, ...pageOptions },
        build: (options) => build({ assetId: needed(options, 'asset'), ...pageOf(options) }),
    });
}

function findingOf(options: CallOptions): { readonly assetId: string; readonly findingId: string } {
    return { assetId: needed(options, 'asset'), findingId: needed(options, 'finding') };
}
