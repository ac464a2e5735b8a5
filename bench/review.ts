import { randomUUID } from 'node:crypto';
import type { BoardRow, Phase } from '../src/lib/domain/eligibility/board-row.ts';
import type { Stage } from '../src/lib/domain/eligibility/stage.ts';
import type { BlockerCode } from '../src/lib/domain/hold/blockers.ts';
import { childIdSchema, institutionIdSchema, type InstitutionId } from '../src/lib/domain/ids.ts';
import { addDays, addMonths, addYears, civilDate, civilDateAt, type CivilDate } from '../src/lib/domain/time.ts';
import { addInstitution } from '../src/lib/server/accounts/institutions.ts';
import type { Database } from '../src/lib/server/db/connection.ts';
import { countBoard, readBoard, type BoardFilter } from '../src/lib/server/eligibility/board.ts';
import { storable } from '../src/lib/server/entry-log/storable.ts';
import { storedBoardRow } from '../src/lib/server/read-models/review-rows.ts';
import { withDatabase } from './database.ts';
import type { Options } from './options.ts';
import type { Goal, Report, Table } from './report.ts';
import { median, quantile } from './statistics.ts';

/*
 * The review board as an officer of the registry opens it: the list and its counts, as the page's server asks for them. The
 * rows are made in bulk, not by replaying files: what is measured is reading. Each tells a way through the stages that a
 * file could tell, so that the stage of a day is looked for among several phases.
 */

const registry = { kind: 'registry' } as const;
const perPage = 25;
const roundsMeasured = 60;
const housesMade = 40;

interface Timed {
	readonly children: number;
	/** Milliseconds of each opening, by what was asked. */
	readonly milliseconds: Readonly<Record<string, readonly number[]>>;
}

export async function measureReview(options: Options, say: (sentence: string) => void): Promise<Report> {
	const timed = await withDatabase((database) => timeBoard(database, options.board, say));
	return { part: 'review', tables: [timeTable(timed)], notes, goals: goals(timed), raw: timed };
}

const notes = [
	'An opening is the list of 25, the counts of all twelve stages and the four lists, in one transaction of an officer who sees every house, one opening after another. Drawing the page and the way to the browser are not in it.',
	'The rows are made in bulk and not by replaying files; four in ten children have left. A search looks through the words of every row.'
];

async function timeBoard(
	database: Database,
	sizes: readonly number[],
	say: (sentence: string) => void
): Promise<readonly Timed[]> {
	const today = civilDateAt(Date.now(), 'Asia/Shanghai');
	const houses = Array.from({ length: housesMade }, () => institutionIdSchema.parse(randomUUID()));
	await database.inScope(registry, async (session) => {
		for (const [at, id] of houses.entries()) {
			const regionCode = at % 2 === 0 ? '530600' : '513400';
			const name = `第 ${at + 1} 儿童福利院`;
			await addInstitution(session, {
				id,
				name,
				nameEn: '',
				kind: 'welfare_institution',
				uscc: null,
				phone: null,
				regionCode
			});
		}
	});
	const [own = institutionIdSchema.parse(randomUUID())] = houses;
	const random = seeded(2026);
	const timed: Timed[] = [];
	let stored = 0;
	for (const size of sizes) {
		say(`review: ${size} children are put on the board`);
		while (stored < size) {
			const count = Math.min(2_000, size - stored);
			await storeRows(
				database,
				Array.from({ length: count }, (_, at) => boardRow(stored + at, houses, today, random))
			);
			stored += count;
		}
		await database.asOwner((owner) => owner.query('ANALYZE review_rows'));
		timed.push({ children: size, milliseconds: await openings(database, own, today) });
	}
	return timed;
}

/** Everything that is asked, in turn, so that a busy minute hits all of it. */
async function openings(
	database: Database,
	reader: InstitutionId,
	today: CivilDate
): Promise<Readonly<Record<string, readonly number[]>>> {
	const all: BoardFilter = { place: { kind: 'all' }, sort: 'last_day', reader };
	const { next } = await database.inScope(registry, (session) => readBoard(session, all, today, perPage));
	const asked: readonly (readonly [name: string, filter: BoardFilter, after?: typeof next])[] = [
		[firstPage, all],
		['second page', all, next],
		['by name', { ...all, sort: 'name' }],
		['longest waiting', { ...all, sort: 'waiting' }],
		['waiting for review', { ...all, stage: 'waiting_for_review' }],
		['running', { ...all, stage: 'running' }],
		['the other institution’s signature', { ...all, list: 'mine', sort: 'waiting' }],
		['end within 60 days', { ...all, list: 'ends' }],
		['evidence changed', { ...all, list: 'changed' }],
		['one province', { ...all, place: { kind: 'region', code: '53' } }],
		['search by pinyin', { ...all, words: 'xiaoshi' }],
		['search, nobody found', { ...all, words: '没有这样的孩子' }]
	];
	const milliseconds: Record<string, number[]> = {};
	for (let round = -3; round < roundsMeasured; round++) {
		for (const [name, filter, after] of asked) {
			const began = performance.now();
			await database.inScope(registry, async (session) => {
				await readBoard(session, filter, today, perPage, after);
				await countBoard(session, filter.place, today, reader);
			});
			// The first rounds fill caches, as the first minutes of a morning do.
			if (round >= 0) (milliseconds[name] ??= []).push(performance.now() - began);
		}
	}
	return milliseconds;
}

const firstPage = 'the board, first page';

