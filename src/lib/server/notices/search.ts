import { plainText } from '#lib/domain/disclosure/facts.ts';
import type { NoticeRow } from './notice-row.ts';

/*
 * The public's search, in memory over what is public anyway. A parent types what he remembers, not what the notice says:
 * every word he types must be in it somehow (AND), a word of Chinese counts as its pairs of characters, any of which
 * will do (OR), and more of them rank higher. So 红棉袄 finds 红色棉袄, after a notice that says 红棉袄.
 */
export interface NoticeQuery {
	readonly words: string;
	readonly name: string;
	readonly features: string;
	readonly clothing: string;
	/** 2, 4 or 6 digits of GB/T 2260: a province, a prefecture, a county. */
	readonly region: string;
	readonly sex: '' | '1' | '2';
	/** Whole months, both inclusive. */
	readonly age: { readonly least: number; readonly most: number } | undefined;
}

export const noticeSearchIndex = (notices: readonly NoticeRow[]): NoticeIndex => new NoticeIndex(notices);

type Field = 'words' | 'name' | 'features' | 'clothing';

/** Immutable; a new one is made whenever the notices change (284 notices: about 10 ms). */
export class NoticeIndex {
	readonly #notices: readonly NoticeRow[];
	readonly #postings: Readonly<Record<Field, ReadonlyMap<string, readonly number[]>>>;
	readonly #texts: readonly string[];

	constructor(notices: readonly NoticeRow[]) {
		this.#notices = notices;
		this.#postings = {
			words: postings(notices.map(everyText)),
			name: postings(notices.map((notice) => notice.name ?? '')),
			features: postings(notices.map(identityText)),
			clothing: postings(notices.map((notice) => `${notice.clothing ?? ''} ${notice.belongings ?? ''}`))
		};
		this.#texts = notices.map((notice) => plainText(everyText(notice)));
	}

	/** The notices that fit, best first; where nothing ranks them, in the order given. */
	find(query: NoticeQuery): readonly NoticeRow[] {
		const scores = new Map<number, number>();
		const wanted: readonly (readonly [Field, string])[] = [
			...split(query.words).map((word) => ['words', word] as const),
			...split(query.name).map((word) => ['name', word] as const),
			...split(query.features).map((word) => ['features', word] as const),
			...split(query.clothing).map((word) => ['clothing', word] as const)
		];
		let candidates: readonly number[] = this.#notices.map((_, index) => index);
		for (const [field, word] of wanted) {
			const found = this.#scoresOf(field, word);
			candidates = candidates.filter((index) => found.has(index));
			for (const index of candidates) scores.set(index, (scores.get(index) ?? 0) + (found.get(index) ?? 0));
		}
		return candidates
			.filter((index) => fits(this.#notices[index], query))
			.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || a - b)
			.flatMap((index) => this.#notices[index] ?? []);
	}

	/** 0 to 1: how much of the word is there; a little more where it is there as it was typed. */
	#scoresOf(field: Field, word: string): ReadonlyMap<number, number> {
		const parts = tokens(word);
		const scores = new Map<number, number>();
		for (const part of parts) {
			for (const index of this.#postings[field].get(part) ?? [])
				scores.set(index, (scores.get(index) ?? 0) + 1 / parts.length);
		}
		const whole = plainText(word);
		for (const [index, score] of scores) if (this.#texts[index]?.includes(whole)) scores.set(index, score + 1);
		return scores;
	}
}

/** How many notices lie in each province, by the first two digits. */
export function countByProvince(notices: readonly NoticeRow[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { regionCode } of notices) {
		if (regionCode === null) continue;
		const province = regionCode.slice(0, 2);
		counts.set(province, (counts.get(province) ?? 0) + 1);
	}
	return counts;
}

function fits(notice: NoticeRow | undefined, query: NoticeQuery): boolean {
	if (!notice) return false;
	if (query.sex !== '' && notice.sexCode !== query.sex) return false;
	if (query.region !== '' && !inRegion(notice.regionCode, query.region)) return false;
	if (query.age) {
		// An age nobody could say stays in the list: better one child too many than the right one missing.
		if (notice.ageMonthsLeast === null || notice.ageMonthsMost === null) return true;
		return notice.ageMonthsLeast <= query.age.most && query.age.least <= notice.ageMonthsMost;
	}
	return true;
}

/** A notice that names only the province is found by its counties too: 510000 fits 5134, as 513400 fits 51. */
function inRegion(regionCode: string | null, wanted: string): boolean {
	if (regionCode === null) return false;
	const own = significant(regionCode);
	const asked = significant(wanted);
	return own.startsWith(asked) || asked.startsWith(own);
}

function significant(code: string): string {
	return code.replace(/(00)+$/, '') || code;
}

function postings(texts: readonly string[]): ReadonlyMap<string, readonly number[]> {
	const lists = new Map<string, number[]>();
	for (const [index, text] of texts.entries()) {
		for (const token of new Set(split(text).flatMap((word) => indexTokens(word)))) {
			const list = lists.get(token);
			if (list) list.push(index);
			else lists.set(token, [index]);
		}
	}
	return lists;
}

function split(text: string): readonly string[] {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '')
		.slice(0, 200);
}

const han = /\p{Script=Han}/u;

/** Runs of Chinese as pairs of characters (a single character as itself), anything else as whole words. */
function tokens(word: string): readonly string[] {
	const found: string[] = [];
	for (const run of word.match(/\p{Script=Han}+|\P{Script=Han}+/gu) ?? []) {
		const signs = [...run];
		if (!han.test(run) || signs.length === 1) found.push(run);
		else for (let i = 0; i + 1 < signs.length; i++) found.push(`${signs[i]}${signs[i + 1]}`);
	}
	return found;
}

/** As `tokens`, and every single Chinese character: 疤 alone is a word that parents type. */
function indexTokens(word: string): readonly string[] {
	return [...tokens(word), ...[...word].filter((sign) => han.test(sign))];
}

function everyText(notice: NoticeRow): string {
	return [
		notice.name,
		notice.placeTaken,
		notice.rescued,
		identityText(notice),
		notice.clothing,
		notice.belongings,
		notice.ownAccount,
		notice.publicNumber.replaceAll('-', '')
	].join(' ');
}

function identityText(notice: NoticeRow): string {
	return [notice.features, notice.accent, notice.ownAccount, notice.height].join(' ');
}
