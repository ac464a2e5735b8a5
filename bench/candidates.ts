import { childrenInHouses, matchingSet, reportsOfFamilies, type SetChild } from '../src/lib/demo/matching-set.ts';
import { matchingQuality, type MatchingQuality } from '../src/lib/demo/matching-quality.ts';
import { likely, worthALook } from '../src/lib/domain/matching/weights.ts';
import type { ProgramDatabase } from '../src/lib/server/db/connection.ts';
import { keepChildProfiles, keepFamilyProfile } from '../src/lib/server/matching/profiles.ts';
import { compareNew } from '../src/lib/server/matching/search.ts';
import { theSounds } from '../src/lib/server/matching/sounds.ts';
import { withDatabase } from './database.ts';
import type { Options } from './options.ts';
import type { Goal, Report, Table } from './report.ts';
import { growth, median, quantile } from './statistics.ts';

/*
 * Candidates without DNA: how good the model is on invented families whose truth is known, and how long one report takes
 * against all children. docs/matching.md says what the figures mean and what they do not.
 */

const registry = { kind: 'registry' } as const;
const seed = 2026;
const reportsMeasured = 60;
const thresholds = [6, 8, worthALook, 12, 13.3, 15, likely, 20];

interface Timed {
	readonly children: number;
	/** One report, whole: search, comparison, what is kept. */
	readonly milliseconds: readonly number[];
	readonly compared: readonly number[];
	readonly profileBytes: number;
	readonly filledIn: number;
}

interface Quality {
	readonly harm: number;
	readonly quality: MatchingQuality;
}

export async function measureCandidates(options: Options, say: (sentence: string) => void): Promise<Report> {
	const sounds = await theSounds();
	const qualities: Quality[] = [];
	for (const harm of [1, 2]) {
		say(
			`candidates: ${options.pairs} families and their children, told ${harm === 1 ? 'as expected' : 'twice as badly'}`
		);
		const { pairs } = options;
		const set = matchingSet({ seed, pairs, children: 5 * pairs, reports: 2 * pairs, harm });
		qualities.push({ harm, quality: matchingQuality(set, thresholds, sounds) });
	}
	const timed = await withDatabase((database) => timeReports(database, options.compared, say));
	return {
		part: 'candidates',
		tables: [...qualities.map(qualityTable), timeTable(timed)],
		notes: notes(qualities, timed),
		goals: goals(timed),
		raw: { qualities, timed }
	};
}

/** The same reports against more and more children. */
async function timeReports(
	database: ProgramDatabase,
	sizes: readonly number[],
	say: (sentence: string) => void
): Promise<readonly Timed[]> {
	const most = sizes.at(-1) ?? 0;
	const children = childrenInHouses(seed, most);
	const reports = [...reportsOfFamilies(seed + 1, reportsMeasured)];
	await database.inScope(registry, async (session) => {
		for (const { claimId, description } of reports) await keepFamilyProfile(session, claimId, description);
	});
	const timed: Timed[] = [];
	let stored = 0;
	for (const size of sizes) {
		say(`candidates: ${size} children are put into the registry`);
		const began = performance.now();
		for (; stored < size;) {
			const batch = take(children, Math.min(1000, size - stored));
			stored += batch.length;
			await database.inScope(registry, (session) =>
				keepChildProfiles(
					session,
					batch.map(({ caseFile }) => caseFile)
				)
			);
		}
		const filledIn = performance.now() - began;
		await database.inScope(registry, (session) => session.query('DELETE FROM match_candidates'));
		const milliseconds: number[] = [];
		const compared: number[] = [];
		for (const { claimId } of reports) {
			const start = performance.now();
			const done = await database.inScope(registry, (session) => compareNew(session, { side: 'family', id: claimId }));
			milliseconds.push(performance.now() - start);
			compared.push(done.compared);
		}
		const bytes = await database.inScope(registry, (session) =>
			session.query<{ bytes: number }>(
				`SELECT round(avg(pg_column_size(profile)))::integer AS bytes FROM match_profiles WHERE side = 'child'`
			)
		);
		timed.push({ children: size, milliseconds, compared, profileBytes: bytes.rows[0]?.bytes ?? 0, filledIn });
	}
	return timed;
}

function take(children: Iterator<Pick<SetChild, 'childId' | 'caseFile'>>, count: number) {
	const batch: Pick<SetChild, 'childId' | 'caseFile'>[] = [];
	while (batch.length < count) {
		const next = children.next();
		if (next.done === true) break;
		batch.push(next.value);
	}
	return batch;
}

function qualityTable({ harm, quality }: Quality): Table {
	const told = harm === 1 ? 'told as expected' : 'told twice as badly';
	return {
		title: `Pairs of ${quality.reports} reports and ${quality.children} children, ${told} (${quality.truePairs} true pairs, ${quality.hardPairs} easily mistaken)`,
		columns: ['listed from, bits', 'listed', 'for each report', 'true', 'easily mistaken', 'precision, %', 'recall, %'],
		rows: quality.at.map((each) => [
			each.threshold === worthALook || each.threshold === likely ? `**${each.threshold}**` : String(each.threshold),
			each.listed,
			each.perReport,
			each.trueListed,
			each.hardListed,
			100 * each.precision,
			100 * each.recall
		])
	};
}

function timeTable(timed: readonly Timed[]): Table {
	return {
		title: `One report against all children, ms (${reportsMeasured} reports, one after another)`,
		columns: ['children', 'p50', 'p95', 'slowest', 'compared, p50', 'compared, most', 'bytes a profile'],
		rows: timed.map(({ children, milliseconds, compared, profileBytes }) => [
			children.toLocaleString('en-US'),
			median(milliseconds),
			quantile(milliseconds, 0.95),
			Math.max(...milliseconds),
			median(compared),
			Math.max(...compared),
			profileBytes
		])
	};
}

function notes(qualities: readonly Quality[], timed: readonly Timed[]): readonly string[] {
	const slope = growth(timed.map(({ children, milliseconds }) => ({ size: children, cost: median(milliseconds) })));
	return [
		'The families are invented (src/lib/demo/matching-set.ts): these figures say that the model does what it says, not how families really remember.',
		...qualities.map(
			({ harm, quality }) =>
				`${harm === 1 ? 'As expected' : 'Twice as badly'}: ${quality.trueFirst} of the true pairs stand first in their report's list; ` +
				`${quality.trueNeverMet} were never compared, of which ${quality.trueListedNeverMet} would have been listed; ` +
				`${quality.compared.toLocaleString('en-US')} of ${(quality.children * quality.reports).toLocaleString('en-US')} pairs were compared.`
		),
		...(slope === undefined
			? []
			: [`One report as the children grow: slope ${slope.toFixed(2)} on log-log axes (1 is linear).`])
	];
}

function goals(timed: readonly Timed[]): readonly Goal[] {
	const wanted = timed.find(({ children }) => children === 100_000);
	if (!wanted) return [];
	const p95 = quantile(wanted.milliseconds, 0.95);
	return [
		{
			goal: 'candidates for one report against 100,000 children ≤ 1 s (p95)',
			measured: `${Math.round(p95)} ms`,
			met: p95 <= 1000
		}
	];
}