async function storeRows(database: Database, rows: readonly { row: BoardRow; house: InstitutionId }[]): Promise<void> {
	const stored = rows.map(({ row, house }) => storedBoardRow(row, [house]));
	await database.inScope(registry, async (session) => {
		await session.query(
			`INSERT INTO child_rows (child_id, houses, row, custodian, name, case_number, sex, submitted, notice, conflict_count, words)
			SELECT child_id, houses, '{}', custodian, name, case_number, sex, true, 'none', 0, ''
			FROM jsonb_populate_recordset(NULL::review_rows, $1::jsonb)`,
			[JSON.stringify(storable(stored))]
		);
		await session.query(
			'INSERT INTO review_rows SELECT r.* FROM jsonb_populate_recordset(NULL::review_rows, $1::jsonb) AS r',
			[JSON.stringify(storable(stored))]
		);
	});
}

/** How many of a hundred end in which stage. */
const shares: readonly (readonly [Stage, number])[] = [
	['left', 40],
	['running', 27],
	['waiting_for_papers', 10],
	['certified', 8],
	['waiting_for_review', 5],
	['claimed', 3],
	['one_signature', 2],
	['halted', 2],
	['not_started', 1.5],
	['not_agreed', 1],
	['evidence_changed', 0.5]
];

function boardRow(
	number: number,
	houses: readonly InstitutionId[],
	today: CivilDate,
	random: () => number
): { readonly row: BoardRow; readonly house: InstitutionId } {
	const pick = <V>(values: readonly V[], otherwise: V): V => values[Math.floor(random() * values.length)] ?? otherwise;
	let share = random() * 100;
	const [stage] = shares.find(([, each]) => (share -= each) < 0) ?? shares[0] ?? ['running' as const];
	const runs = stage === 'running' || stage === 'not_started';
	const start = addDays(today, -Math.floor(runs ? random() * 364 : 400 + random() * 2_500));
	const lastDay = addMonths(start, 12);
	const house = pick(houses, institutionIdSchema.parse(randomUUID()));
	const name = `${pick([...'小大阿春秋冬'], '小')}${pick([...'石林云雨山河梅兰竹菊明月星光宝贝海江'], '石')}${random() < 0.3 ? pick([...'儿子生娃'], '儿') : ''}`;
	const waits = addDays(lastDay, Math.floor(random() * 40));
	const phase = (from: CivilDate, of: Stage, met: number, since?: CivilDate): Phase => ({
		from,
		stage: of,
		met,
		changed: of === 'evidence_changed',
		since
	});
	const first = civilDate('0001-01-01');
	const begun = [
		phase(first, 'running', 3),
		phase(addDays(lastDay, -60), 'ends_soon', 3),
		phase(addDays(lastDay, 1), 'waiting_for_papers', 7, addDays(lastDay, 1))
	] as const;
	const adult = addYears(start, 12);
	const phases: BoardRow['phases'] =
		stage === 'running' || stage === 'waiting_for_papers'
			? [...begun, phase(adult, 'left', 7)]
			: stage === 'not_started' || stage === 'left'
				? [phase(first, stage, 0)]
				: [
						phase(first, 'running', 3),
						phase(addDays(lastDay, 1), stage, stage === 'claimed' ? 7 : 8, waits),
						phase(adult, 'left', 8)
					];
	const blockers: Partial<Record<Stage, readonly BlockerCode[]>> = {
		running: ['dna_missing', 'document_missing'],
		waiting_for_papers: ['document_missing'],
		claimed: ['open_claim'],
		halted: ['police_hold']
	};
	const signed = stage === 'one_signature' || stage === 'evidence_changed';
	return {
		house,
		row: {
			childId: childIdSchema.parse(randomUUID()),
			name: stage === 'not_started' ? undefined : name,
			pinyin: undefined,
			names: stage === 'not_started' ? [] : [name],
			caseNumber: `YL-${start.slice(0, 4)}-${String(number).padStart(6, '0')}`,
			sex: random() < 0.5 ? '1' : '2',
			birthEarliest: addYears(start, -6),
			birthLatest: addYears(start, -4),
			custodian: house,
			holdStart: stage === 'not_started' ? undefined : start,
			holdLastDay: stage === 'not_started' ? undefined : lastDay,
			holdProvisional: false,
			noticeLastDay: addDays(start, 40),
			conditions: 8,
			phases,
			blockers: blockers[stage] ?? [],
			claimSince: stage === 'claimed' ? waits : undefined,
			review: signed
				? { status: 'one_signature', signedOn: waits, signedBy: randomUUID(), signedAt: pick(houses, house) }
				: undefined,
			returnedOn: undefined,
			left: stage === 'left' ? { reason: 'other_guardian', on: waits } : undefined,
			maybeAdultOn: adult,
			adultOn: addYears(adult, 2)
		}
	};
}

/** mulberry32: the same rows in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function timeTable(timed: readonly Timed[]): Table {
	const names = Object.keys(timed[0]?.milliseconds ?? {});
	return {
		title: `The review board, list and counts, ms (${roundsMeasured} openings each)`,
		columns: [
			'',
			...timed.flatMap(({ children }) => [
				`${children.toLocaleString('en-US')} children, p50`,
				`${children.toLocaleString('en-US')}, p95`
			])
		],
		rows: names.map((name) => [
			name === firstPage ? `**${name}**` : name,
			...timed.flatMap(({ milliseconds }) => {
				const measured = milliseconds[name] ?? [];
				return [median(measured), quantile(measured, 0.95)];
			})
		])
	};
}

function goals(timed: readonly Timed[]): readonly Goal[] {
	const measured = timed.find(({ children }) => children === 100_000)?.milliseconds[firstPage];
	if (!measured) return [];
	const p95 = quantile(measured, 0.95);
	return [
		{
			goal: 'review board, first page with its counts, of 100,000 children ≤ 200 ms (p95)',
			measured: `${Math.round(p95)} ms`,
			met: p95 <= 200
		}
	];
}
