/** Order of the curve P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature that is as good as this one in mathematics, and that Fabric refuses: S becomes order − S. */
export function negateS(signature: Buffer): Buffer {
    const rLength = signature[3] ?? 0;
    const r = signature.subarray(4, 4 + rLength);
    const s = BigInt(`0x${signature.subarray(6 + rLength).toString('hex')}`);
    const hex = (order - s).toString(16).padStart(64, '0');
    const digits = Buffer.from(Number.parseInt(hex.slice(0, 2), 16) >= 0x80 ? `00${hex}` : hex, 'hex');
    const body = Buffer.concat([Buffer.from([2, r.length]), r, Buffer.from([2, digits.length]), digits]);
    return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
