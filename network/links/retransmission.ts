import type { LinkProfile } from './link-profile';

/** What one Ethernet frame carries of a TCP stream over IPv4 with timestamps: 1500 - 20 - 20 - 12 bytes. */
export const segmentBytes = 1448;

/** RFC 6298, 2.1: before a round trip was measured. Linux: TCP_TIMEOUT_INIT. */
const firstTimeoutMs = 1000;
/** Least margin above the round trip. Linux: TCP_RTO_MIN, include/net/tcp.h; RFC 6298, 2.4 would have a whole second. */
const leastMarginMs = 200;
/** Linux: TCP_RTO_MAX. */
const longestTimeoutMs = 120_000;
/** Linux gives a connection up after as many; Documentation/networking/ip-sysctl, tcp_retries2. */
const mostRetransmissions = 15;

/**
 * How long a segment must go unanswered on this link until TCP sends it again, once the round trip is known: the smoothed
 * round trip plus four times its mean deviation (RFC 6298, 2.3), of which Linux takes at least 200 ms
 * (net/ipv4/tcp_input.c, tcp_rtt_estimator). Two even spreads of +-j deviate by 2j/3 in the mean.
 */
export function retransmissionTimeoutMs({ latencyMs, jitterMs }: Pick<LinkProfile, 'latencyMs' | 'jitterMs'>): number {
    const meanDeviationMs = (2 * jitterMs) / 3;
    return 2 * latencyMs + Math.max(leastMarginMs, 4 * meanDeviationMs);
}

/**
 * What loss adds to the time of bytes that are sent together: nothing, or the timeout after which TCP sends the lost
 * segment again, twice as long each time it is lost once more (RFC 6298, 5.5). Lost segments of the same bytes are sent
 * again together. Three duplicate acknowledgements would be quicker (RFC 5681, 3.2), but take three more segments behind
 * the lost one, which a transaction does not have.
 */
export function lossDelayMs(
    profile: LinkProfile,
    { byteCount, isFirst }: { readonly byteCount: number; readonly isFirst: boolean },
    random: () => number,
): number {
    const { lossRate } = profile;
    if (lossRate === 0) return 0;
    const segments = Math.max(1, Math.ceil(byteCount / segmentBytes));
    let timeoutMs = isFirst ? firstTimeoutMs : retransmissionTimeoutMs(profile);
    let delayMs = 0;
    let isLost = random() < 1 - (1 - lossRate) ** segments;
    for (let times = 0; isLost && times < mostRetransmissions; times += 1) {
        delayMs += timeoutMs;
        timeoutMs = Math.min(2 * timeoutMs, longestTimeoutMs);
        isLost = random() < lossRate;
    }
    return delayMs;
}
