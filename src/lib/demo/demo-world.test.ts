import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
	conflicts,
	custodian,
	fieldState,
	firstHouse,
	fold,
	items,
	type CaseFile
} from '#lib/domain/case-file/case-file.ts';
import { isDecision, parseEntry, type ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import { codeName } from '#lib/domain/codes/tables.ts';
import { placeInForce } from '#lib/domain/codes/places.ts';
import { disclose, withheldMinimum, type PublicDisclosure } from '#lib/domain/disclosure/disclose.ts';
import { roles, type Role } from '#lib/domain/disclosure/roles.ts';
import { computeHold, type Hold } from '#lib/domain/hold/hold.ts';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import { fieldDefinition, fieldKeys } from '#lib/domain/intake/fields.ts';
import type { NoticeField } from '#lib/domain/notice/notice.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import { readPublicNumber } from '#lib/domain/notice/public-number.ts';
import { civilDate, daysBetween } from '#lib/domain/time.ts';
import { demoChildCount, demoChildren, demoWorld, type DemoWorld } from './demo-world.ts';
import type { DemoChild, DemoFact } from './facts.ts';

// Fourteen thousand entries are parsed and folded: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const today = civilDate('2026-11-22');
let world: DemoWorld;
let files: CaseFile[];
let holds: Hold[];

/** The facts as the entries a registry would hold, the seeding's part (tablet, chain, signature) made up. */
function parsed(child: DemoChild): ParsedEntry[] {
	return child.facts.map((fact, i) => {
		const { role: _, picture: __, ...said } = { picture: undefined, ...fact };
		const entry = {
			...said,
			childId: child.childId,
			version: 1,
			deviceId: '0199d0a0-0000-7000-8000-000000000001',
			deviceSeq: i + 1,
			previous: null,
			signature: 'A'.repeat(86)
		};
		const read = parseEntry(entry);
		if (!read.ok) throw new Error(`${fact.type}: ${JSON.stringify(read.error)}`);
		return read.value;
	});
}

beforeAll(() => {
	world = demoWorld(7, today);
	files = world.children.map((child) => fold(child.childId, parsed(child)));
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('no policy');
	const stations = new Set(
		world.institutions.filter(({ kind }) => kind === 'rescue_station').map(({ institutionId }) => institutionId)
	);
	holds = files.map((file) =>
		computeHold(
			holdFacts(file, today, (id) => (stations.has(id) ? 'rescue_station' : 'welfare_institution')),
			policy.value,
			restDaysFor(policy.value.calendar)
		)
	);
});

/** What the public would see by the notice that stands, and by the draft that waits, as far as there are any. */
function disclosures(file: CaseFile): PublicDisclosure[] {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('no policy');
	const { published, draft } = noticeState(file);
	return [published, draft].flatMap((notice) => (notice ? [disclose(file, 'public', policy.value, notice.draft)] : []));
}

function count<T>(list: readonly T[], of: (each: T) => string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const each of list) counts[of(each)] = (counts[of(each)] ?? 0) + 1;
	return counts;
}

