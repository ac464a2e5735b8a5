import { createHash } from 'node:crypto';
import { evolve, emptyCaseFile, items, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import {
	entryTypes,
	type Entry,
	type EntryType,
	type ParsedEntry,
	type PayloadOf,
	type UnknownEntry
} from '#lib/domain/case-file/entry.ts';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import { live } from '#lib/domain/case-file/versions.ts';
import type { ClaimDecision } from '#lib/domain/claim/events.ts';
import { decideCase, type CaseCommand } from '#lib/domain/decision/decide-case.ts';
import type { Actor, CaseFault, CaseGround, RegistryKnowledge } from '#lib/domain/decision/decision.ts';
import type { CaseDocument, DocumentCode } from '#lib/domain/document/document.ts';
import { computeHold, type Hold } from '#lib/domain/hold/hold.ts';
import type { ClaimOutcome } from '#lib/domain/hold/facts.ts';
import { defaultPolicyId, policyById, type Policy } from '#lib/domain/hold/policy.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import type { ChildId, ClaimId, DeviceId, EntryId, InstitutionId, ItemId, Sha256, StaffId } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import { addDays, civilDate, type CivilDate } from '#lib/domain/time.ts';

/*
 * Tells a child's way to a review as entries: the papers, the notice, the claims, and decisions by people of several
 * houses, each judged by the product's own `decideCase` on the file as it is by then.
 */
export const houses = {
	a: '00000000-0000-7000-8000-00000000aa01' as InstitutionId,
	b: '00000000-0000-7000-8000-00000000aa02' as InstitutionId,
	registry: '00000000-0000-7000-8000-00000000aa09' as InstitutionId,
	police: '00000000-0000-7000-8000-00000000aa08' as InstitutionId
} as const;

const staff = (number: number) => `00000000-0000-7000-8000-00000000bb${String(number).padStart(2, '0')}` as StaffId;

/** Who acts. The first letter of a reviewer's house is in the name. */
export const people = {
	careWorker: { staffId: staff(1), institutionId: houses.a, role: 'care_worker' },
	supervisor: { staffId: staff(2), institutionId: houses.a, role: 'supervisor' },
	supervisor2: { staffId: staff(3), institutionId: houses.a, role: 'supervisor' },
	adminA: { staffId: staff(4), institutionId: houses.a, role: 'second_administrator' },
	adminA2: { staffId: staff(5), institutionId: houses.a, role: 'second_administrator' },
	adminB: { staffId: staff(6), institutionId: houses.b, role: 'second_administrator' },
	officer: { staffId: staff(7), institutionId: houses.registry, role: 'registry_officer' },
	officer2: { staffId: staff(8), institutionId: houses.registry, role: 'registry_officer' },
	police: { staffId: staff(9), institutionId: houses.police, role: 'police_liaison' },
	auditor: { staffId: staff(10), institutionId: houses.registry, role: 'auditor' }
} as const satisfies Record<string, Actor>;
export type PersonName = keyof typeof people;

export function claimId(number: number): ClaimId {
	return `00000000-0000-7000-8000-cc${String(number).padStart(10, '0')}` as ClaimId;
}

export const nothingAtTheRegistry: RegistryKnowledge = { unscreenedClaims: 0, openCandidates: 0 };

export const adopterId = '00000000-0000-7000-8000-00000000ad01';

export function chinaPolicy(): Policy {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('the default policy is not there');
	return policy.value;
}

export class ReviewStory {
	readonly entries: ParsedEntry[] = [];
	/** The civil day at the registry; decisions are taken and recorded on it. */
	today: CivilDate;
	registry: RegistryKnowledge = nothingAtTheRegistry;
	readonly policy: Policy;
	readonly childId: ChildId;
	#file: CaseFile;
	#number = 0;

	constructor(today: string, child = 1, policy = chinaPolicy()) {
		this.today = civilDate(today);
		this.childId = `00000000-0000-7000-8000-dd${String(child).padStart(10, '0')}` as ChildId;
		this.policy = policy;
		this.#file = emptyCaseFile(this.childId);
	}

	get caseFile(): CaseFile {
		return this.#file;
	}

	get hold(): Hold {
		return this.holdOn(this.today);
	}

	holdOn(today: CivilDate): Hold {
		return this.reckon(this.#file, today);
	}

	/** Another file under this story's policy. */
	reckon(caseFile: CaseFile, today: CivilDate): Hold {
		return computeHold(holdFacts(caseFile, today), this.policy, restDaysFor(this.policy.calendar));
	}

	get ground(): CaseGround {
		const { caseFile, hold, policy, today, registry } = this;
		return { caseFile, hold, policy, today, registry };
	}

	item(): ItemId {
		return `00000000-0000-7000-9000-${this.childId.slice(-4)}${String(++this.#number).padStart(8, '0')}` as ItemId;
	}

	tell<T extends EntryType>(
		type: T,
		payload: PayloadOf<T>,
		more: { readonly by?: Actor; readonly replaces?: readonly EntryId[]; readonly on?: CivilDate } = {}
	): EntryId {
		const number = this.entries.length + 1;
		const { staffId, institutionId } = more.by ?? people.careWorker;
		const entry = {
			id: `00000000-0000-7000-8000-${this.childId.slice(-4)}${String(number).padStart(8, '0')}` as EntryId,
			childId: this.childId,
			type,
			version: entryTypes[type].version,
			payload,
			replaces: [...(more.replaces ?? [])],
			occurredOn: more.on ?? this.today,
			recordedAt: `${this.today}T08:00:00+08:00`,
			staffId,
			institutionId,
			deviceId: `00000000-0000-7000-8000-${institutionId.slice(-4)}${this.childId.slice(-8)}` as DeviceId,
			deviceSeq: number,
			previous: null,
			signature: 'A'.repeat(86)
		} as unknown as Entry;
		this.#grow({ known: true, entry });
		return entry.id;
	}

	/** The same file of another child. */
	as(child: number): ReviewStory {
		const other = new ReviewStory(this.today, child, this.policy);
		const text = JSON.stringify(this.entries)
			// Set aside whole, so that no later replacement finds a part of it.
			.replaceAll(this.childId, '@child')
			.replaceAll(`-8000-${this.childId.slice(-4)}`, `-8000-${other.childId.slice(-4)}`)
			.replaceAll(`-9000-${this.childId.slice(-4)}`, `-9000-${other.childId.slice(-4)}`)
			.replaceAll(this.childId.slice(-8), other.childId.slice(-8))
			.replaceAll('@child', other.childId);
		for (const parsed of JSON.parse(text) as ParsedEntry[]) other.#grow(parsed);
		other.#number = this.#number;
		return other;
	}

	/** An entry of a program that does not exist yet. */
	tellUnknown(): void {
		this.tell('care.recorded', { itemId: this.item(), care: { kind: 'daily', note: '' } });
		const last = this.entries.pop();
		if (!last) throw new Error('nothing was told');
		const { id } = last.entry;
		const future = { ...last.entry, id: `${id.slice(0, -1)}f` as EntryId, type: 'future.told' };
		this.#grow({ known: false, entry: future as unknown as UnknownEntry });
	}

	#grow(parsed: ParsedEntry): void {
		this.entries.push(parsed);
		this.#file = evolve(this.#file, parsed);
	}

	/** The intake with the day the police handed the child over. */
	intake(handover: string, born: { readonly earliest: string; readonly latest: string }, name = '石头'): EntryId {
		const known = <V>(value: V) => ({ state: 'known' as const, value });
		return this.tell(
			'intake.recorded',
			{
				answers: {
					nameAssigned: known(name),
					sex: known('1'),
					caseNumber: known(`YL-${handover.slice(0, 4)}-${this.childId.slice(-4)}`),
					birth: known({
						precision: 'range',
						earliest: civilDate(born.earliest),
						latest: civilDate(born.latest)
					}),
					handoverDate: known(civilDate(handover))
				}
			},
			{ on: civilDate(handover) }
		);
	}

	correctHandover(date: string, by: Actor = people.careWorker): EntryId {
		return this.tell(
			'intake.recorded',
			{ answers: { handoverDate: { state: 'known', value: civilDate(date) } } },
			{ by, replaces: live(this.caseFile.fields.handoverDate).map(({ entryId }) => entryId) }
		);
	}

	/** On the platform (drafted and approved) and in the newspaper. */
	notice(on: string): void {
		this.platformNotice(on);
		this.paper('DOC-D', on);
	}

	platformNotice(on: string): void {
		const draft = this.tell(
			'notice.drafted',
			{
				draft: {
					shown: { name: '石头' },
					sexCode: '1',
					photos: [],
					contactName: '杨老师',
					contactPhone: '0870-000 0000'
				}
			},
			{ by: people.supervisor, on: civilDate(on) }
		);
		this.tell(
			'notice.approved',
			{ approval: { draft, publicNumber: 'LK-2R4P-07QX' } },
			{ by: people.supervisor2, on: civilDate(on) }
		);
	}

	takeNoticeDown(on: CivilDate): void {
		const published = noticeState(this.caseFile).published;
		this.tell(
			'notice.taken_down',
			{ takeDown: { reason: 'other' } },
			{ by: people.supervisor, on, replaces: published ? [published.approval.entryId] : [] }
		);
	}

	paper(code: DocumentCode, date: string, more: Partial<CaseDocument> = {}, by: Actor = people.careWorker): ItemId {
		const itemId = this.item();
		const number = `${code}〔${date.slice(0, 4)}〕${this.#number}号`;
		const document = { code, number, date: civilDate(date), originalSeenBy: '李秀兰', ...more };
		this.tell('document.recorded', { itemId, document }, { on: civilDate(date), by });
		return itemId;
	}

	withdraw(code: DocumentCode): boolean {
		const found = items(this.caseFile, 'document').filter(({ value }) => value.code === code);
		for (const { itemId, live: versions } of found)
			this.tell('item.withdrawn', { itemId, reason: '录错' }, { replaces: versions.map(({ entryId }) => entryId) });
		return found.length > 0;
	}

	sample(step: PayloadOf<'sample.recorded'>['sample']['step'], on: string): void {
		this.tell('sample.recorded', { itemId: this.item(), sample: { step } }, { on: civilDate(on) });
	}

	openClaim(number: number, on: string = this.today): EntryId {
		return this.tell(
			'claim.opened',
			{ claimId: claimId(number), number: `RL-0000-${String(number).padStart(4, '0')}` },
			{ by: people.supervisor, on: civilDate(on) }
		);
	}

	closeClaim(number: number, opening: EntryId, outcome: ClaimOutcome, decision?: ClaimDecision, on?: CivilDate): void {
		this.tell(
			'claim.closed',
			{ claimId: claimId(number), opening, outcome, ...(decision && { decision }) },
			{ by: people.officer, ...(on && { on }) }
		);
	}

	/** Judges a command on the file as it is now and, where it is allowed, writes its entries. */
	decide(actor: Actor, command: CaseCommand): Result<readonly EntryId[], CaseFault> {
		const judged = decideCase(this.ground, actor, command, {
			newItemId: () => this.item(),
			sha256: (text) => createHash('sha256').update(text).digest('hex') as Sha256
		});
		if (!judged.ok) return judged;
		const ids = judged.value.map(({ type, payload, replaces, occurredOn }) =>
			this.tell(type, payload, { by: actor, replaces, on: occurredOn })
		);
		return { ok: true, value: ids };
	}

	confirmStart(by: Actor = people.supervisor): void {
		for (const { entryId: version } of live(this.caseFile.fields.handoverDate)) {
			this.decide(by, { command: 'confirm_date', version });
		}
	}

	sign(by: Actor, verdict: 'eligible' | 'not_eligible' = 'eligible') {
		return this.decide(by, { command: 'sign_review', verdict, opinion: '已核对公安证明原件。' });
	}

	pass(days: number): void {
		this.today = addDays(this.today, days);
	}
}

/**
 * Everything but the certificate and the signatures: handed over on 2024-02-29, so that the twelve months end on
 * 2025-02-28. The day is 2025-03-10.
 */
export function almostReady(child = 1): ReviewStory {
	const story = new ReviewStory('2024-03-01', child);
	story.intake('2024-02-29', { earliest: '2018-01-01', latest: '2019-12-31' });
	story.confirmStart();
	story.today = civilDate('2025-03-10');
	story.paper('DOC-A', '2024-02-29');
	story.paper('DOC-B', '2024-03-20');
	story.notice('2024-03-08');
	story.sample('in_database', '2024-04-01');
	story.paper('DOC-E', '2024-04-20');
	return story;
}

/** With the police's certificate of 2025-03-05, which reached the house that day. */
export function readyForReview(child = 1): ReviewStory {
	const story = almostReady(child);
	story.paper('DOC-C', '2025-03-05');
	return story;
}
