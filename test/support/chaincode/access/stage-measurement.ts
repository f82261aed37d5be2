import { displacementCalls } from '../../../../chaincode/src/displacement/displacement-api';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { signedReadingCalls } from '../../../../chaincode/src/measurement/signed-reading-api';
import { aDisplacement } from '../a-displacement';
import { aReading } from '../a-reading';
import { signerOf } from '../signer-of';
import { concentratorId, page, terminalId, type AccessGrid, type StagedCall } from './access-grid';

export async function stageMeasurement({ people, ...access }: AccessGrid): Promise<StagedCall[]> {
    const reading = aReading({ terminalId });
    const batch = { concentratorId, readings: [reading] };
    const own = await signerOf(people.terminal);
    const collected = await signerOf(people.concentrator);
    await access.grid.ledger.submit(signedReadingCalls.setSigned(own.signReading(reading, 1)), people.terminal);
    return [
        measurementCalls.set(reading),
        measurementCalls.setBatch(batch),
        signedReadingCalls.setSigned(own.signReading(reading, 2)),
        signedReadingCalls.setSignedBatch(collected.signBatch(batch, 1)),
        signedReadingCalls.querySigned({ terminalId, sequence: 1 }),
        measurementCalls.query(terminalId),
        measurementCalls.queryHistory({ terminalId, ...page }),
        measurementCalls.queryFeeder({ feeder: 'F11', ...page }),
    ].map((call) => ({ call }));
}

export async function stageDisplacement(access: AccessGrid): Promise<StagedCall[]> {
    const displacement = aDisplacement({ terminalId, deviceId: 'D0' });
    await access.submit(displacementCalls.reportDisplacement(displacement), 'terminal');
    return [
        { call: displacementCalls.reportDisplacement({ ...displacement, soe: 2 }) },
        { call: displacementCalls.queryDisplacements({ terminalId, ...page }) },
    ];
}
