import type { LinkStatus } from '../../network/links/site-links';

/** A line for each site's uplink; none where links are not modelled. */
export function describeLinks(links: readonly LinkStatus[] = []): string[] {
    const width = Math.max(...links.map(({ site }) => site.length));
    return links.map(({ site, medium, isCut, bytesUp, bytesDown }) => {
        const state = isCut ? 'CUT' : 'up';
        const carried = `${(bytesUp / 1000).toFixed(0)} kB out, ${(bytesDown / 1000).toFixed(0)} kB in`;
        return `  link of ${site.padEnd(width)}  ${medium}, ${state}, ${carried}`;
    });
}
