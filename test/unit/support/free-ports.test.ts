import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { freePorts } from '../../support/free-ports';

/** What another process is told that wants a port's reservation. */
function reserveElsewhere(port: number): string {
    const program = `
        const socket = require('node:dgram').createSocket('udp4');
        socket.once('error', ({ code }) => { console.log(code); process.exit(0); });
        socket.bind(${port}, '127.0.0.1', () => { console.log('reserved'); process.exit(0); });`;
    return spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' }).stdout.trim();
}

it('are given once, and reserved against other processes as long as this one lives', async () => {
    const ports = [...(await freePorts(20)), ...(await freePorts(20))];
    expect(new Set(ports).size).toBe(40);
    expect(reserveElsewhere(ports[0] ?? 0)).toBe('EADDRINUSE');
});
