import placesFile from './data/places.json' with { type: 'json' };
import { provinceOf, type Province } from './provinces.ts';

/*
 * Places of China by the codes of GB/T 2260, in every revision kept. A code is only half a place: 滦县 and 滦州市 are one
 * town, 崇文区 is gone, and codes were given away twice. So a record keeps code, revision and the words (intake/fields.ts,
 * Place), and whatever is asked here by an old code still gets its name. 120 kB of data: server and tablet only; public
 * pages use provinces.ts.
 */

/** `YYYY-MM` of the revisions, oldest first. The last is the newest, see data/SOURCES.md. */
export const placeRevisions: readonly string[] = placesFile.revisions;
export const newestPlaceRevision = placeRevisions.at(-1) ?? '';

/** Every code with every name it ever had, in the order of codes; placeholders such as 市辖区 left out. */
export function everyPlaceName(): readonly { readonly code: string; readonly name: string }[] {
	return codesInOrder.flatMap((code) =>
		(runsByCode.get(code) ?? []).filter(({ name }) => !isPlaceholder(name)).map(({ name }) => ({ code, name }))
	);
}

/** One place as named in one revision. */
export interface NamedPlace {
	readonly code: string;
	/** Its own name: 南涧彝族自治县. */
	readonly name: string;
	/** With the places it lies in, widest first: 云南省, 大理白族自治州, 南涧彝族自治县. */
	readonly path: readonly string[];
	/** The revision the names are of: the newest in which the code was in force. */
	readonly revision: string;
	/** False where a later revision no longer has it. */
	readonly inForce: boolean;
	/** Has it smaller places under it in that revision? */
	readonly hasParts: boolean;
}

/** A name and the run of revisions it was in force in, as indexes into `placeRevisions`, both inclusive. */
interface Run {
	readonly name: string;
	readonly first: number;
	readonly last: number;
}

const newest = placeRevisions.length - 1;
const runsByCode = readRuns(placesFile.places);
const codesInOrder = [...runsByCode.keys()].sort();
/** Under a place is asked often, and always within one province. */
const codesByProvince = new Map<string, string[]>();
for (const code of codesInOrder) {
	const prefix = code.slice(0, 2);
	codesByProvince.set(prefix, [...(codesByProvince.get(prefix) ?? []), code]);
}

/**
 * The name of a code in a revision. If the code was not in force then, the name it had last before, else the name it
 * got first after: an old code still names its place. Without a revision, the latest name it had. Undefined for a code
 * that no revision has; `provinceOf` can still tell its province.
 */
export function placeName(code: string, revision?: string): string | undefined {
	return runAt(code, revision)?.name;
}

/** The names from the province down to the place, placeholders such as 市辖区 left out; empty for an unknown code. */
export function placePath(code: string, revision?: string): readonly string[] {
	const own = runAt(code, revision);
	if (!own) return [];
	// The places around it are named as of the revision that its own name is of.
	const index = Math.min(Math.max(indexOf(revision), own.first), own.last);
	const names: string[] = [];
	for (const each of [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code]) {
		const name = each === code ? own.name : runAround(each, index)?.name;
		if (name !== undefined && !isPlaceholder(name) && names.at(-1) !== name) names.push(name);
	}
	return names;
}

/** The province of a code, by prefix; also of codes that no revision has. */
export function province(code: string): Province | undefined {
	return provinceOf(code);
}

/** Is the code in the revision, the newest if none is given? */
export function placeInForce(code: string, revision = newestPlaceRevision): boolean {
	const index = placeRevisions.indexOf(revision);
	return (runsByCode.get(code) ?? []).some((run) => run.first <= index && index <= run.last);
}

/**
 * The places directly under another in a revision, in the order of codes; under `undefined` the provinces. A level that
 * is only a placeholder is skipped: under 北京市 come its districts. Empty for a code that has none or a revision not kept.
 */
export function placesUnder(code: string | undefined, revision = newestPlaceRevision): readonly NamedPlace[] {
	const index = placeRevisions.indexOf(revision);
	return codesUnder(code, index).map((child) => named(child, index));
}

/**
 * Places whose names hold every word, old names too; best first: those in force before those gone, own name before the
 * wider place's, wide before narrow. A word of digits is the beginning of a code.
 *
 * @param words as typed, parted by blanks: `凉山 会理`, `5134`
 * @param limit the most results
 */
export function searchPlaces(words: string, limit = 20): readonly NamedPlace[] {
	const wanted = words
		.trim()
		.split(/[\s,，、]+/u)
		.filter((word) => word !== '');
	if (wanted.length === 0) return [];
	const matches = ({ code, text }: Searchable) =>
		wanted.every((word) => (/^\d+$/.test(word) ? code.startsWith(word) : text.includes(word)));
	const found = new Map<string, Searchable & { readonly rank: number }>();
	for (const each of searchables()) {
		if (!found.has(each.code) && matches(each))
			found.set(each.code, { ...each, rank: rank(each.code, each.run, wanted) });
	}
	// Equal ranks stay in the order of codes: sort is stable.
	return [...found.values()]
		.sort((a, b) => a.rank - b.rank)
		.slice(0, limit)
		.map(({ code, run }) => named(code, run.last));
}

