import { anchorsCalls } from '../../../../chaincode/src/anchors/anchors-api';
import { assetsCalls } from '../../../../chaincode/src/assets/assets-api';
import { dataUseCalls } from '../../../../chaincode/src/assets/data-use-api';
import { aCharge, anAsset } from '../an-asset';
import { page, type AccessGrid, type StagedCall } from './access-grid';

/** CB-1 and CB-2 are the operator's; CB-2 is offered to the foreign operator, who used data of CB-1. */
export async function stageAssets(access: AccessGrid): Promise<StagedCall[]> {
    await access.submit(assetsCalls.registerAsset(anAsset()), 'operator');
    await access.submit(assetsCalls.registerAsset(anAsset({ assetId: 'CB-2' })), 'operator');
    await access.submit(dataUseCalls.chargeDataUse(aCharge()), 'operator');
    const offer = assetsCalls.offerTransfer({ assetId: 'CB-2', toMspId: 'PrimaryMSP' });
    const { transactionId: offerTransactionId } = await access.submit(offer, 'operator');
    const use = { assetId: 'CB-1', useId: aCharge().useId };
    return [
        assetsCalls.registerAsset(anAsset({ assetId: 'CB-3' })),
        assetsCalls.changeAssetState({ assetId: 'CB-1', state: 'in-service', reason: 'r' }),
        assetsCalls.bindMeasurements({ assetId: 'CB-1', measurements: [] }),
        assetsCalls.offerTransfer({ assetId: 'CB-1', toMspId: 'PrimaryMSP' }),
        assetsCalls.withdrawTransfer('CB-2'),
        assetsCalls.acceptTransfer({ assetId: 'CB-2', offerTransactionId }),
        assetsCalls.queryAsset('CB-1'),
        assetsCalls.findAssets({ attribute: 'type', value: 'breaker', ...page }),
        assetsCalls.listTransfers({ assetId: 'CB-1', ...page }),
        dataUseCalls.chargeDataUse(aCharge({ useId: '2' })),
        dataUseCalls.settleDataUse({ ...use, payment: 'p' }),
        dataUseCalls.disputeDataUse({ ...use, reason: 'r' }),
        dataUseCalls.cancelDataUse({ ...use, reason: 'r' }),
        dataUseCalls.queryDataUse(use),
        dataUseCalls.listDataUses({ mspId: 'DispatchMSP', side: 'owner', state: 'charged', ...page }),
    ].map((call) => ({ call }));
}

export async function stageAnchors(access: AccessGrid): Promise<StagedCall[]> {
    const document = { name: 'plan', sha256: 'ab'.repeat(32), sizeBytes: 1, place: 'p' };
    await access.submit(anchorsCalls.anchor(document), 'operator');
    return [
        { call: anchorsCalls.anchor({ ...document, name: 'other plan' }) },
        { call: anchorsCalls.queryAnchor('plan') },
        { call: anchorsCalls.listOfDigest({ sha256: document.sha256, ...page }) },
    ];
}
