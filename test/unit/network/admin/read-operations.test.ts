import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isHealthy, isListening, metricOf, readMetrics } from '../../../../network/admin/read-operations';
import { freePorts } from '../../../support/free-ports';

const text = 'a_height{channel="one"} 7\na_height{channel="two"} 9\n# HELP a_height words\n';
const server = createServer((request, response) => {
    response.statusCode = request.url === '/healthz' ? 503 : 200;
    response.end(text);
});

describe('a node’s operations endpoint', () => {
    const host = '127.0.0.1';
    let port = 0;
    beforeAll(async () => {
        await new Promise<void>((resolve) => server.listen(0, host, resolve));
        port = (server.address() as AddressInfo).port;
    });
    afterAll(() => {
        server.close();
    });

    it('gives the metric of one channel, and none that is not there', async () => {
        const metrics = (await readMetrics({ host, operationsPort: port })) ?? '';
        expect(metricOf(metrics, 'a_height{channel="two"}')).toBe(9);
        expect(metricOf(metrics, 'a_height{channel="three"}')).toBeUndefined();
        expect(metricOf(metrics, 'a_height')).toBeUndefined();
    });

    it('is not healthy when it says so, and silent when nobody listens', async () => {
        const [free = 0] = await freePorts(1);
        expect(await isHealthy({ host, operationsPort: port })).toBe(false);
        expect(await isHealthy({ host, operationsPort: free })).toBe(false);
        expect(await readMetrics({ host, operationsPort: free })).toBeUndefined();
        expect([await isListening(host, port), await isListening(host, free)]).toEqual([true, false]);
    });
});
