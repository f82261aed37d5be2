import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { accepted } from '../faults/accepted';
import { acceptedAt } from '../faults/accepted-at';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import { announceDetails, checkDetails, depositDetails, queryDetails, readDetails } from './details-acts';
import './details-schema';
import { decideFinding } from './finding-rules';
import { decideEnrolment, decideStageAct, decideTest, judgeLaunch, judgeRetirement } from './stage-rules';
import { decideOnFinding, decideOwnerAct, newAct, putConfiguration, requireHeld } from './supervision-acts';
import { supervisionContract, supervisionEvents } from './supervision-api';
import { supervisionInput } from './supervision-input';
import './supervision-input-schema';
import './supervision-records';

@DescribedOnly
@Info({ title: 'supervision', description: 'The life of information assets: tests, operation, findings, retirement' })
export class SupervisionContract extends Contract {
    constructor() {
        super(supervisionContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(supervisionContract);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of Enrolment')
    async EnrolInformationAsset(ctx: GridContext, input: string): Promise<void> {
        const enrolment = readArgument(input, supervisionInput.enrolment);
        await requireHeld(ctx, 'operator');
        const existing = await ctx.supervision.find(enrolment.assetId);
        const asset = accepted(decideEnrolment(existing, enrolment, newAct(ctx, 'enrol')));
        await putConfiguration(ctx, asset, 'enrolled');
        ctx.stub.setEvent(supervisionEvents.enrolled, await ctx.supervision.save(asset, undefined));
    }

    /** A new revision; the former ones stay on the ledger. What was tested before counts for its own revision only. */
    @Transaction()
    @Param('input', 'string', 'JSON of ConfigurationUpdate')
    async UpdateConfiguration(ctx: GridContext, input: string): Promise<void> {
        const { assetId, change, configuration } = readArgument(input, supervisionInput.update);
        const { before, after } = await decideOwnerAct(ctx, assetId, 'update');
        const updated = { ...after, revision: after.revision + 1, configuration };
        await putConfiguration(ctx, updated, change);
        ctx.stub.setEvent(supervisionEvents.updated, await ctx.supervision.save(updated, before));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of SecurityTest')
    async RecordTest(ctx: GridContext, input: string): Promise<void> {
        const given = readArgument(input, supervisionInput.test);
        await requireHeld(ctx, 'supervisor');
        const found = await ctx.supervision.find(given.assetId);
        const acted = accepted(decideStageAct(found, given.assetId, newAct(ctx, 'test')));
        const existing = await ctx.supervision.findTest(given.assetId, given.testId);
        const { asset, test } = accepted(decideTest(acted, existing, given));
        await ctx.supervision.put(asset);
        ctx.stub.setEvent(supervisionEvents.tested, await ctx.supervision.putTest(test));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of InformationAssetName')
    async PutOnline(ctx: GridContext, input: string): Promise<void> {
        const { assetId } = readArgument(input, supervisionInput.assetName);
        const { before, after } = await decideOwnerAct(ctx, assetId, 'put-online');
        acceptedAt(judgeLaunch(after));
        ctx.stub.setEvent(supervisionEvents.online, await ctx.supervision.save(after, before));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of InformationAssetName')
    async RetireInformationAsset(ctx: GridContext, input: string): Promise<void> {
        const { assetId } = readArgument(input, supervisionInput.assetName);
        const { before, after } = await decideOwnerAct(ctx, assetId, 'retire');
        acceptedAt(judgeRetirement(after));
        ctx.stub.setEvent(supervisionEvents.retired, await ctx.supervision.save(after, before));
    }

    /** Writes the asset, too, when the finding is critical: a retirement in the same block is then not valid. */
    @Transaction()
    @Param('input', 'string', 'JSON of FindingInput')
    async ReportFinding(ctx: GridContext, input: string): Promise<void> {
        const given = readArgument(input, supervisionInput.finding);
        await requireHeld(ctx, 'supervisor');
        const found = await ctx.supervision.find(given.assetId);
        const asset = accepted(decideStageAct(found, given.assetId, newAct(ctx, 'report-finding')));
        const finding = accepted(decideFinding(asset, await ctx.supervision.findFinding(given), given));
        if (finding.severity === 'critical') {
            const openCriticalFindings = [...asset.openCriticalFindings, finding.findingId];
            await ctx.supervision.put({ ...asset, openCriticalFindings });
        }
        ctx.stub.setEvent(supervisionEvents.found, await ctx.supervision.saveFinding(finding));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of FindingNote')
    async RectifyFinding(ctx: GridContext, input: string): Promise<void> {
        const finding = await decideOnFinding(ctx, input, 'rectify');
        ctx.stub.setEvent(supervisionEvents.rectified, await ctx.supervision.saveFinding(finding));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of FindingNote')
    async CloseFinding(ctx: GridContext, input: string): Promise<void> {
        const finding = await decideOnFinding(ctx, input, 'close');
        if (finding.severity === 'critical') {
            const { assetId, findingId } = finding;
            const found = await ctx.supervision.find(assetId);
            const asset = accepted(decideStageAct(found, assetId, newAct(ctx, 'close-finding')));
            const openCriticalFindings = asset.openCriticalFindings.filter((id) => id !== findingId);
            await ctx.supervision.put({ ...asset, openCriticalFindings });
        }
        ctx.stub.setEvent(supervisionEvents.closed, await ctx.supervision.saveFinding(finding));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of FindingNote')
    async ReopenFinding(ctx: GridContext, input: string): Promise<void> {
        const finding = await decideOnFinding(ctx, input, 'reopen');
        ctx.stub.setEvent(supervisionEvents.reopened, await ctx.supervision.saveFinding(finding));
    }

    /** The details come as transient data, and go to the members of the supervisors' collection alone. */
    @Transaction()
    @Param('input', 'string', 'JSON of FindingName')
    async DepositDetails(ctx: GridContext, input: string): Promise<void> {
        const finding = readArgument(input, supervisionInput.findingName);
        await depositDetails(ctx, finding);
        ctx.stub.setEvent(supervisionEvents.deposited, Buffer.from(canonicalJson(finding)));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of FindingName')
    async AnnounceDetails(ctx: GridContext, input: string): Promise<void> {
        const finding = readArgument(input, supervisionInput.findingName);
        ctx.stub.setEvent(supervisionEvents.announced, await announceDetails(ctx, finding));
    }

    /** A member's peer answers it; nothing of it is ever submitted. */
    @Transaction(false)
    @Param('input', 'string', 'JSON of FindingName')
    @Returns('Details')
    async ReadDetails(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await readDetails(ctx, readArgument(input, supervisionInput.findingName)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of FindingName')
    @Returns('DetailsRecord')
    async QueryDetails(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await queryDetails(ctx, readArgument(input, supervisionInput.findingName)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of ShownDetails')
    @Returns('DetailsCheck')
    async CheckDetails(ctx: GridContext, input: string): Promise<string> {
        const { details, ...finding } = readArgument(input, supervisionInput.shownDetails);
        return canonicalJson(await checkDetails(ctx, finding, details));
    }

    /** As with the details of a finding, for the report of a test; so the four below. */
    @Transaction()
    @Param('input', 'string', 'JSON of TestName')
    async DepositTestDetails(ctx: GridContext, input: string): Promise<void> {
        const test = readArgument(input, supervisionInput.testName);
        await depositDetails(ctx, test);
        ctx.stub.setEvent(supervisionEvents.deposited, Buffer.from(canonicalJson(test)));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of TestName')
    async AnnounceTestDetails(ctx: GridContext, input: string): Promise<void> {
        const test = readArgument(input, supervisionInput.testName);
        ctx.stub.setEvent(supervisionEvents.announced, await announceDetails(ctx, test));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of TestName')
    @Returns('Details')
    async ReadTestDetails(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await readDetails(ctx, readArgument(input, supervisionInput.testName)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of TestName')
    @Returns('TestDetailsRecord')
    async QueryTestDetails(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await queryDetails(ctx, readArgument(input, supervisionInput.testName)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of ShownTestDetails')
    @Returns('TestDetailsCheck')
    async CheckTestDetails(ctx: GridContext, input: string): Promise<string> {
        const { details, ...test } = readArgument(input, supervisionInput.shownTestDetails);
        return canonicalJson(await checkDetails(ctx, test, details));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of InformationAssetName')
    @Returns('InformationAssetRecord')
    async QueryInformationAsset(ctx: GridContext, input: string): Promise<string> {
        const { assetId } = readArgument(input, supervisionInput.assetName);
        const asset = await ctx.supervision.find(assetId);
        if (asset === undefined) {
            throw new ContractError({ code: 'INFORMATION_ASSET_UNKNOWN', assetId });
        }
        return canonicalJson(asset);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of StageFilter')
    @Returns('InformationAssetPage')
    async ListInformationAssets(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.supervision.list(readArgument(input, supervisionInput.stageFilter)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of VersionFilter')
    @Returns('InformationAssetPage')
    async ListWithVersion(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.supervision.withVersion(readArgument(input, supervisionInput.versionFilter)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of PortFilter')
    @Returns('InformationAssetPage')
    async ListWithPort(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.supervision.withPort(readArgument(input, supervisionInput.portFilter)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of OfInformationAsset')
    @Returns('ConfigurationPage')
    async ListUpdates(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.supervision.listConfigurations(readArgument(input, supervisionInput.ofAsset)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of OfInformationAsset')
    @Returns('SecurityTestPage')
    async ListTests(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.supervision.listTests(readArgument(input, supervisionInput.ofAsset)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of FindingName')
    @Returns('FindingRecord')
    async QueryFinding(ctx: GridContext, input: string): Promise<string> {
        const { assetId, findingId } = readArgument(input, supervisionInput.findingName);
        const finding = await ctx.supervision.findFinding({ assetId, findingId });
        if (finding === undefined) {
            throw new ContractError({ code: 'FINDING_UNKNOWN', assetId, findingId });
        }
        return canonicalJson(finding);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of OfInformationAsset')
    @Returns('FindingPage')
    async ListFindings(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.supervision.listFindings(readArgument(input, supervisionInput.ofAsset)));
    }

    /** As of the question's timestamp. */
    @Transaction(false)
    @Param('input', 'string', 'JSON of OverduePageRequest')
    @Returns('DuePage')
    async ListOverdue(ctx: GridContext, input: string): Promise<string> {
        const request = readArgument(input, supervisionInput.page);
        return canonicalJson(await ctx.supervision.listOverdue(ctx.clock.nowMs, request));
    }
}
