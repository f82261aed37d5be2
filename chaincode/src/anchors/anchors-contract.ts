import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { requireRole } from '../caller/require-role';
import { accepted } from '../faults/accepted';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { digest, documentFields } from '../input/document-reader';
import { pageFields } from '../input/page-reader';
import { readArgument, recordOf } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import { decideAnchor } from './anchor-rules';
import { anchorsContract, anchorsEvents, type AnchorInput, type DigestFilter } from './anchors-api';
import './anchor-records';

const { title: name, sha256, sizeBytes, place } = documentFields;
const anchorInput = recordOf<AnchorInput>({ name, sha256, sizeBytes, place });
const anchorName = recordOf<{ readonly name: string }>({ name });
const digestFilter = recordOf<DigestFilter>({ sha256: digest, ...pageFields });

@DescribedOnly
@Info({ title: 'anchors', description: 'Digests of documents that stay off-chain' })
export class AnchorsContract extends Contract {
    constructor() {
        super(anchorsContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(anchorsContract);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of AnchorInput')
    async AnchorDocument(ctx: GridContext, input: string): Promise<void> {
        const given = readArgument(input, anchorInput);
        requireRole(ctx.caller, 'operator', await ctx.roles.find());
        const act = { byMspId: ctx.caller.mspId, byName: ctx.caller.certificate.commonName, ...ctx.transaction };
        const anchor = accepted(decideAnchor(await ctx.anchors.find(given.name), given, act));
        ctx.stub.setEvent(anchorsEvents.anchored, await ctx.anchors.put(anchor));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of AnchorName')
    @Returns('AnchorRecord')
    async QueryAnchor(ctx: GridContext, input: string): Promise<string> {
        const given = readArgument(input, anchorName);
        const anchor = await ctx.anchors.find(given.name);
        if (anchor === undefined) {
            throw new ContractError({ code: 'ANCHOR_UNKNOWN', name: given.name });
        }
        return canonicalJson(anchor);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of DigestFilter')
    @Returns('AnchorPage')
    async ListAnchorsOfDigest(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.anchors.ofDigest(readArgument(input, digestFilter)));
    }
}
