import { describe, expect, it } from '@jest/globals';
import {
    configValues,
    parseAnchorPeers,
    parseBatchSize,
    parseBatchTimeout,
    parseConsensusType,
    parseDurationMs,
    parseOrdererAddresses,
} from '../../../../network/wire/config-values';

describe('parseDurationMs', () => {
    it.each([
        ['2s', 2000],
        ['500ms', 500],
        ['1m30s', 90_000],
        ['1.5s', 1500],
        ['1h', 3_600_000],
        ['250us', 0.25],
    ])('reads %s', (text, expected) => {
        expect(parseDurationMs(text)).toBe(expected);
    });

    it.each(['', '2', '2 s', 's', '-1s', '2x'])('refuses %j', (text) => {
        expect(() => parseDurationMs(text)).toThrow(/duration/);
    });
});

describe('configValues', () => {
    it.each([50, 250, 1000, 2000, 1500])('writes a batch timeout of %d ms so that it is read again', (timeoutMs) => {
        expect(parseBatchTimeout(configValues.batchTimeout(timeoutMs))).toBe(timeoutMs);
    });

    it('are read again as they were written', () => {
        const size = { maxMessageCount: 10, absoluteMaxBytes: 99, preferredMaxBytes: 5 };
        const certificate = Buffer.from('pem');
        const consenter = {
            host: 'a',
            port: 1,
            clientTlsCertificate: certificate,
            serverTlsCertificate: certificate,
        };
        const raft = {
            tickIntervalMs: 500,
            electionTicks: 10,
            heartbeatTicks: 1,
            maxInflightBlocks: 5,
            snapshotIntervalBytes: 1,
        };
        expect(parseBatchSize(configValues.batchSize(size))).toEqual(size);
        expect(parseOrdererAddresses(configValues.ordererAddresses(['a:1', 'b:2']))).toEqual(['a:1', 'b:2']);
        expect(parseAnchorPeers(configValues.anchorPeers([{ host: 'a', port: 7 }]))).toEqual([{ host: 'a', port: 7 }]);
        expect(parseConsensusType(configValues.consensusType([consenter], raft))).toEqual({
            type: 'etcdraft',
            inMaintenance: false,
            consenters: [consenter],
        });
    });
});
