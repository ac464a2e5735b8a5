import type { ChildRow } from '../case-file/child-row.ts';
import type { ChildId } from '../ids.ts';
import { kindsAreNear, sitesAreNear } from '../matching/marks-in-words.ts';
import { daysBetween } from '../time.ts';

/*
 * Which of a house's files may be one child's. A file is made a second time where a child comes back or comes over without
 * its first one: other people name it, estimate its age and look at it anew, and agree with the first only roughly.
 *
 * Points are bits: how much likelier two files say so of one child than of two. What many children of the tablet share is
 * worth little, what two share alone is worth much; so the counts are taken from the children at hand. What speaks against
 * takes points away. Nothing is merged by points: a person looks at both files (docs/adr/0016).
 */

/** A file as it is compared. */
export interface Comparable {
	readonly row: ChildRow;
	/** Readings of each name without tones, e.g. `xiao hu`; the likeliest of each sign. */
	readonly sounds: readonly string[];
}

export type LikenessReason =
	| { readonly code: 'same_portrait' }
	| { readonly code: 'same_number'; readonly number: string }
	| { readonly code: 'same_paper'; readonly number: string }
	| { readonly code: 'same_name'; readonly name: string }
	| { readonly code: 'same_sound'; readonly name: string; readonly other: string }
	| { readonly code: 'shared_sign'; readonly sign: string }
	| { readonly code: 'same_birth' | 'near_birth' }
	| { readonly code: 'same_mark' | 'near_mark'; readonly mark: string }
	| { readonly code: 'same_words'; readonly words: string }
	| { readonly code: 'same_place' | 'near_place'; readonly place: string }
	| { readonly code: 'same_rescue' }
	| { readonly code: 'other_sex' | 'other_birth' | 'other_marks' | 'other_place' | 'other_rescue' | 'other_name' };
export type LikenessCode = LikenessReason['code'];

/** Two files and why they may be one child's, the strongest reason first; what speaks against comes last. */
export interface Likeness {
	readonly a: ChildId;
	readonly b: ChildId;
	readonly score: number;
	readonly reasons: readonly (LikenessReason & { readonly points: number })[];
}

/**
 * From how many points on a pair is shown. The more files, the more pairs agree by chance; at this line about every second
 * pair shown is one child, on the made set of likeness.test.ts (10,000 files, 300 of them second ones written by other people,
 * with brothers, sisters, twins and neighbours' children beside them), and about half of the true pairs are shown. The others
 * agree in too little for anybody to say.
 */
export function worthComparing(files: number): number {
	return Math.log2(files + imagined) + 3;
}

/** A house with few children is no country: what two of eight share is as rare as what two of four hundred share. */
const imagined = 400;
/** What more files share than this brings none of them together: it tells little, and would be compared with everything. */
const blockMaximum = 40;

/**
 * Every pair that may be one child, the likeliest first. A generator so that the caller can let others in between: it yields
 * the number of files done after each, and returns the pairs.
 */
export function* likenesses(
	files: readonly Comparable[],
	threshold: number = worthComparing(files.length)
): Generator<number, readonly Likeness[]> {
	const prepared: Prepared[] = [];
	const counts = new Map<string, number>();
	const sizes = new Map<string, number>();
	for (const file of files) {
		const one = prepare(file);
		prepared.push(one);
		for (const key of one.keys) counts.set(key, (counts.get(key) ?? 0) + 1);
		for (const key of one.blocks) sizes.set(key, (sizes.get(key) ?? 0) + 1);
		yield 0;
	}
	const blocks = new Map<string, number[]>();
	const found: Likeness[] = [];
	for (const [index, file] of prepared.entries()) {
		const met = new Set<number>();
		for (const key of file.blocks) {
			const size = sizes.get(key) ?? 0;
			if (size < 2 || size > blockMaximum) continue;
			const block = blocks.get(key);
			if (block) {
				for (const other of block) met.add(other);
				block.push(index);
			} else blocks.set(key, [index]);
		}
		for (const other of met) {
			const first = prepared[other];
			if (!first || first.apart.has(file.id) || file.apart.has(first.id)) continue;
			// The smaller id first: a pair scores the same whichever file came first.
			const { score, reasons } =
				first.id < file.id ? compare(first, file, counts, files.length) : compare(file, first, counts, files.length);
			if (score >= threshold) found.push({ ...inOrder(first.id, file.id), score, reasons });
		}
		yield index + 1;
	}
	return found.sort((a, b) => b.score - a.score || (a.a + a.b < b.a + b.b ? -1 : 1));
}

function inOrder(a: ChildId, b: ChildId): Pick<Likeness, 'a' | 'b'> {
	return a < b ? { a, b } : { a: b, b: a };
}

interface Prepared {
	readonly id: ChildId;
	readonly row: ChildRow;
	readonly names: readonly string[];
	readonly sounds: readonly string[];
	readonly signs: readonly string[];
	readonly marks: readonly (readonly [kind: string, site: string, side: string])[];
	readonly clauses: readonly string[];
	readonly apart: ReadonlySet<ChildId>;
	/** Two files are compared if they share one of these. */
	readonly blocks: readonly string[];
	/** What is counted among all. */
	readonly keys: readonly string[];
}

