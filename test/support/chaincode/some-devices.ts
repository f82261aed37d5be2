import type { ControlledDevice } from '../../../chaincode/src/registration/registration-api';

/** A breaker, a load switch and a tap changer, as a registration gives them. */
export const someDevices: readonly ControlledDevice[] = [
    { deviceId: 'Q0', command: 'double', sections: ['B42', 'L12'] },
    { deviceId: 'Q1', command: 'single', sections: ['B42', 'L13'] },
    { deviceId: 'T1', command: 'step', sections: [] },
];
