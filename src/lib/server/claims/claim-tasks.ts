import { dueOf, nextStep, type ClaimStep } from '#lib/domain/claim/claim-row.ts';
import { blockOf, isOpenClaim, kinOf, type ClaimState } from '#lib/domain/claim/claim.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, ClaimId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';

/*
 * What people are told of a claim: derived from the claim before and after, so that nothing can be done to a claim without
 * those who are next knowing of it, and nothing stays in an inbox that is done.
 */

/** The codes of an inbox that are about claims. */
export const claimTaskCodes = [
	'claim_to_screen',
	'claim_blocks_child',
	'claim_sample_due',
	'claim_block_lapsed',
	'claim_decision_to_sign',
	'police_finding_needed',
	'fitness_needed',
	'kinship_result'
] as const;
export type ClaimTaskCode = (typeof claimTaskCodes)[number];

/** People of a house, or of whoever sees every house. */
export type ClaimAddressee =
	| { readonly institutionId: InstitutionId; readonly role: readonly Role[] }
	| { readonly role: readonly ('registry_officer' | 'police_liaison')[] };

export interface ClaimNotification {
	readonly to: ClaimAddressee;
	readonly code: ClaimTaskCode;
	readonly refs: { readonly claimId: ClaimId; readonly childId?: ChildId };
	readonly dueOn?: CivilDate;
	/** Who proposed is not asked to sign. */
	readonly notFor?: StaffId;
}

/** The inbox, as far as claims need it. Both run in the caller's transaction. */
export interface ClaimInbox {
	notify(session: Session, notification: ClaimNotification): Promise<void>;
	/** Takes back what was told under a code about a claim, from everybody. */
	closeItems(
		session: Session,
		closed: { readonly code: ClaimTaskCode; readonly refs: { readonly claimId: ClaimId } }
	): Promise<void>;
}

/** Tells what is new, and takes back what is done. */
export async function tellOfClaim(
	inbox: ClaimInbox,
	session: Session,
	claimId: ClaimId,
	before: ClaimState | undefined,
	after: ClaimState
): Promise<void> {
	const told = before ? tasksOf(before) : new Map<ClaimTaskCode, Task>();
	const tasks = tasksOf(after);
	for (const code of claimTaskCodes) {
		const [old, now] = [told.get(code), tasks.get(code)];
		if (old && now?.key !== old.key) await inbox.closeItems(session, { code, refs: { claimId } });
		if (!now || now.key === old?.key) continue;
		const house = after.childId && (await custodianOf(session, after.childId));
		for (const to of addressees(code, house)) {
			await inbox.notify(session, {
				to,
				code,
				refs: { claimId, ...(after.childId && { childId: after.childId }) },
				...(now.dueOn && { dueOn: now.dueOn }),
				...(now.notFor && { notFor: now.notFor })
			});
		}
	}
}

interface Task {
	/** Changes when it is another task under the same code: a second proposal, another last day. */
	readonly key: string;
	readonly dueOn?: CivilDate | undefined;
	readonly notFor?: StaffId | undefined;
}

const taskOfStep: { readonly [S in ClaimStep]?: ClaimTaskCode } = {
	screen: 'claim_to_screen',
	link: 'claim_to_screen',
	sample: 'claim_sample_due',
	hear_appeal: 'claim_block_lapsed',
	police_finding: 'police_finding_needed',
	fitness: 'fitness_needed',
	sign: 'claim_decision_to_sign'
};

function tasksOf(claim: ClaimState): ReadonlyMap<ClaimTaskCode, Task> {
	const tasks = new Map<ClaimTaskCode, Task>();
	const step = nextStep(claim);
	const code = step && taskOfStep[step];
	const block = blockOf(claim);
	const proposal = 'proposal' in claim ? claim.proposal : undefined;
	if (step && code) {
		tasks.set(code, {
			key: [step, block?.sampleDue, proposal?.number].join(' '),
			dueOn: dueOf(claim, step),
			notFor: step === 'sign' ? proposal?.by?.userId : undefined
		});
	}
	if (block) tasks.set('claim_blocks_child', { key: block.since });
	if (isOpenClaim(claim) && claim.lapse) {
		tasks.set('claim_block_lapsed', { key: `${claim.lapse.on} ${claim.lapse.appealedOn ?? ''}` });
	}
	const report = claim.reports.at(-1);
	if (report && isOpenClaim(claim)) tasks.set('kinship_result', { key: `${report.number} ${kinOf(claim.reports)}` });
	return tasks;
}

const houseRoles: readonly Role[] = ['supervisor', 'second_administrator'];

function addressees(code: ClaimTaskCode, house: InstitutionId | undefined): readonly ClaimAddressee[] {
	const registry: ClaimAddressee = { role: ['registry_officer'] };
	const ofHouse: readonly ClaimAddressee[] = house ? [{ institutionId: house, role: houseRoles }] : [];
	switch (code) {
		case 'police_finding_needed':
			return [{ role: ['police_liaison'] }];
		case 'claim_sample_due':
			return [...ofHouse, registry, { role: ['police_liaison'] }];
		case 'fitness_needed':
			return [...(house ? [{ institutionId: house, role: ['second_administrator'] as const }] : []), registry];
		case 'claim_to_screen':
		case 'claim_blocks_child':
		case 'claim_block_lapsed':
		case 'claim_decision_to_sign':
		case 'kinship_result':
			return [...ofHouse, registry];
	}
}

async function custodianOf(session: Session, childId: ChildId): Promise<InstitutionId | undefined> {
	const { rows } = await session.query<{ custodian: InstitutionId | null }>(
		'SELECT custodian FROM child_rows WHERE child_id = $1',
		[childId]
	);
	return rows[0]?.custodian ?? undefined;
}
