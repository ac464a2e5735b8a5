import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { filesTogether } from './files-together.ts';
import type { ChildPage, ChildQuery } from '../tablet.ts';
import { parsePinyinText, readsAs } from './pinyin.ts';

/** A child as the list keeps it: the line to show and the readings of the names. */
export interface ListedChild {
	readonly row: ChildRow;
	/** See search/pinyin.ts. */
	readonly pinyin: string;
	/** Which version of the rules made the line; empty where it could not be made and must be made again. */
	readonly madeBy: string;
}

/**
 * Every child of the house in memory, in the order of the list, searched by scanning: 10,000 lines take a few
 * milliseconds, and nothing readable has to lie on the disk. Forget the whole object to forget the children.
 */
export class ChildList {
	private readonly entries = new Map<ChildId, Listed>();
	private readonly readings = new Map<string, readonly string[]>();
	private ordered: Listed[] = [];
	private sorted = true;
	/** Grows with every line that is put. */
	changes = 0;
	/** By file the files of its child, where it has more than one; undefined until somebody asks after a change. */
	private together: ReadonlyMap<ChildId, readonly ChildId[]> | undefined = new Map();

	get size(): number {
		return this.entries.size;
	}

	get(childId: ChildId): ListedChild | undefined {
		return this.entries.get(childId)?.child;
	}

	/** Every file of the child this file is of, the one that names the child first. */
	filesOf(childId: ChildId): readonly ChildId[] {
		return this.filesTogether().get(childId) ?? [childId];
	}

	private filesTogether(): ReadonlyMap<ChildId, readonly ChildId[]> {
		this.together ??= filesTogether([...this.entries.values()].map(({ child }) => child.row));
		return this.together;
	}

	/** Every child once, in the order of the list: of a child with several files the line of the one that names it. */
	shown(): readonly ListedChild[] {
		return this.inOrder().flatMap(({ child }) => (this.isShown(child.row) ? [child] : []));
	}

	private isShown({ childId }: ChildRow): boolean {
		return this.filesOf(childId)[0] === childId;
	}

	/** Adds or replaces. */
	put(children: readonly ListedChild[]): void {
		this.changes += 1;
		for (const child of children) {
			const listed: Listed = { child, text: undefined, syllables: undefined };
			const old = this.entries.get(child.row.childId);
			if (child.row.merges ?? child.row.parted ?? old?.child.row.merges) this.together = undefined;
			this.entries.set(child.row.childId, listed);
			if (!this.sorted) continue;
			// A few: in their places at once. Many: in order when somebody looks.
			if (children.length > insertedSingly) this.sorted = false;
			else {
				if (old) this.ordered.splice(placeOf(this.ordered, old), 1);
				this.ordered.splice(placeOf(this.ordered, listed), 0, listed);
			}
		}
	}

	/**
	 * Makes what typed words are compared with, a few hundred lines at a time, so that the first search finds it made.
	 *
	 * @param breathe lets others work in between
	 * @param goOn asked after each breath
	 */
	async readyToSearch(breathe: () => Promise<void>, goOn: () => boolean): Promise<void> {
		const listed = [...this.entries.values()];
		for (let from = 0; from < listed.length; from += preparedAtOnce) {
			await breathe();
			if (!goOn()) return;
			for (const each of listed.slice(from, from + preparedAtOnce)) textOf(each);
		}
	}

	/** Every file in the order of the list. */
	all(): readonly ListedChild[] {
		return this.inOrder().map((listed) => listed.child);
	}

	search(query: ChildQuery, house: InstitutionId): ChildPage {
		const conditions = [...conditionsOf(query, house, this.readings)];
		const ordered = this.inOrder();
		if (this.filesTogether().size > 0) conditions.unshift(({ child }) => this.isShown(child.row));
		const found =
			conditions.length === 0 ? ordered : ordered.filter((listed) => conditions.every((holds) => holds(listed)));
		return {
			rows: found.slice(query.offset, query.offset + query.limit).map((listed) => listed.child.row),
			total: found.length
		};
	}

	/** Children that something presses for, the most pressing first, then in the order of the list. */
	due(limit: number, pressing: (row: ChildRow) => number | undefined): readonly ChildRow[] {
		const found: { row: ChildRow; pressing: number }[] = [];
		for (const { child } of this.inOrder()) {
			const how = pressing(child.row);
			if (how !== undefined && this.isShown(child.row)) found.push({ row: child.row, pressing: how });
		}
		return found
			.sort((a, b) => b.pressing - a.pressing)
			.slice(0, limit)
			.map(({ row }) => row);
	}

	private inOrder(): readonly Listed[] {
		if (!this.sorted) {
			// The indexes come in order, so that what is sorted here is a few runs, which the engine's merge sort takes as such.
			this.ordered = [...this.entries.values()].sort(compare);
			this.sorted = true;
		}
		return this.ordered;
	}
}

/** A few milliseconds of a slow tablet. */
const preparedAtOnce = 200;

/** Above so many at once, sorting everything once is cheaper than moving the tail of the list for each. */
const insertedSingly = 20;

interface Listed {
	readonly child: ListedChild;
	/** Made when somebody first searches, or before by `readyToSearch`: who opens the tablet waits for the list alone. */
	text: SearchText | undefined;
	syllables: ReturnType<typeof parsePinyinText> | undefined;
}

