import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import { decideCase, type CaseCommand } from '#lib/domain/decision/decide-case.ts';
import type { Actor, CaseFault, CaseGround, DeskEntry, RegistryKnowledge } from '#lib/domain/decision/decision.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import { computeHold, type Hold } from '#lib/domain/hold/hold.ts';
import { defaultPolicyId, policyById, type Policy } from '#lib/domain/hold/policy.ts';
import { chinaRestDays } from '#lib/domain/hold/rest-days.ts';
import type { ClaimId, EntryId, InstitutionId, Sha256 } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import { civilDate } from '#lib/domain/time.ts';
import type { ClaimOutcome } from '#lib/domain/hold/facts.ts';
import type { ClaimDecision } from '#lib/domain/claim/events.ts';
import { houseId, itemId, person, photo, Story } from './notice-story.ts';

/*
 * Tells a child's way through the desks: a story that grows by decisions, each judged as the registry judges it.
 */
export const registryHouse = '00000000-0000-7000-8000-00000000a009' as InstitutionId;
export const claimId = '00000000-0000-7000-8000-00000000e001' as ClaimId;
export const otherClaim = '00000000-0000-7000-8000-00000000e002' as ClaimId;
export const adopterId = '00000000-0000-7000-8000-00000000f001';

export const policy: Policy = (() => {
	const found = policyById(defaultPolicyId);
	if (!found.ok) throw new Error('the default policy is not there');
	return found.value;
})();

/** People by letter: `a` and `b` work for the house (b reviews), `r` and `s` for the registry. */
export function actor(letter: string, role: Role, institutionId: InstitutionId = houseId): Actor {
	return { staffId: person(letter), institutionId, role };
}
export const supervisor = actor('c', 'supervisor');
export const secondSupervisor = actor('d', 'supervisor');
export const houseReviewer = actor('b', 'second_administrator');
export const registryReviewer = actor('r', 'registry_officer', registryHouse);
export const secondOfficer = actor('s', 'registry_officer', registryHouse);
export const liaison = actor('p', 'police_liaison', registryHouse);
export const careWorker = actor('a', 'care_worker');

export class DecisionStory extends Story {
	registry: RegistryKnowledge = { unscreenedClaims: 0, openCandidates: 0 };
	#items = 500;

	ground(today: string): CaseGround {
		const day = civilDate(today);
		const { caseFile } = this;
		return { caseFile, hold: this.hold(today), policy, today: day, registry: this.registry };
	}

	hold(today: string): Hold {
		return computeHold(
			holdFacts(this.caseFile, civilDate(today), () => 'welfare_institution'),
			policy,
			chinaRestDays
		);
	}

	/** Judges a command; when it may be, its entries are told. */
	decide(by: Actor, command: CaseCommand, today: string): Result<readonly EntryId[], CaseFault> {
		const judged = decideCase(this.ground(today), by, command, {
			newItemId: () => itemId(++this.#items),
			sha256: fakeSha256
		});
		if (!judged.ok) return judged;
		return { ok: true, value: judged.value.map((entry) => this.append(by, entry)) };
	}

	append(by: Actor, entry: DeskEntry): EntryId {
		return this.tell(entry.type, entry.payload, {
			by: letterOf(by),
			house: by.institutionId,
			replaces: entry.replaces,
			on: entry.occurredOn
		});
	}

	openClaim(id: ClaimId, on: string): EntryId {
		return this.tell('claim.opened', { claimId: id, number: 'RL-7F3K-29QX' }, { by: 'r', house: registryHouse, on });
	}

	closeClaim(id: ClaimId, opening: EntryId, on: string, outcome: ClaimOutcome, decision?: ClaimDecision): EntryId {
		return this.tell(
			'claim.closed',
			{ claimId: id, opening, outcome, ...(decision && { decision }) },
			{ by: 'r', house: registryHouse, on }
		);
	}

	paper(
		code: 'DOC-A' | 'DOC-B' | 'DOC-C' | 'DOC-D' | 'DOC-E' | 'DOC-G' | 'DOC-H' | 'DOC-J' | 'DOC-K',
		date: string,
		by = 'a'
	) {
		const id = itemId(++this.#items);
		this.tell(
			'document.recorded',
			{
				itemId: id,
				document: {
					code,
					number: `${code}-1`,
					date: civilDate(date),
					issuer: '云岭县公安局',
					originalSeenBy: '李秀兰'
				}
			},
			{ by, on: date }
		);
		return id;
	}
}

/** Handed over on 2025-03-10; by 2026-03-11 the hold has elapsed (last day 2026-03-10). */
export const lastDay = '2026-03-10';
export const afterHold = '2026-03-20';

/** A child of about five with everything on file by `afterHold`, the start confirmed; nobody has reviewed it. */
export function readyChild(
	birth: { earliest: string; latest: string } = { earliest: '2020-01-01', latest: '2021-12-31' }
) {
	const story = new DecisionStory();
	const known = <V>(value: V) => ({ state: 'known' as const, value });
	const intake = story.tell(
		'intake.recorded',
		{
			answers: {
				nameAssigned: known('小石'),
				sex: known('1'),
				handoverDate: known(civilDate('2025-03-10')),
				birth: known({
					precision: 'range' as const,
					earliest: civilDate(birth.earliest),
					latest: civilDate(birth.latest)
				})
			}
		},
		{ by: 'a', on: '2025-03-10' }
	);
	story.tell('photo.added', { itemId: itemId(1), photo: photo(1, 'front') }, { on: '2025-03-10' });
	story.tell('sample.recorded', { itemId: itemId(6), sample: { step: 'in_database' } }, { on: '2025-03-20' });
	story.paper('DOC-A', '2025-03-10');
	story.paper('DOC-B', '2025-04-08');
	story.paper('DOC-D', '2025-04-20');
	story.paper('DOC-E', '2025-05-06');
	const draft = story.tell(
		'notice.drafted',
		{ draft: { shown: { name: '小石' }, sexCode: '1', photos: [itemId(1)], contactPhone: '0885-5550117' } },
		{ by: 'c', on: '2025-04-18' }
	);
	story.tell(
		'notice.approved',
		{ approval: { draft, publicNumber: 'LK-7F3K-29QX', identitySeen: [intake] } },
		{ by: 'd', replaces: [draft], on: '2025-04-20' }
	);
	story.tell('date.confirmed', { field: 'handoverDate', confirmed: intake }, { by: 'c', on: '2025-03-12' });
	story.paper('DOC-C', '2026-03-16');
	return Object.assign(story, { intake });
}

/** The same, signed by two reviewers of different institutions. */
export function certifiedChild(birth?: Parameters<typeof readyChild>[0]) {
	const story = readyChild(birth);
	for (const reviewer of [houseReviewer, registryReviewer]) must(story.decide(reviewer, agree, afterHold));
	return story;
}

export const agree: CaseCommand = { command: 'sign_review', verdict: 'eligible', opinion: '已核对公安证明原件。' };

export function must<T>(result: Result<T, CaseFault>): T {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
	return result.value;
}

function letterOf({ staffId }: Actor): string {
	return String.fromCharCode(Number.parseInt(staffId.slice(-2), 16));
}

/** Stands in for SHA-256 where only equality matters: FNV-1a over the text, widened to 64 digits. */
function fakeSha256(text: string): Sha256 {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
	return hash.toString(16).padStart(8, '0').repeat(8) as Sha256;
}