/** Signs that a third of all small children is called by: 小, 阿, 宝. */
const fillers = new Set([...'小阿大老儿子宝贝妹弟哥姐娃仔毛云']);

function prepare({ row, sounds }: Comparable): Prepared {
	const names = row.names.map((name) => name.normalize('NFKC'));
	const signs = [...new Set(names.flatMap((name) => [...name]))].filter(
		(sign) => /\p{Script=Han}/u.test(sign) && !fillers.has(sign)
	);
	const marks = (row.traits?.marks ?? []).map((key) => {
		const [kind = '', site = '', side = ''] = key.split('/');
		return [kind, site, side] as const;
	});
	const clauses = [...new Set(row.marks.normalize('NFKC').split(/[\s;；,，。、]+/u))].filter(
		(clause) => [...clause].length >= 4
	);
	const sex = row.sex ?? '';
	// Both that an estimate can mean, so that two that overlap have one in common.
	const years = yearsBetween(row.birthEarliest, row.birthLatest);
	const taken = row.traits?.taken;
	const rescued = row.traits?.rescued;
	const day = rescued && rescued[0] === rescued[1] ? rescued[0] : undefined;
	const counted = {
		name: names.map((name) => `n:${name}`),
		sound: sounds.map((sound) => `y:${sound}`),
		sign: signs.map((sign) => `s:${sign}`),
		mark: marks.map((mark) => `m:${mark.join('/')}`),
		words: clauses.map((clause) => `w:${clause}`),
		place: taken === undefined ? [] : [`p:${taken}`],
		day: day === undefined ? [] : [`d:${day}`],
		birth: row.birthEarliest !== undefined && row.birthEarliest === row.birthLatest ? [`b:${row.birthEarliest}`] : []
	};
	return {
		id: row.childId,
		row,
		names,
		sounds,
		signs,
		marks,
		clauses,
		apart: new Set(row.toldApart ?? []),
		keys: [...new Set(Object.values(counted).flat())],
		blocks: [
			...new Set([
				...counted.name,
				...counted.sound,
				...[...counted.day, ...counted.birth].map((key) => `${key}/${sex}`),
				...[...counted.mark, ...counted.place].flatMap((key) => [
					`${key}/${sex}`,
					...years.map((year) => `${key}/${sex}/${year}`)
				]),
				...(row.portrait === undefined ? [] : [`f:${row.portrait}`]),
				...(row.caseNumber === undefined ? [] : [`c:${row.caseNumber}`]),
				...(row.traits?.paper === undefined ? [] : [`a:${row.traits.paper}`])
			])
		]
	};
}

function yearsBetween(from: string | undefined, to: string | undefined): readonly number[] {
	if (from === undefined || to === undefined) return [];
	const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
	return Array.from({ length: Math.min(4, last - first + 1) }, (_, i) => first + i);
}

function compare(
	a: Prepared,
	b: Prepared,
	counts: ReadonlyMap<string, number>,
	size: number
): Pick<Likeness, 'score' | 'reasons'> {
	const reasons: (LikenessReason & { points: number })[] = [];
	const add = (points: number, reason: LikenessReason) => {
		reasons.push({ ...reason, points });
	};
	const rarity: Rarity = (key, most) => Math.min(Math.log2((size + imagined) / (counts.get(key) ?? 1)), most);

	if (a.row.portrait !== undefined && a.row.portrait === b.row.portrait) add(16, { code: 'same_portrait' });
	if (a.row.caseNumber !== undefined && a.row.caseNumber === b.row.caseNumber)
		add(12, { code: 'same_number', number: a.row.caseNumber });
	const paper = a.row.traits?.paper;
	if (paper !== undefined && paper === b.row.traits?.paper) add(12, { code: 'same_paper', number: paper });

	byName(a, b, rarity, add);
	if (a.row.sex !== undefined && b.row.sex !== undefined) {
		if (a.row.sex !== b.row.sex) add(-7, { code: 'other_sex' });
	}
	byBirth(a.row, b.row, rarity, add);
	// The words of a mark that agrees are no second agreement.
	if (!byMarks(a, b, rarity, add)) byWords(a, b, rarity, add);
	byPlace(a.row.traits?.taken, b.row.traits?.taken, rarity, add);
	byRescue(a.row.traits?.rescued, b.row.traits?.rescued, rarity, add);
	return {
		score: reasons.reduce((sum, { points }) => sum + points, 0),
		reasons: reasons.sort((x, y) => y.points - x.points)
	};
}

/** How rare a key is among the files, in bits, at most `most`. */
type Rarity = (key: string, most: number) => number;
type Add = (points: number, reason: LikenessReason) => void;

