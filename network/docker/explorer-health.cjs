/**
 * Explorer's health: `node explorer-health.cjs EXPLORER_URL METRICS_URL LOGIN_FILE LAST_LOOK PID`. Its web server answers
 * 200 when the process that reads blocks has died, so its number of blocks is compared with its peer's height, and kept in
 * the file LAST_LOOK. Behind and not a block further than at the last look is frozen: PID, the container's first process,
 * is ended, and Docker starts the container again. Runs on the Node 13 of Explorer's image.
 */
const { existsSync, readFileSync, writeFileSync } = require('fs');
const { request } = require('http');

const [explorer, metricsUrl, loginFile, lastLook, pid] = process.argv.slice(2);
const login = JSON.parse(readFileSync(loginFile, 'utf8'));

function ask(url, options, body) {
    return new Promise((resolve, reject) => {
        const asked = request(url, Object.assign({ timeout: 6000 }, options), (answer) => {
            let text = '';
            answer.on('data', (chunk) => (text += chunk));
            answer.on('end', () => {
                if (answer.statusCode === 200) resolve(text);
                else reject(new Error(`${url} answers ${answer.statusCode}`));
            });
        });
        asked.on('timeout', () => asked.destroy(new Error(`${url} does not answer`)));
        asked.on('error', reject);
        asked.end(body);
    });
}

async function countBlocks() {
    const headers = { 'content-type': 'application/json' };
    const { token } = JSON.parse(
        await ask(`${explorer}/auth/login`, { method: 'POST', headers }, JSON.stringify(login)),
    );
    const get = async (path) =>
        JSON.parse(await ask(`${explorer}${path}`, { headers: { authorization: `bearer ${token}` } }));
    const { channels } = await get('/api/channels/info');
    const [channel] = channels;
    if (channel === undefined) return 0;
    return Number((await get(`/api/status/${channel.channel_genesis_hash}`)).latestBlock);
}

async function readHeight() {
    const line = (await ask(metricsUrl, {})).split('\n').find((text) => text.startsWith('ledger_blockchain_height{'));
    return line === undefined ? 0 : Number(line.split(' ')[1]);
}

async function look() {
    // The peer first: what is committed in between cannot make Explorer look late.
    const height = await readHeight();
    const blocks = await countBlocks();
    const before = existsSync(lastLook) ? JSON.parse(readFileSync(lastLook, 'utf8')) : undefined;
    writeFileSync(lastLook, JSON.stringify({ blocks, height }));
    process.stdout.write(`${blocks} blocks, the peer has ${height}\n`);
    const isFrozen = before !== undefined && blocks < before.height && blocks <= before.blocks;
    if (!isFrozen) return 0;
    process.stdout.write(
        `no block more than at the last look, when the peer had ${before.height}: ending the container\n`,
    );
    process.kill(Number(pid), 'SIGTERM');
    return 1;
}

look().then(
    (code) => process.exit(code),
    (error) => {
        process.stdout.write(`${error.message}\n`);
        process.exit(1);
    },
);
