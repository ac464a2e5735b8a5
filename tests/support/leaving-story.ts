import { createHash } from 'node:crypto';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import { openAdoption } from '#lib/domain/decision/adoption.ts';
import type { Actor, CaseFault, CaseGround, DeskEntry } from '#lib/domain/decision/decision.ts';
import { decideCase, type CaseCommand } from '#lib/domain/decision/decide-case.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { CaseDocument } from '#lib/domain/document/document.ts';
import { computeHold } from '#lib/domain/hold/hold.ts';
import { policyById, type Policy } from '#lib/domain/hold/policy.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import type { ClaimId, EntryId, InstitutionId, ItemId, Sha256 } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import { civilDate, type CivilDate } from '#lib/domain/time.ts';
import { childId, houseId, itemId, person, photo, Story } from './notice-story.ts';

/*
 * Tells a child's file up to its leaving, for the tests of papers, decisions and exits: people by letter, days as text.
 * Decisions are taken by the same functions as at a desk, so that no story tells what could not happen.
 */
export const registryId = '00000000-0000-7000-8000-00000000a009' as InstitutionId;
export const policeId = '00000000-0000-7000-8000-00000000a008' as InstitutionId;

export function actor(letter: string, role: Role, institutionId: InstitutionId = houseId): Actor {
	return { staffId: person(letter), institutionId, role };
}
export const supervisor = actor('a', 'supervisor');
export const administrator = actor('b', 'second_administrator');
export const careWorker = actor('c', 'care_worker');
export const officer = actor('f', 'registry_officer', registryId);
export const secondOfficer = actor('g', 'registry_officer', registryId);
export const liaison = actor('p', 'police_liaison', policeId);

export const policy: Policy = (() => {
	const found = policyById('CN-2015-159');
	if (!found.ok) throw new Error('no policy');
	return found.value;
})();

export class LeavingStory {
	readonly story = new Story();
	today = civilDate('2026-03-02');
	registry: CaseGround['registry'] = { unscreenedClaims: 0, openCandidates: 0 };
	#items = 1000;

	on(day: string): this {
		this.today = civilDate(day);
		return this;
	}

	get ground(): CaseGround {
		const { caseFile } = this.story;
		const hold = computeHold(
			holdFacts(caseFile, this.today, () => 'welfare_institution'),
			policy,
			restDaysFor(policy.calendar)
		);
		return { caseFile, hold, policy, today: this.today, registry: this.registry };
	}

