import { once } from 'node:events';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { awaitListener, dialListener } from '../../../../../network/embedded/chaincode/dial-chaincode';

describe('a chaincode is dialled', () => {
    const stops: (() => unknown)[] = [];
    afterEach(() => {
        for (const stop of stops.splice(0).reverse()) stop();
    });

    async function listen(server: Server): Promise<string> {
        server.on('connection', (socket: Socket) => {
            stops.push(() => socket.destroy());
        });
        stops.push(() => server.close());
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        return `127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    const overdue = (address: string): object => ({
        refusal: `error creating grpc connection to ${address}: failed to create new connection: context deadline exceeded`,
    });

    it('and given up where somebody listens and says nothing', async () => {
        const address = await listen(createServer());
        expect(await dialListener(address, 200)).toEqual(overdue(address));
        expect(await awaitListener(address, 200)).toEqual(overdue(address));
    });

    it('again and again where the connection is taken and ended at once, until it is too late', async () => {
        let taken = 0;
        const address = await listen(
            createServer((socket) => {
                taken += 1;
                socket.destroy();
            }),
        );
        expect(await dialListener(address, 500)).toEqual(overdue(address));
        expect(taken).toBeGreaterThan(1);
    });

    it('and found by a name of this machine, too', async () => {
        const port = (await listen(createHttp2Server())).split(':')[1] ?? '';
        const found = await dialListener(`localhost:${port}`, 5_000);
        if ('session' in found)
            stops.push(() => {
                found.session.destroy();
            });
        expect(found).toMatchObject({ session: { closed: false, encrypted: false } });
    });

    it('and told where no machine has that name', async () => {
        expect(await dialListener('nobody.invalid:1', 5_000)).toEqual({
            refusal: expect.stringMatching(/error while dialing: dial tcp nobody\.invalid:1: .+"$/) as unknown,
        });
    });
});