function byName(a: Prepared, b: Prepared, rarity: Rarity, add: Add): void {
	if (a.names.length === 0 || b.names.length === 0) return;
	const same = a.names.filter((name) => b.names.includes(name));
	if (same.length > 0) {
		const [name = '', points = 0] = best(same.map((each) => [each, rarity(`n:${each}`, 12)]));
		add(points, { code: 'same_name', name });
		return;
	}
	const sounds = a.sounds.filter((sound) => b.sounds.includes(sound));
	if (sounds.length > 0) {
		const [sound = '', points = 0] = best(sounds.map((each) => [each, rarity(`y:${each}`, 11) - 1]));
		const of = (file: Prepared) => file.names[file.sounds.indexOf(sound)] ?? file.names[0] ?? '';
		add(points, { code: 'same_sound', name: of(a), other: of(b) });
		return;
	}
	const signs = a.signs.filter((sign) => b.signs.includes(sign));
	if (signs.length > 0) {
		const [sign = '', points = 0] = best(signs.map((each) => [each, rarity(`s:${each}`, 10) - 3]));
		if (points > 0) add(points, { code: 'shared_sign', sign });
		return;
	}
	// Houses name a child who has no name anew: another name says little.
	add(-1, { code: 'other_name' });
}

function byBirth(a: ChildRow, b: ChildRow, rarity: Rarity, add: Add): void {
	const { birthEarliest: from, birthLatest: to } = a;
	const { birthEarliest: otherFrom, birthLatest: otherTo } = b;
	if (from === undefined || to === undefined || otherFrom === undefined || otherTo === undefined) return;
	if (from === to && otherFrom === otherTo && from === otherFrom) {
		add(rarity(`b:${from}`, 10), { code: 'same_birth' });
		return;
	}
	const gap = Math.max(daysBetween(to, otherFrom), daysBetween(otherTo, from));
	if (gap <= 0) {
		// Of the eighteen years a child in care is born in, the part that both can mean.
		const span = Math.max(daysBetween(from, to), daysBetween(otherFrom, otherTo), 30);
		add(Math.min(4, Math.log2((12 * 365) / span)), { code: 'near_birth' });
	} else if (gap > 180) {
		// One in five is misjudged by a year or two.
		add(-Math.min(9, gap / 150), { code: 'other_birth' });
	}
}

function byMarks(a: Prepared, b: Prepared, rarity: Rarity, add: Add): boolean {
	if (a.marks.length === 0 || b.marks.length === 0) return false;
	let agreed = false;
	let sum = 0;
	for (const [kind, site, side] of a.marks) {
		const mark = [kind, site, side].join('/');
		const exact = b.marks.find((other) => other[0] === kind && other[1] === site && other[2] === side);
		if (exact && kind !== '' && site !== '') {
			const points = Math.min(rarity(`m:${mark}`, 10), 18 - sum);
			if (points > 0) add(points, { code: 'same_mark', mark });
			sum += Math.max(0, points);
			agreed = true;
			continue;
		}
		const near = b.marks.find(
			(other) => kindsAreNear(other[0], kind) && sitesAreNear(other[1], site) && site !== '' && kind !== ''
		);
		if (near) {
			const points = Math.min(3, 18 - sum);
			if (points > 0) add(points, { code: 'near_mark', mark });
			sum += Math.max(0, points);
			agreed = true;
		}
	}
	if (!agreed) add(-2.5, { code: 'other_marks' });
	return agreed;
}

function byWords(a: Prepared, b: Prepared, rarity: Rarity, add: Add): void {
	const same = a.clauses.filter((clause) => b.clauses.includes(clause));
	if (same.length === 0) return;
	const [words = '', points = 0] = best(same.map((each) => [each, rarity(`w:${each}`, 6) - 3]));
	if (points > 0) add(points, { code: 'same_words', words });
}

function byPlace(a: string | undefined, b: string | undefined, rarity: Rarity, add: Add): void {
	if (a === undefined || b === undefined) return;
	if (a === b && !a.endsWith('0000')) add(rarity(`p:${a}`, 9), { code: 'same_place', place: a });
	else if (a.slice(0, 4) === b.slice(0, 4) && a.slice(2, 4) !== '00') add(2, { code: 'near_place', place: a });
	else if (a.slice(0, 2) !== b.slice(0, 2)) add(-3, { code: 'other_place' });
}

function byRescue(
	a: readonly [string, string] | undefined,
	b: readonly [string, string] | undefined,
	rarity: Rarity,
	add: Add
): void {
	if (!a || !b) return;
	if (a[0] === a[1] && a[0] === b[0] && b[0] === b[1]) add(rarity(`d:${a[0]}`, 11), { code: 'same_rescue' });
	// A second file may tell of a second rescue: a child who was found again.
	else if (a[1] < b[0] || b[1] < a[0]) add(-2, { code: 'other_rescue' });
}

function best(list: readonly (readonly [string, number])[]): readonly [string, number] | readonly [] {
	return list.reduce<readonly [string, number] | readonly []>(
		(most, each) => (most[1] === undefined || each[1] > most[1] ? each : most),
		[]
	);
}