/** What is compared with typed words. */
interface SearchText {
	/** Names in lower case, one a line. */
	readonly names: string;
	readonly marks: string;
	readonly caseNumber: string;
	/** One bit for each letter that a syllable begins with: most children are ruled out by it. */
	readonly initials: number;
}

function textOf(listed: Listed): SearchText {
	return (listed.text ??= searchText(listed.child));
}

function searchText({ row, pinyin: readings }: ListedChild): SearchText {
	const { name, names, pinyin, marks, caseNumber } = row;
	const written = names.length > 0 ? names.join('\n') : (name ?? '');
	return {
		names: normalise(pinyin === undefined ? written : `${written}\n${pinyin}\n${pinyin.replaceAll(' ', '')}`),
		marks: normalise(marks),
		caseNumber: normalise(caseNumber ?? ''),
		initials: initialsOf(readings)
	};
}

function initialsOf(pinyin: string): number {
	let bits = 0;
	let begins = true;
	for (let i = 0; i < pinyin.length; i++) {
		const code = pinyin.charCodeAt(i);
		const letter = code >= 97 && code <= 122;
		if (letter && begins) bits |= 1 << (code - 97);
		begins = !letter;
	}
	return bits;
}

/** The order of the list: by the pinyin of the name, those without a name last, ties by id. */
export function inListOrder(a: ListedChild, b: ListedChild): number {
	return compareRows(a.row, b.row);
}

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin');

function compare(a: Listed, b: Listed): number {
	return compareRows(a.child.row, b.child.row);
}

function compareRows(a: ChildRow, b: ChildRow): number {
	if (a.name !== b.name) {
		if (a.name === undefined) return 1;
		if (b.name === undefined) return -1;
		const byName = collator.compare(a.name, b.name);
		if (byName !== 0) return byName;
	}
	return a.childId < b.childId ? -1 : a.childId > b.childId ? 1 : 0;
}

/** Where the child stands in the ordered list, or would stand. */
function placeOf(ordered: readonly Listed[], listed: Listed): number {
	let low = 0;
	let high = ordered.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const other = ordered[middle];
		if (other && compare(other, listed) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}

type Condition = (listed: Listed) => boolean;

function conditionsOf(
	{ words, sex, age, show }: ChildQuery,
	house: InstitutionId,
	readings: Map<string, readonly string[]>
): readonly Condition[] {
	const conditions: Condition[] = [];
	// The cheap ones first.
	if (sex !== undefined) conditions.push(({ child }) => child.row.sex === sex);
	if (show === 'here' || show === 'unfinished') conditions.push(({ child }) => child.row.exit === undefined);
	if (show === 'here')
		conditions.push(({ child }) => child.row.custodian === undefined || child.row.custodian === house);
	if (show === 'unfinished') conditions.push(({ child }) => !child.row.submitted);
	if (show === 'conflicts') conditions.push(({ child }) => child.row.conflictCount > 0);
	if (show === 'left') conditions.push(({ child }) => child.row.exit !== undefined);
	if (age) conditions.push(({ child }) => couldBeAged(child.row, age));
	for (const word of normalise(words ?? '').split(/\s+/u)) if (word !== '') conditions.push(matching(word, readings));
	return conditions;
}

/** What a typed word can be: part of a name, a reading of one, the end of a number, part of a description. */
function matching(word: string, readings: Map<string, readonly string[]>): Condition {
	const letters = word
		.replace(/['’\-0-9]/gu, '')
		.replaceAll('ü', 'v')
		.normalize('NFD')
		.replace(/\p{Mn}/gu, '');
	const typed = /^[a-z]+$/.test(letters) && !/^[0-9]/.test(word) ? letters : undefined;
	const initial = typed === undefined ? 0 : 1 << (typed.charCodeAt(0) - 97);
	return (listed) => {
		const { names, marks, caseNumber, initials } = textOf(listed);
		if (names.includes(word) || marks.includes(word)) return true;
		if (caseNumber !== '' && (word.length >= 4 ? caseNumber.includes(word) : caseNumber.endsWith(word))) return true;
		if (typed === undefined || (initials & initial) === 0) return false;
		listed.syllables ??= parsePinyinText(listed.child.pinyin, readings);
		return listed.syllables.some((syllables) => readsAs(syllables, typed));
	};
}

function normalise(text: string): string {
	return text.normalize('NFKC').toLowerCase();
}

/** True where an age of the band lies between the youngest and the oldest the child can be. Nothing known of the birth: no. */
function couldBeAged(
	{ birthEarliest, birthLatest }: ChildRow,
	{ from, to, today }: { from: number; to: number; today: CivilDate }
): boolean {
	const earliest = birthEarliest ?? birthLatest;
	const latest = birthLatest ?? birthEarliest;
	if (earliest === undefined || latest === undefined || earliest > today) return false;
	return ageOn(today, latest) <= to && ageOn(today, earliest) >= from;
}

/** Whole years; negative before birth. Who was born on 29 February is a year older on the 28th of other years, as `addYears` has it. */
function ageOn(today: CivilDate, birth: CivilDate): number {
	const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
	const dayOfToday = today.slice(5);
	let birthday = birth.slice(5);
	if (birthday === '02-29' && dayOfToday === '02-28' && !isLeap(Number(today.slice(0, 4)))) birthday = '02-28';
	return dayOfToday >= birthday ? years : years - 1;
}

function isLeap(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