describe('the demo world', () => {
	it('has three houses, a registry and the police, and people of every role', () => {
		expect(count(world.institutions, ({ kind }) => kind)).toEqual({
			welfare_institution: 2,
			rescue_station: 1,
			registry: 1,
			police: 1
		});
		expect(new Set(world.staff.map(({ role }) => role))).toEqual(new Set(roles));
		expect(new Set(world.staff.map(({ signIn }) => signIn)).size).toBe(world.staff.length);
		for (const { institutionId, kind } of world.institutions) {
			if (kind === 'registry' || kind === 'police') continue;
			const here = new Set(world.staff.filter((each) => each.institutionId === institutionId).map(({ role }) => role));
			expect([...here].sort()).toEqual(['care_worker', 'second_administrator', 'supervisor']);
		}
	});

	it('every fact is an entry that the door lets in, and no case holds an unknown one', () => {
		expect(files).toHaveLength(demoChildCount);
		expect(files.filter((file) => file.unknown.size > 0)).toEqual([]);
		files.forEach((file, i) => expect(file.entries.size).toBe(world.children[i]?.facts.length));
	});

	it('ids are unique, facts lie in the two years before today, and none was recorded before it happened', () => {
		const facts = world.children.flatMap(({ facts }) => facts);
		expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
		const recordedOn = (fact: DemoFact) => civilDate(fact.recordedAt.slice(0, 10));
		expect(facts.filter((fact) => recordedOn(fact) >= today)).toEqual([]);
		expect(facts.filter((fact) => daysBetween(recordedOn(fact), today) > 731)).toEqual([]);
		expect(facts.filter((fact) => fact.occurredOn > recordedOn(fact))).toEqual([]);
	});

	it('what a fact replaces was recorded earlier, for the same child', () => {
		let replacing = 0;
		const unseen: string[] = [];
		for (const { facts } of world.children) {
			const seen = new Set<string>();
			for (const fact of facts) {
				unseen.push(...fact.replaces.filter((id) => !seen.has(id)));
				replacing += fact.replaces.length;
				seen.add(fact.id);
			}
		}
		expect(unseen).toEqual([]);
		expect(replacing).toBeGreaterThan(250);
	});

	it('authors work in the house they write for, with the role their decision needs', () => {
		const staff = new Map(world.staff.map((each) => [each.staffId, each]));
		const decides: readonly Role[] = ['supervisor', 'second_administrator', 'registry_officer'];
		const wrong = world.children
			.flatMap(({ facts }) => facts)
			.filter((fact) => {
				const author = staff.get(fact.staffId);
				const mayDoIt = isDecision(fact.type)
					? [...decides, 'police_liaison'].includes(fact.role)
					: fact.role === 'care_worker';
				return author?.role !== fact.role || author.institutionId !== fact.institutionId || !mayDoIt;
			});
		expect(wrong).toEqual([]);
	});

	it('as many notices stand as the generator promises, each approved by somebody other than its author', () => {
		const states = files.map(noticeState);
		const standing = count(states, (state) =>
			state.published ? 'published' : state.takenDown ? 'taken_down' : state.draft ? 'draft' : 'none'
		);
		expect(standing).toEqual({ published: 246, taken_down: 6, draft: 16, none: 16 });
		const published = states.flatMap((state) => (state.published ? [state.published] : []));
		for (const notice of published) {
			expect(notice.approval.staffId).not.toBe(notice.origin.staffId);
			expect(readPublicNumber(notice.publicNumber)).toBe(notice.publicNumber);
			expect(notice.draft.photos.length).toBeGreaterThan(0);
		}
		expect(new Set(published.map(({ publicNumber }) => publicNumber)).size).toBe(published.length);
		expect(states.filter((state) => state.published && state.draft).length).toBeGreaterThan(0);
	});

	it('a notice shows only photos that may be published, the front one first', () => {
		for (const file of files) {
			const notice = noticeState(file).published;
			if (!notice) continue;
			const photos = new Map(items(file, 'photo').map(({ itemId, value }) => [itemId, value]));
			const shown = notice.draft.photos.map((itemId) => photos.get(itemId));
			expect(shown.every((photo) => photo?.publishable)).toBe(true);
			expect(shown[0]?.view).toBe('front');
		}
	});

	it('every notice that stands or waits could be approved: enough stays untold to verify a family by', () => {
		const all = files.flatMap(disclosures);
		expect(all.length).toBeGreaterThan(246 + 16);
		expect(all.flatMap(({ faults }) => faults)).toEqual([]);
		expect(all.filter(({ withheld }) => withheld.length < withheldMinimum)).toEqual([]);
	});

	it('what is kept back differs from child to child, and nearly all show features or clothing', () => {
		const shown = files.flatMap((file) => {
			const { published } = noticeState(file);
			return published ? [Object.keys(published.draft.shown)] : [];
		});
		const shows = (...fields: NoticeField[]) =>
			shown.filter((each) => fields.some((field) => each.includes(field))).length / shown.length;
		expect(shows('features', 'clothing')).toBeGreaterThan(0.95);
		for (const field of ['features', 'clothing'] as const) expect(shows(field), field).toBeGreaterThan(0.7);
		for (const field of ['accent', 'belongings', 'ownAccount'] as const)
			expect(shows(field), field).toBeGreaterThan(0.25);
		// Somebody keeps each of them back although the file has it.
		const keptBack = new Set(
			files
				.flatMap(disclosures)
				.flatMap(({ fields }) =>
					fields.flatMap((each) => (!each.shown && each.because === 'not_chosen' ? [each.field] : []))
				)
		);
		for (const field of ['features', 'clothing', 'accent', 'belongings', 'ownAccount'] as const)
			expect(keptBack, field).toContain(field);
	});

	it('a notice shows no mark on a part of the body that clothes cover', () => {
		const shown = files.flatMap((file) => noticeState(file).published?.draft.shown.features ?? []);
		expect(shown.filter((words) => /胸口|肚子|臀部|腹股沟/.test(words))).toEqual([]);
		expect(
			files.filter((file) => /臀部|腹股沟/.test(JSON.stringify(file.fields.features ?? []))).length
		).toBeGreaterThan(2);
	});

	it('a notice never tells how the child was taken: its account leaves out what the file has', () => {
		const shown = files.flatMap((file) => {
			const text = noticeState(file).published?.draft.shown.ownAccount;
			return text ? [text] : [];
		});
		expect(shown.length).toBeGreaterThan(60);
		expect(shown.filter((text) => /面包车|阿姨给|叔叔|改口/.test(text))).toEqual([]);
		const verbatim = files.map((file) => JSON.stringify(file.fields.ownAccount?.[0]?.value));
		expect(verbatim.filter((text) => /面包车|阿姨给|叔叔|改口/.test(text)).length).toBeGreaterThan(5);
	});

	it('holds stand in every state: running, elapsed, ready for review, closed, provisional, disputed', () => {
		const status = count(holds, (hold) => hold.status);
		expect(status['running']).toBeGreaterThan(100);
		expect(status['elapsed']).toBeGreaterThan(30);
		// Reviews take the registry’s own hash: they are made where the demo is stored.
		expect(holds.filter((hold) => hold.status === 'elapsed' && hold.ready).length).toBeGreaterThan(12);
		expect(status['closed']).toBeGreaterThan(1);
		expect(holds.filter((hold) => 'provisional' in hold && hold.provisional).length).toBeGreaterThan(50);
		expect(holds.filter((hold) => hold.contradictions.length > 0).length).toBeGreaterThan(3);
		const clocks = holds.flatMap((hold) => hold.clocks.map((clock) => `${clock.id} ${clock.status}`));
		for (const expected of [
			'temp-proof overdue',
			'search-notice elapsed',
			'search-notice not_started',
			'station-handover overdue',
			'station-handover met'
		])
			expect(clocks, expected).toContain(expected);
	});

	it('some files contradict themselves, and some children are on their way between two houses', () => {
		const disputed = files.filter((file) => conflicts(file).includes('handoverDate'));
		expect(disputed.length).toBe(6);
		expect(files.filter((file) => conflicts(file).includes('height')).length).toBeGreaterThan(5);
		const kinds = new Map(world.institutions.map(({ institutionId, kind }) => [institutionId, kind]));
		const ways = count(
			files,
			(file) => `${kinds.get(firstHouse(file) as never)} > ${kinds.get(custodian(file) as never)}`
		);
		expect(ways['rescue_station > welfare_institution']).toBeGreaterThan(50);
		expect(ways['rescue_station > rescue_station']).toBeGreaterThan(10);
		expect(ways['welfare_institution > welfare_institution']).toBeGreaterThan(120);
		const underway = files.filter(
			(file) => items(file, 'handoverSent').length > items(file, 'handoverReceived').length
		);
		expect(underway.length).toBeGreaterThan(0);
	});

	it('fields are filled in variously: every field is known for somebody, and many are unknown or put off', () => {
		for (const key of fieldKeys) {
			const states = count(files, (file) => {
				const state = fieldState(file, key);
				return state.status === 'settled' ? state.answer.state : state.status;
			});
			expect(states['known'], key).toBeGreaterThan(10);
		}
		const births = count(files, (file) => {
			const state = fieldState(file, 'birth');
			return state.status === 'settled'
				? state.answer.state === 'known'
					? state.answer.value.precision
					: state.answer.state
				: state.status;
		});
		for (const kind of ['exact', 'range', 'unknown', 'notNow']) expect(births[kind], kind).toBeGreaterThan(3);
	});

	it('codes are codes of the tables, and places of their revision', () => {
		for (const file of files) {
			for (const key of fieldKeys) {
				const state = fieldState(file, key);
				if (state.status !== 'settled' || state.answer.state !== 'known') continue;
				const { value } = fieldDefinition(key);
				if (value.kind === 'choice') expect(codeName(value.table, String(state.answer.value)), key).toBeDefined();
				if (value.kind === 'place') {
					const place = state.answer.value as { code?: string; revision?: string };
					if (place.code) expect(placeInForce(place.code, place.revision), place.code).toBe(true);
				}
			}
			for (const { value } of items(file, 'mark')) {
				expect(codeName('markKind', value.kind)).toBeDefined();
				expect(codeName('bodySite', value.site)).toBeDefined();
			}
			for (const { value } of items(file, 'care')) {
				if (value.kind === 'vaccination') expect(codeName('vaccine', value.vaccine), value.vaccine).toBeDefined();
				if (value.kind === 'visit') expect(codeName('visitorRelation', value.relation), value.relation).toBeDefined();
				if (value.kind === 'incident') expect(codeName('incidentKind', value.incident), value.incident).toBeDefined();
				if (value.kind === 'placement') expect(codeName('placement', value.placement), value.placement).toBeDefined();
				if (value.kind === 'schooling') expect(codeName('schoolStage', value.stage), value.stage).toBeDefined();
			}
		}
		const old = files.filter((file) => /"revision":"20(0|1[0-5])/.test(JSON.stringify(file.fields.placeTaken ?? [])));
		expect(old.length).toBeGreaterThan(3);
	});

	it('children grow: no height of a growth record is below the one before', () => {
		let curves = 0;
		for (const file of files) {
			const heights = items(file, 'care').flatMap(({ value }) =>
				value.kind === 'growth' && value.height ? [value.height] : []
			);
			if (heights.length > 3) curves++;
			for (let i = 1; i < heights.length; i++) expect(heights[i]).toBeGreaterThanOrEqual(heights[i - 1] ?? 0);
		}
		expect(curves).toBeGreaterThan(150);
	});

	it('pictures of one child carry one seed, those of two children two', () => {
		const fronts = world.children.map(
			({ facts }) =>
				new Set(
					facts
						.filter(isPhoto)
						.filter(({ picture }) => picture.view === 'front' || picture.view === 'left')
						.map(({ picture }) => picture.seed)
				)
		);
		expect(fronts.every((seeds) => seeds.size <= 1)).toBe(true);
		expect(new Set(fronts.flatMap((seeds) => [...seeds])).size).toBe(fronts.filter((seeds) => seeds.size === 1).length);
	});
});

describe('the generator', () => {
	it('the same seed and day make the same world, another seed another', () => {
		const text = JSON.stringify(world);
		expect(JSON.stringify(demoWorld(7, today))).toBe(text);
		expect(JSON.stringify(demoWorld(8, today))).not.toBe(text);
	});

	it('makes any number of children lazily, the first ones being the demo’s', () => {
		const source = demoChildren(7, 1_000_000, today);
		expect(source.next().value).toEqual(world.children[0]);
		expect(source.next().value).toEqual(world.children[1]);
		source.return();
		expect([...demoChildren(7, 300, today)].at(299)?.facts.length).toBeGreaterThan(1);
	});

	it('short histories are entries too, and about a fifth as long', () => {
		const short = [...demoChildren(7, demoChildCount, today, 'short')];
		for (const child of short) expect(fold(child.childId, parsed(child)).unknown.size).toBe(0);
		const facts = (children: readonly DemoChild[]) => children.reduce((sum, child) => sum + child.facts.length, 0);
		expect(facts(short) / facts(world.children)).toBeLessThan(0.3);
	});

	it.each([1, 2, 3])('seed %i gives the same number of public children, and none tells too much', (seed) => {
		const made = [...demoChildren(seed, demoChildCount, today, 'short')].map((child) =>
			fold(child.childId, parsed(child))
		);
		expect(made.filter((file) => noticeState(file).published)).toHaveLength(246);
		const all = made.flatMap(disclosures);
		expect(all.filter(({ withheld }) => withheld.length < withheldMinimum)).toEqual([]);
		expect(all.flatMap(({ faults }) => faults).filter(({ type }) => type === 'too_little_withheld')).toEqual([]);
	});

	it.each(['2025-03-01', '2028-02-29', '2031-08-31'])('holds its promises on %s as well', (day) => {
		for (const child of demoChildren(99, 60, civilDate(day))) {
			expect(fold(child.childId, parsed(child)).unknown.size).toBe(0);
			expect(child.facts.filter((fact) => fact.recordedAt >= day)).toEqual([]);
		}
	});
});

function isPhoto(fact: DemoFact): fact is Extract<DemoFact, { type: 'photo.added' }> {
	return fact.type === 'photo.added';
}
