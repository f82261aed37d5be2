/**
 * Orders two texts by their UTF-8 bytes, as Go and LevelDB do; negative, zero or positive. JavaScript's own comparison
 * is by UTF-16 units and puts U+10FFFF before U+E000, which would break the ranges of composite keys.
 */
export function compareUtf8(a: string, b: string): number {
    if (a === b) return 0;
    const shorter = Math.min(a.length, b.length);
    for (let index = 0; index < shorter; index++) {
        const left = a.charCodeAt(index);
        const right = b.charCodeAt(index);
        if (left !== right) return rank(left) - rank(right);
    }
    return a.length - b.length;
}

// Surrogates (code points from U+10000) rank above the rest of the basic plane.
function rank(unit: number): number {
    if (unit < 0xd800) return unit;
    return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}
