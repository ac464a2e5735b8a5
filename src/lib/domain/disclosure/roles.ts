import type { Disclosure } from './audience.ts';
import { fieldDefinition, fieldKeys, type FieldKey } from '../intake/fields.ts';

/** What a person of a house or of the registry may be (rule book 5). */
export const roles = [
	'care_worker',
	'supervisor',
	'second_administrator',
	'registry_officer',
	'police_liaison',
	'auditor'
] as const;
export type Role = (typeof roles)[number];

/** Which marks a role reads at the desk. Laboratory results are in nobody's list: they never come here. */
export const readableBy: Readonly<Record<Role, readonly Disclosure[]>> = {
	care_worker: ['public', 'institution'],
	supervisor: ['public', 'institution', 'registry', 'restricted:medical', 'restricted:justice'],
	second_administrator: ['public', 'institution', 'registry', 'restricted:justice'],
	registry_officer: ['public', 'institution', 'registry', 'restricted:justice'],
	police_liaison: ['public', 'institution', 'restricted:justice'],
	auditor: ['public']
};

/** Who writes drafts, approves and takes down. Two of them are needed for one notice. */
export const decidesNotices: readonly Role[] = ['supervisor', 'second_administrator', 'registry_officer'];
/**
 * Who says that two files are one child's, and takes it back: on a tablet or at the desk, of files they both see. Asked by
 * `mayWrite` (domain/case-file/who-writes.ts) and by nobody else.
 */
export const mergesFiles: readonly Role[] = ['supervisor', 'registry_officer'];
/** Who sees what the registry did not accept of tablets, with the reasons, and sees to it: of the own house or of all. */
export const seesSetAside: readonly Role[] = ['supervisor', 'registry_officer'];
/** Who lets people and tablets in. */
export const managesTablets: readonly Role[] = ['supervisor', 'registry_officer'];
/** Who sees every house; these belong to the registry (the liaison to the police) and to no other house. */
export const seesEveryHouse: readonly Role[] = ['registry_officer', 'police_liaison', 'auditor'];
/** Who has no tablet. */
export const worksAtDesksOnly: readonly Role[] = ['registry_officer', 'police_liaison', 'auditor'];
/** Who screens claims: whether what a family says may be true (rule book 5). */
export const screensClaims: readonly Role[] = ['supervisor', 'registry_officer'];
/** Who reads what a family says and shows: those who work on claims, and the police who look for how the child was lost. */
export const readsStatements: readonly Role[] = [
	'supervisor',
	'second_administrator',
	'registry_officer',
	'police_liaison'
];
/** Who proposes and signs decisions about claims; two persons for each. */
export const decidesClaims: readonly Role[] = ['supervisor', 'second_administrator', 'registry_officer'];
/**
 * Who enters what DNA says of a claim. Nobody of a house: a house cannot make a claim on its own child disappear
 * (rule book 1.8).
 */
export const reportsKinship: readonly Role[] = ['registry_officer', 'police_liaison'];
/** Who records that blood was taken: those who work on claims, and the police who take it. */
export const recordsSamples: readonly Role[] = [
	'supervisor',
	'second_administrator',
	'registry_officer',
	'police_liaison'
];
/** Who records whether parents are fit to have their child back: administrators, not those who supervise the care. */
export const assessesFitness: readonly Role[] = ['second_administrator', 'registry_officer'];
/** Who says what the police found: stolen, abducted, lost, sold, abandoned. */
export const findsForPolice: readonly Role[] = ['police_liaison'];
/** Who reviews whether a child may be placed: two persons of different institutions (rule book 5; ASVS 2.3.5). */
export const reviewsEligibility: readonly Role[] = ['second_administrator', 'registry_officer'];
/**
 * Who sees a child's review with its clocks, papers and signatures: reviewers, and everybody with a step of their own in it
 * (the supervisor confirms dates and halts, the police halt).
 */
export const seesReview: readonly Role[] = ['supervisor', 'second_administrator', 'registry_officer', 'police_liaison'];
/** Who records papers at the desk. The police bring their own: DOC-A, B, C, E, K, M. */
export const recordsDocuments: readonly Role[] = [
	'supervisor',
	'second_administrator',
	'registry_officer',
	'police_liaison'
];
/** Who proposes and confirms that a child leaves the register; two persons for each. */
export const decidesLeaving: readonly Role[] = ['supervisor', 'second_administrator', 'registry_officer'];
/** Who lets others read a full file, with purpose and end (未成年人网络保护条例 36). */
export const grantsAccess: readonly Role[] = ['supervisor', 'registry_officer'];
/** Who sees who read what, and exports a year of it. */
export const seesReadings: readonly Role[] = ['supervisor', 'second_administrator', 'registry_officer', 'auditor'];

/** Who reads the rules holds are reckoned by, each with its mark of certainty, and tries a file. Nobody edits them. */
export const readsRules: readonly Role[] = ['supervisor', 'second_administrator', 'registry_officer'];
/** Who proposes a rules file and, as the second person, puts one in force. */
export const decidesRules: readonly Role[] = ['registry_officer'];

export function readableFields(role: Role): readonly FieldKey[] {
	return fieldKeys.filter((key) => readableBy[role].includes(fieldDefinition(key).disclosure));
}