	/** Files a paper without asking anybody, as a tablet would; gives its item. */
	paper(document: CaseDocument, by = 'c', on: string = document.date ?? this.today): ItemId {
		const item = itemId(this.#items++);
		this.story.tell('document.recorded', { itemId: item, document }, { by, on });
		return item;
	}

	/** Takes a decision; throws where it is refused. Gives the ids of the new entries. */
	does(by: Actor, command: CaseCommand): readonly EntryId[] {
		const tried = this.tries(by, command);
		if (!tried.ok) throw new Error(`${command.command}: ${JSON.stringify(tried.error)}`);
		return this.tells(by, tried.value);
	}

	/** Judges a decision and writes nothing. */
	tries(by: Actor, command: CaseCommand): Result<readonly DeskEntry[], CaseFault> {
		return decideCase(this.ground, by, command, this.means);
	}

	tells(by: Actor, entries: readonly DeskEntry[]): readonly EntryId[] {
		return entries.map((entry) =>
			this.story.tell(entry.type, entry.payload, {
				by: letterOf(by),
				house: by.institutionId,
				on: entry.occurredOn,
				replaces: entry.replaces
			})
		);
	}

	readonly means = {
		newItemId: (): ItemId => itemId(this.#items++),
		sha256: (text: string): Sha256 => createHash('sha256').update(text).digest('hex') as Sha256
	};

	/** A family's claim, opened and decided by two persons as the claims' own module does. */
	claim(decision: 'reunite' | 'dissolve' | 'refuse', opened: string, closed: string): ClaimId {
		const claimId = '00000000-0000-7000-8000-00000000f001' as ClaimId;
		const opening = this.story.tell('claim.opened', { claimId, number: 'RL-7F3K-29QX' }, { on: opened });
		const outcome = decision === 'refuse' ? 'refused' : 'kin_confirmed';
		this.story.tell('claim.closed', { claimId, opening, outcome, decision }, { on: closed });
		return claimId;
	}
}

/** A person's letter, out of the id that `person` made. */
function letterOf({ staffId }: Actor): string {
	return String.fromCharCode(Number.parseInt(staffId.slice(-2), 16));
}

const known = <V>(value: V) => ({ state: 'known' as const, value });

/** A boy, born in the spring of 2021, brought by the police on 4 November 2024: the hold's last day is 4 November 2025. */
export function receivedChild(): LeavingStory {
	const told = new LeavingStory();
	const { story } = told;
	const recorded = story.tell(
		'intake.recorded',
		{
			answers: {
				nameAssigned: known('小虎'),
				sex: known('1'),
				birth: known({ precision: 'range', earliest: civilDate('2021-03-01'), latest: civilDate('2021-05-31') }),
				caseNumber: known('YL-2024-0031'),
				handoverDate: known(civilDate('2024-11-04')),
				dateRescued: known({ y: 2024, m: 11, d: 2 })
			}
		},
		{ by: 'c', on: '2024-11-04' }
	);
	story.tell('intake.submitted', {}, { by: 'c', on: '2024-11-04' });
	story.tell('photo.added', { itemId: itemId(1), photo: photo(1, 'front') }, { by: 'c', on: '2024-11-04' });
	told.on('2024-11-05').does(administrator, { command: 'confirm_date', version: recorded });
	told.paper({ code: 'DOC-A', number: '云公临照〔2024〕31号', date: day('2024-11-04'), issuer: '云岭县公安局' });
	told.paper({
		...{ code: 'DOC-B', number: '云公暂〔2024〕9号', date: day('2024-12-02') },
		...{ issuer: '云岭县公安局', originalSeenBy: '李秀兰' }
	});
	const publication = { by: 'a', on: '2024-12-05' };
	const draft = story.tell(
		'notice.drafted',
		{ draft: { shown: { name: '小虎' }, sexCode: '1', photos: [itemId(1)], contactPhone: '0870-000 0000' } },
		publication
	);
	story.tell(
		'notice.approved',
		{ approval: { draft, publicNumber: 'LK-5016-0148' } },
		{ ...publication, by: 'b', replaces: [draft] }
	);
	told.paper({ code: 'DOC-D', number: '2024-12-06-B3', date: day('2024-12-06'), issuer: '昭通日报' });
	story.tell('sample.recorded', { itemId: itemId(6), sample: { step: 'in_database' } }, { by: 'c', on: '2025-01-20' });
	told.paper({
		...{ code: 'DOC-E', number: '云公鉴〔2025〕4号', date: day('2025-02-10') },
		...{ issuer: '云岭县公安局', originalSeenBy: '李秀兰' }
	});
	return told.on('2025-11-20');
}

/** The same child with the police's certificate, agreed by two reviewers, in long-term guardianship. */
export function certifiedChild(): LeavingStory {
	const told = receivedChild();
	told.paper({
		...{ code: 'DOC-C', number: '云公查〔2025〕3号', date: day('2025-11-10') },
		...{ issuer: '云岭县公安局', originalSeenBy: '陈国华' }
	});
	told.does(administratorWhoReviews, { command: 'sign_review', verdict: 'eligible', opinion: '材料齐全' });
	told.does(officer, { command: 'sign_review', verdict: 'eligible', opinion: '同意' });
	told.does(officer, { command: 'change_guardianship', ground: 'certified' });
	return told;
}

/** Another administrator than the one who confirmed the date. */
export const administratorWhoReviews = actor('h', 'second_administrator');

export const adopterId = '00000000-0000-4000-8000-0000000000ad';

/** On the way to adoption: matched, assessed, agreed, announced by the registry on 1 December 2025 (60 days), applied for. */
export function childToBeAdopted(): { readonly told: LeavingStory; readonly adoption: ItemId } {
	const told = certifiedChild();
	type Step = 'matched' | 'assessed' | 'agreement' | 'registry_notice' | 'application';
	const record = (step: Step, on: string, adoption?: ItemId) =>
		told.on(on).does(officer, { command: 'record_adoption_step', adoption, step, adopterId, papers: [], on: day(on) });
	record('matched', '2025-11-24');
	const adoption = openAdoption(told.story.caseFile);
	if (!adoption) throw new Error('no adoption');
	told.paper({ code: 'DOC-H', number: '评〔2025〕7号', date: day('2025-11-26'), issuer: '云岭县民政局' });
	record('assessed', '2025-11-26', adoption);
	told.paper({ code: 'DOC-G', number: '收协〔2025〕2号', date: day('2025-11-28'), issuer: '云岭县儿童福利院' });
	record('agreement', '2025-11-28', adoption);
	record('registry_notice', '2025-12-01', adoption);
	record('application', '2025-12-02', adoption);
	return { told, adoption };
}

/** Consent is asked of this child only if it may be eight; it is not. Adopted on 3 March 2026, by two persons. */
export function adoptedChild(): { readonly told: LeavingStory; readonly adoption: ItemId } {
	const { told, adoption } = childToBeAdopted();
	told.paper({ code: 'DOC-J', number: '收字〔2026〕11号', date: day('2026-03-03'), issuer: '云岭县民政局' });
	told.on('2026-03-04');
	const [proposal] = told.does(administrator, {
		command: 'propose_exit',
		exit: { reason: 'adopted', code: '01', papers: [], adoption },
		on: day('2026-03-03')
	});
	if (!proposal) throw new Error('no proposal');
	told.does(officer, { command: 'confirm_exit', proposal });
	return { told, adoption };
}

export function day(text: string): CivilDate {
	return civilDate(text);
}

export { childId, houseId, itemId };
