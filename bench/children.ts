import { entryTypes, type Entry } from '../src/lib/domain/case-file/entry.ts';
import type { DeviceId, EntryId, InstitutionId, StaffId } from '../src/lib/domain/ids.ts';
import { civilDate } from '../src/lib/domain/time.ts';
import type { Answers } from '../src/lib/domain/intake/fields.ts';
import { demoChildren } from '../src/lib/demo/demo-world.ts';
import type { DemoChild, DemoFact } from '../src/lib/demo/facts.ts';
import type { Fact } from '../src/lib/client/tablet.ts';

/*
 * The invented children of the demo, as many as wanted, as entries of one house. Everything follows from the seed and the
 * day, so that every run and every contestant gets the same documents.
 */
const seed = 20_150_929;
const today = civilDate('2026-11-01');

/** Whose entries they are. */
export interface House {
	readonly institutionId: InstitutionId;
	readonly staffId: StaffId;
	readonly deviceId: DeviceId;
}

/** One fact of a child as the body of an entry; sequence, chain and signature come later. */
export type Unchained = Omit<Entry, 'deviceSeq' | 'previous' | 'signature'>;

/**
 * Facts that would take a child to another house or that tablets do not write are left out: the children are to be in
 * one house, and all of them on one tablet.
 */
const left: ReadonlySet<string> = new Set([
	'handover.sent',
	'handover.received',
	'notice.approved',
	'notice.taken_down'
]);

/** The entries of `count` children, child by child, oldest first. */
export function* entriesOfChildren(count: number, house: House): Generator<Unchained, void, undefined> {
	for (const child of demoChildren(seed, count, today, 'short')) yield* entriesOf(child, house);
}

/**
 * Exactly `count` entries without photos: what the sync contestants exchange.
 *
 * @param others other children for each number: a child that one house has registered is not another's
 */
export function textEntries(count: number, house: House, others = 0): readonly Unchained[] {
	const entries: Unchained[] = [];
	// Every child has one entry or more.
	for (const each of demoChildren(seed + others, count, today, 'short')) {
		for (const entry of entriesOf(each, house)) if (entry.type !== 'photo.added') entries.push(entry);
		if (entries.length >= count) return entries.slice(0, count);
	}
	throw new Error(`The demo's children have fewer than ${count} entries.`);
}

function entriesOf(child: DemoChild, house: House): readonly Unchained[] {
	const facts = child.facts.filter(({ type }) => !left.has(type));
	const kept = new Set(facts.map(({ id }) => id));
	return facts.map((fact) => unchained(fact, child, house, kept));
}

function unchained(fact: DemoFact, child: DemoChild, house: House, kept: ReadonlySet<EntryId>): Unchained {
	return {
		id: fact.id,
		childId: child.childId,
		type: fact.type,
		version: entryTypes[fact.type].version,
		replaces: fact.replaces.filter((id) => kept.has(id)),
		occurredOn: fact.occurredOn,
		recordedAt: fact.recordedAt,
		staffId: house.staffId,
		institutionId: house.institutionId,
		deviceId: house.deviceId,
		payload: fact.payload
	} as Unchained;
}

/** A new child as a person enters it in one go: one intake with every answer, its marks, its things; then submitted. */
export function newIntakes(skipChildren: number, count: number): readonly (readonly Fact[])[] {
	const intakes: (readonly Fact[])[] = [];
	let child = 0;
	for (const each of demoChildren(seed, skipChildren + 4 * count, today, 'short')) {
		if (child++ < skipChildren) continue;
		const facts = factsOfIntake(each);
		if (facts) intakes.push(facts);
		if (intakes.length === count) return intakes;
	}
	throw new Error('Too few of the invented children have a whole intake.');
}

function factsOfIntake({ childId, facts }: DemoChild): readonly Fact[] | undefined {
	const answers: Answers = {};
	const things: Fact[] = [];
	let submitted: Fact | undefined;
	for (const fact of facts) {
		const { occurredOn } = fact;
		if (fact.type === 'intake.recorded') Object.assign(answers, fact.payload.answers);
		if (fact.type === 'mark.recorded')
			things.push({ type: fact.type, childId, occurredOn, replaces: [], payload: fact.payload });
		if (fact.type === 'intake.submitted')
			submitted = { type: fact.type, childId, occurredOn, replaces: [], payload: fact.payload };
	}
	if (!submitted) return undefined;
	return [
		{ type: 'intake.recorded', childId, occurredOn: submitted.occurredOn, replaces: [], payload: { answers } },
		...things,
		submitted
	];
}
