import { generateKeyPairSync } from 'node:crypto';
import { signLowS, verifyLowS } from '../../network/wire/signature';

/** CPU of one ECDSA P-256 verification in this process, in µs: the yardstick that takes the machine's day out. */
export function measureVerification(repetitions = 1_000): number {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const message = Buffer.alloc(1_000, 7);
    const signature = signLowS(privateKey, message);
    const before = process.cpuUsage();
    for (let index = 0; index < repetitions; index++) verifyLowS(publicKey, message, signature);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / repetitions;
}
