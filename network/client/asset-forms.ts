import {
    assetAttributes,
    assetsCalls,
    assetsContract,
    assetStates,
    type AssetAttribute,
    type AssetState,
} from '../../chaincode/src/assets/assets-api';
import {
    dataUseCalls,
    dataUseSides,
    dataUseStates,
    type DataUseSide,
    type DataUseState,
} from '../../chaincode/src/assets/data-use-api';
import { form, jsonOnly, needed, numberOf, pageOf, pageOptions, timeOf, type CallForm } from './call-form';

const asset = { asset: "the asset's id" };
const use = { ...asset, use: "the owner's number of the use" };

/** The calls of assets that can be made by hand, by their transactions' names. */
export const assetForms: Readonly<Record<string, CallForm>> = {
    RegisterAsset: jsonOnly(
        assetsContract,
        'operator',
        'assetId, type, name, manufacturer, model, serialNumber, nameplate and measurements',
    ),
    ChangeAssetState: form(assetsContract, 'operator', {
        options: { ...asset, state: assetStates.join(', '), reason: 'why' },
        build: (options) =>
            assetsCalls.changeAssetState({
                assetId: needed(options, 'asset'),
                state: needed(options, 'state') as AssetState,
                reason: needed(options, 'reason'),
            }),
    }),
    BindMeasurements: jsonOnly(assetsContract, 'operator', 'assetId and measurements'),
    OfferTransfer: form(assetsContract, 'operator', {
        options: { ...asset, to: "the other organisation's MSP id" },
        build: (options) =>
            assetsCalls.offerTransfer({ assetId: needed(options, 'asset'), toMspId: needed(options, 'to') }),
    }),
    WithdrawTransfer: form(assetsContract, 'operator', {
        options: asset,
        build: (options) => assetsCalls.withdrawTransfer(needed(options, 'asset')),
    }),
    AcceptTransfer: form(assetsContract, 'operator', {
        options: { ...asset, offer: 'id of the transaction that offered; sign as the new owner, with --as' },
        build: (options) =>
            assetsCalls.acceptTransfer({
                assetId: needed(options, 'asset'),
                offerTransactionId: needed(options, 'offer'),
            }),
    }),
    ChargeDataUse: form(assetsContract, 'operator', {
        options: {
            ...use,
            consumer: "the other organisation's MSP id",
            from: 'ISO 8601 or ms since 1970',
            to: 'ISO 8601 or ms since 1970',
            readings: 'how many',
            amount: 'in the smallest unit of the currency',
            currency: 'three letters, ISO 4217',
        },
        build: (options) =>
            dataUseCalls.chargeDataUse({
                assetId: needed(options, 'asset'),
                useId: needed(options, 'use'),
                consumerMspId: needed(options, 'consumer'),
                fromMs: timeOf(needed(options, 'from'), 'from'),
                toMs: timeOf(needed(options, 'to'), 'to'),
                readings: numberOf(options, 'readings'),
                amount: numberOf(options, 'amount'),
                currency: needed(options, 'currency'),
            }),
    }),
    SettleDataUse: form(assetsContract, 'operator', {
        options: { ...use, payment: 'your reference of the payment' },
        build: (options) =>
            dataUseCalls.settleDataUse({
                assetId: needed(options, 'asset'),
                useId: needed(options, 'use'),
                payment: needed(options, 'payment'),
            }),
    }),
    DisputeDataUse: reasoned(dataUseCalls.disputeDataUse),
    CancelDataUse: reasoned(dataUseCalls.cancelDataUse),
    QueryAsset: form(assetsContract, 'reader', {
        options: asset,
        build: (options) => assetsCalls.queryAsset(needed(options, 'asset')),
    }),
    FindAssets: form(assetsContract, 'reader', {
        options: { by: assetAttributes.join(', '), value: 'of that attribute', ...pageOptions },
        build: (options) =>
            assetsCalls.findAssets({
                attribute: needed(options, 'by') as AssetAttribute,
                value: needed(options, 'value'),
                ...pageOf(options),
            }),
    }),
    ListTransfers: form(assetsContract, 'reader', {
        options: { ...asset, ...pageOptions },
        build: (options) => assetsCalls.listTransfers({ assetId: needed(options, 'asset'), ...pageOf(options) }),
    }),
    QueryDataUse: form(assetsContract, 'reader', {
        options: use,
        build: (options) =>
            dataUseCalls.queryDataUse({ assetId: needed(options, 'asset'), useId: needed(options, 'use') }),
    }),
    ListDataUses: form(assetsContract, 'reader', {
        options: {
            organization: "the organisation's MSP id",
            'side?': `${dataUseSides.join(', ')}; owner`,
            'state?': `${dataUseStates.join(', ')}; charged`,
            ...pageOptions,
        },
        build: (options) =>
            dataUseCalls.listDataUses({
                mspId: needed(options, 'organization'),
                side: (options['side'] ?? 'owner') as DataUseSide,
                state: (options['state'] ?? 'charged') as DataUseState,
                ...pageOf(options),
            }),
    }),
};

function reasoned(build: typeof dataUseCalls.disputeDataUse): CallForm {
    return form(assetsContract, 'operator', {
        options: { ...use, reason: 'why' },
        build: (options) =>
            build({
                assetId: needed(options, 'asset'),
                useId: needed(options, 'use'),
                reason: needed(options, 'reason'),
            }),
    });
}
