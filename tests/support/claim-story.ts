import {
	decideClaim,
	type ClaimActor,
	type ClaimCommand,
	type ClaimFault,
	type ClaimGround
} from '#lib/domain/claim/decide-claim.ts';
import { evolveClaim, type By, type ClaimState, type RecordedClaimEvent } from '#lib/domain/claim/claim.ts';
import type { ClaimEvent, ClaimKind } from '#lib/domain/claim/events.ts';
import type { CaseFileWord } from '#lib/domain/claim/decide-claim.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { childId, houseId, person } from './notice-story.ts';

/*
 * Tells a claim by its commands, for the tests of its rules: people by letter, days as text. A command that is refused
 * throws in `does` and is looked at with `tries`.
 */
export const registryId = '00000000-0000-7000-8000-00000000a009' as InstitutionId;
export const policeId = '00000000-0000-7000-8000-00000000a008' as InstitutionId;
export const otherChild = '00000000-0000-7000-8000-00000000c002' as ChildId;

export function worker(
	letter: string,
	role: Role,
	institutionId: InstitutionId
): ClaimActor & { readonly kind: 'person' } {
	return { kind: 'person', userId: person(letter), institutionId, role };
}
export const supervisor = worker('a', 'supervisor', houseId);
export const administrator = worker('b', 'second_administrator', houseId);
export const officer = worker('f', 'registry_officer', registryId);
export const secondOfficer = worker('g', 'registry_officer', registryId);
export const liaison = worker('p', 'police_liaison', policeId);
export const careWorker = worker('c', 'care_worker', houseId);
export const auditor = worker('d', 'auditor', registryId);
export const family: ClaimActor = { kind: 'family' };
export const clock: ClaimActor = { kind: 'clock' };

export class ClaimStory {
	readonly events: RecordedClaimEvent[] = [];
	/** What the child's file was told, in order. */
	readonly file: CaseFileWord[] = [];
	ground: ClaimGround = {
		today: civilDate('2026-11-01'),
		phase: 'before_certificate',
		knew: ['siblings', 'ownAccount'],
		signers: [houseId, registryId],
		documents: [],
		openBefore: 0
	};

	constructor(kind: ClaimKind = 'claim', linked = true) {
		this.happens({ type: 'received', kind });
		if (linked) this.happens({ type: 'linked', childId, because: 'notice' });
	}

	#claim: ClaimState | undefined;
	get claim(): ClaimState {
		if (!this.#claim) throw new Error('no claim');
		return this.#claim;
	}

	/** A fact that nobody at a desk decided. */
	happens(event: ClaimEvent): this {
		this.#record(event);
		return this;
	}

	#record(event: ClaimEvent, by?: By): void {
		const { today } = this.ground;
		const recorded = { number: this.events.length + 1, at: `${today}T08:00:00Z`, on: today, by, event };
		this.events.push(recorded);
		this.#claim = evolveClaim(this.#claim, recorded);
	}

	on(day: string): this {
		this.ground = { ...this.ground, today: civilDate(day) };
		return this;
	}

	with(ground: Partial<ClaimGround>): this {
		this.ground = { ...this.ground, ...ground };
		return this;
	}

	/** The fault a command meets, or 'none'; nothing is recorded. */
	tries(actor: ClaimActor, command: ClaimCommand): ClaimFault['type'] | 'none' {
		const decided = decideClaim(this.claim, actor, command, this.ground);
		return decided.ok ? 'none' : decided.error.type;
	}

	does(actor: ClaimActor, command: ClaimCommand): this {
		const decided = decideClaim(this.claim, actor, command, this.ground);
		if (!decided.ok) throw new Error(`${command.type}: ${JSON.stringify(decided.error)}`);
		const by = actor.kind === 'person' ? { userId: actor.userId, institutionId: actor.institutionId } : undefined;
		for (const event of decided.value.events) this.#record(event, by);
		this.file.push(...decided.value.caseFile);
		return this;
	}

	/** The number of the proposal that waits. */
	get proposal(): number {
		const { claim } = this;
		return ('proposal' in claim && claim.proposal?.number) || 0;
	}

	plausible(): this {
		return this.does(supervisor, { type: 'screen', verdict: 'plausible' });
	}

	sampled(day = this.ground.today): this {
		return this.does(supervisor, { type: 'recordSample', of: 'family', takenOn: civilDate(day) });
	}

	kin(result: 'confirmed' | 'excluded' | 'inconclusive', reference = `DNA-${this.events.length}`): this {
		const { today } = this.ground;
		return this.does(liaison, { type: 'reportKinship', result, reference, reportedOn: today, loci: 20 });
	}

	found(finding: 'stolen' | 'abducted' | 'lost' | 'sold' | 'abandoned' | 'unknown'): this {
		const { today } = this.ground;
		return this.does(liaison, { type: 'recordPoliceFinding', finding, reference: '公刑〔2026〕7号', foundOn: today });
	}

	assessed(fitness: 'fit' | 'unfit' | 'pending'): this {
		const { today } = this.ground;
		return this.does(officer, { type: 'assessFitness', fitness, reference: '评估3号', assessedOn: today });
	}
}

/** DOC-K, as the police write it when a child goes home. */
export const returnNotice = {
	code: 'DOC-K',
	number: '送还〔2026〕3号',
	date: civilDate('2026-11-20'),
	issuer: undefined,
	originalSeenBy: undefined
} as const;
