import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runInFlight } from '../../../caliper/capacity/run-in-flight';
import { decodeFault } from '../../../chaincode/src/faults/fault-api';
import { rolesCalls } from '../../../chaincode/src/roles/roles-api';
import { isProcessAlive } from '../../../network/backends/running-network';
import { parseProposalResponse, type ProposalResponse } from '../../../network/wire/proposal-response';
import { mspIds, type ConformanceNetwork } from '../../conformance/conformance-network';
import { describeConformanceNetwork, newConformanceTopology } from '../../conformance/conformance-topology';
import { buildProposal } from '../../conformance/proposal-draft';
import { RawClient } from '../../conformance/raw-client';
import { AccessGrid } from '../../support/chaincode/access/access-grid';
import { stageCalls } from '../../support/chaincode/access/staged-calls';
import { malformedCalls, type MalformedCall } from '../../support/chaincode/malformed-calls';
import { startTestNetwork, type TestNetwork } from '../../support/start-test-network';

const callsOfEach = 8;
const seed = 20_261_129;
const inFlight = 16;

/** The chaincode in processes of its own, one for each of three peers, as on any Fabric network. */
describe('malformed calls to the chaincode processes of a running network', () => {
    let started: TestNetwork;
    let network: Pick<ConformanceNetwork, 'peers' | 'clients'>;
    let client: RawClient;

    beforeAll(async () => {
        started = await startTestNetwork(await newConformanceTopology());
        const { running, identities } = started;
        const described = await describeConformanceNetwork(running.network, identities, new Date());
        network = described;
        client = new RawClient(described);
    });

    afterAll(async () => {
        client.close();
        await started.stop();
    });

    /** The bytes that each of the three peers answers to one proposal. */
    async function answersTo({ contract, transaction, args }: Omit<MalformedCall, 'spoilt'>): Promise<Buffer[]> {
        const identity = network.clients.admin(mspIds[0]);
        const proposal = buildProposal({ identity, args: [`${contract}:${transaction}`, ...args] });
        return Promise.all(
            network.peers.map(async (peer) => {
                const answer = await client.unary(peer, '/protos.Endorser/ProcessProposal', proposal.bytes);
                if (!Buffer.isBuffer(answer)) throw answer;
                return answer;
            }),
        );
    }

    it(`are coded faults, ${callsOfEach} of each transaction, the same bytes from three peers, endorsed by none, and end no process`, async () => {
        const { chaincodePids } = started.running;
        const rightCalls = [...(await stageCalls(await AccessGrid.start())).values()].map(({ call }) => call);
        const malformed = rightCalls.flatMap((call, index) =>
            fc.sample(malformedCalls([call]), { numRuns: callsOfEach, seed: seed + index }),
        );
        expect(malformed.length).toBeGreaterThan(600);
        const unexpected: object[] = [];
        await runInFlight({ total: malformed.length, inFlight }, async (index) => {
            const call = malformed[index];
            if (call === undefined) return;
            const [first, ...others] = await answersTo(call);
            const answer = parseProposalResponse(first ?? Buffer.alloc(0));
            const isRefused = answer.endorsement === undefined && codeOf(answer) !== undefined;
            if (!isRefused || others.some((other) => first?.equals(other) !== true)) {
                unexpected.push({ ...call, message: answer.response.message });
            }
        });
        expect(unexpected).toEqual([]);
        expect(chaincodePids).toHaveLength(mspIds.length);
        expect(chaincodePids.filter(isProcessAlive)).toEqual([...chaincodePids]);
    }, 120_000);

    it('leave processes that still serve, and a ledger without roles', async () => {
        const [answer] = await answersTo(rolesCalls.queryRoles());
        expect(codeOf(parseProposalResponse(answer ?? Buffer.alloc(0)))).toBe('ROLES_NOT_ASSIGNED');
    });
});

function codeOf({ response }: ProposalResponse): string | undefined {
    return response.status === 500 ? decodeFault(response.message)?.code : undefined;
}