/** A name of a place with all the words it can be found by. */
interface Searchable {
	readonly code: string;
	readonly run: Run;
	readonly text: string;
}

/** Made at the first search: half of a search's time otherwise goes into the paths, and they never change. */
let searchableNames: readonly Searchable[] | undefined;

/** In the order of codes; of the names one code had, the newest first. */
function searchables(): readonly Searchable[] {
	searchableNames ??= codesInOrder.flatMap((code) =>
		(runsByCode.get(code) ?? [])
			.filter(({ name }) => !isPlaceholder(name) && (code.endsWith('0000') || name !== provinceOf(code)?.name[0]))
			.map((run) => ({ code, run, text: placePath(code, placeRevisions[run.last]).join(' ') }))
			.reverse()
	);
	return searchableNames;
}

/** Smaller is better. */
function rank(code: string, run: Run, wanted: readonly string[]): number {
	const last = wanted.at(-1) ?? '';
	const byName = run.name === last ? 0 : run.name.startsWith(last) ? 1 : run.name.includes(last) ? 2 : 3;
	const level = code.endsWith('0000') ? 0 : code.endsWith('00') ? 1 : 2;
	return (run.last === newest ? 0 : 100) + byName * 10 + level;
}

function named(code: string, index: number): NamedPlace {
	const run = runAround(code, index);
	if (!run) throw new RangeError(`No revision has the place ${code}.`);
	const revision = placeRevisions[Math.min(index, run.last)] ?? newestPlaceRevision;
	const lastRun = runsByCode.get(code)?.at(-1);
	return {
		code,
		name: run.name,
		path: placePath(code, revision),
		revision,
		inForce: lastRun === run && run.last === newest,
		hasParts: codesUnder(code, index).length > 0
	};
}

function codesUnder(code: string | undefined, index: number): string[] {
	const isThere = (each: string) => each !== code && runInForce(each, index) !== undefined;
	if (code === undefined) return codesInOrder.filter((each) => each.endsWith('0000') && isThere(each));
	if (!code.endsWith('00')) return [];
	const isPart = (each: string) => (code.endsWith('0000') ? each.endsWith('00') : each.startsWith(code.slice(0, 4)));
	const parts = (codesByProvince.get(code.slice(0, 2)) ?? []).filter((each) => isPart(each) && isThere(each));
	const whole = runInForce(code, index)?.name;
	return parts.flatMap((part) => {
		const name = runInForce(part, index)?.name;
		if (name === undefined || (isPlaceholder(name) && !part.endsWith('00'))) return [];
		// 市辖区 between a city and its districts, or a middle level named as the city itself (北京市, 北京市).
		const isEmptyLevel = part.endsWith('00') && (isPlaceholder(name) || name === whole);
		return isEmptyLevel ? codesUnder(part, index) : [part];
	});
}

/** Rows of the standard that are no places: 市辖区, 县, 省直辖县级行政区划 and the like. */
function isPlaceholder(name: string): boolean {
	return name === '市辖区' || name === '县' || name === '市' || /直辖(县|行政|县级)/.test(name);
}

function runInForce(code: string, index: number): Run | undefined {
	return runsByCode.get(code)?.find((run) => run.first <= index && index <= run.last);
}

function runAt(code: string, revision: string | undefined): Run | undefined {
	return runAround(code, indexOf(revision));
}

/** The run that covers the index, else the last before it, else the first after. */
function runAround(code: string, index: number): Run | undefined {
	const runs = runsByCode.get(code);
	return runs?.findLast((run) => run.first <= index) ?? runs?.[0];
}

/** A revision that is not kept counts as the last kept before it: a newer program's `2030-01` is our newest. */
function indexOf(revision: string | undefined): number {
	if (revision === undefined) return newest;
	return Math.max(
		0,
		placeRevisions.findLastIndex((each) => each <= revision)
	);
}

/** Lines `code name` or `code name first-last`, see scripts/make-places.mjs. */
function readRuns(lines: readonly string[]): ReadonlyMap<string, readonly Run[]> {
	const byCode = new Map<string, Run[]>();
	for (const line of lines) {
		const [code = '', name = '', span = `0-${newest}`] = line.split(' ');
		const [first = 0, last = newest] = span.split('-').map(Number);
		const runs = byCode.get(code);
		if (runs) runs.push({ name, first, last });
		else byCode.set(code, [{ name, first, last }]);
	}
	return byCode;
}
