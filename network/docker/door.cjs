/**
 * A door between planes: `node door.cjs PORT=HOST:PORT …` listens on each PORT and hands on what comes, both ways,
 * unread. What cannot be reached is closed, and the name is looked up again for the next connection.
 */
const { connect, createServer } = require('node:net');

for (const argument of process.argv.slice(2)) {
    const [, port, host, target] = /^(\d+)=(.+):(\d+)$/.exec(argument) ?? [];
    if (port === undefined) {
        process.stderr.write(`${argument} is not PORT=HOST:PORT.\n`);
        process.exit(2);
    }
    createServer({ allowHalfOpen: true }, (client) => {
        const node = connect({ host, port: Number(target), allowHalfOpen: true });
        for (const socket of [client, node]) {
            socket.on('error', () => {
                client.destroy();
                node.destroy();
            });
        }
        client.pipe(node);
        node.pipe(client);
    }).listen(Number(port));
}
process.once('SIGTERM', () => process.exit(0));
