import {
    detailsCalls,
    testDetailsCalls,
    type DetailsCalls,
    type DetailsSubject,
} from '../../chaincode/src/supervision/details-api';
import { supervisionContract } from '../../chaincode/src/supervision/supervision-api';
import { form, needed, type CallForm, type CallOptions } from './call-form';

/** How one kind of subject is named by options. */
interface SubjectForm<Subject extends DetailsSubject> {
    readonly calls: DetailsCalls<Subject>;
    /** How the names of its transactions end. */
    readonly ending: string;
    readonly options: Readonly<Record<string, string>>;
    readonly subjectOf: (options: CallOptions) => Subject;
}

const asset = "the information asset's id";

/** The calls about what only the supervisor may read of findings and of tests. */
export const detailsForms: Readonly<Record<string, CallForm>> = {
    ...formsOf({
        calls: detailsCalls,
        ending: 'Details',
        options: { asset, finding: "the finding's id" },
        subjectOf: (options) => ({ assetId: needed(options, 'asset'), findingId: needed(options, 'finding') }),
    }),
    ...formsOf({
        calls: testDetailsCalls,
        ending: 'TestDetails',
        options: { asset, test: "the test's id" },
        subjectOf: (options) => ({ assetId: needed(options, 'asset'), testId: needed(options, 'test') }),
    }),
};

function formsOf<Subject extends DetailsSubject>({
    calls,
    ending,
    options: subject,
    subjectOf,
}: SubjectForm<Subject>): Readonly<Record<string, CallForm>> {
    return {
        [`Deposit${ending}`]: form(supervisionContract, 'supervisor', {
            options: { ...subject, text: 'what only supervisors may read', 'salt?': '64 hex digits; drawn by lot' },
            build: (options, { newSalt }) =>
                calls.deposit(subjectOf(options), {
                    salt: options['salt'] ?? newSalt(),
                    text: needed(options, 'text'),
                }),
        }),
        [`Announce${ending}`]: form(supervisionContract, 'supervisor', {
            options: subject,
            build: (options) => calls.announce(subjectOf(options)),
        }),
        [`Read${ending}`]: {
            ...form(supervisionContract, 'supervisor', {
                options: subject,
                build: (options) => calls.read(subjectOf(options)),
            }),
            readOnly: true,
        },
        [`Query${ending}`]: form(supervisionContract, 'reader', {
            options: subject,
            build: (options) => calls.query(subjectOf(options)),
        }),
        [`Check${ending}`]: form(supervisionContract, 'reader', {
            options: { ...subject, text: `as Read${ending} answered it`, salt: `as Read${ending} answered it` },
            build: (options) =>
                calls.check(subjectOf(options), { salt: needed(options, 'salt'), text: needed(options, 'text') }),
        }),
    };
}
