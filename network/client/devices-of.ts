import type { ControlledDevice } from '../../chaincode/src/registration/registration-api';
import type { Terminal } from '../topology/network-model';

/**
 * The devices of a terminal of the topology. A feeder's or station's terminal has the switch between its bus and the
 * line that it measures, a transformer's the low-voltage breaker and the tap changer. Which switch a terminal has is
 * ours: the grid data name the switches, and not who controls them.
 */
export function devicesOf({ id, kind, bus, line }: Terminal): readonly ControlledDevice[] {
    const busSection = `bus-${bus}`;
    if (kind === 'TTU') {
        return [
            { deviceId: 'Q0', command: 'single', sections: [busSection, `lv-${id}`] },
            { deviceId: 'T1', command: 'step', sections: [] },
        ];
    }
    const farSection = line === undefined ? `feeder-${id}` : `line-${line}`;
    return [{ deviceId: 'Q0', command: 'double', sections: [busSection, farSection] }];
}
