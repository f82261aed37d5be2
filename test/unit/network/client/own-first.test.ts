import { expect, it } from '@jest/globals';
import { ownFirst } from '../../../../network/client/own-first';

it('turns to the own organisation first, then round the others from there on', () => {
    const mspIds = ['PrimaryMSP', 'DispatchMSP', 'SwitchingMSP', 'DispatchMSP'];
    expect(ownFirst('PrimaryMSP', mspIds)).toEqual(['PrimaryMSP', 'SwitchingMSP', 'DispatchMSP']);
    expect(ownFirst('SwitchingMSP', mspIds)).toEqual(['SwitchingMSP', 'DispatchMSP', 'PrimaryMSP']);
});
