import type { ChildRow } from '#lib/domain/case-file/child-row.ts';

/*
 * Names as people type them. Every Han character has one or more toneless readings; all are kept, because nobody should
 * have to know whether the colleague read 乐 as le or yue. A surname's own reading comes first (单 shan, 解 xie, 尉迟 yu chi).
 *
 * The search text of a child is one name a line, syllables parted by a blank, readings by a slash:
 *   欧阳乐 → `ou yang le/yue/yao/lao`
 */

/** Readings of a name, most likely first, one list for each Han character; other signs are left out. */
export type Pinyin = (name: string) => readonly (readonly string[])[];

/** The search text of a child's names; inverse of `parsePinyinText`. */
export function pinyinText(row: Pick<ChildRow, 'names' | 'name'>, pinyin: Pinyin): string {
	const names = new Set([...(row.name === undefined ? [] : [row.name]), ...row.names]);
	return [...names]
		.map((name) =>
			pinyin(name)
				.map((readings) => readings.join('/'))
				.join(' ')
		)
		.filter((line) => line !== '')
		.join('\n');
}

/**
 * Names → syllables → readings. Syllables recur, so equal ones share one list.
 *
 * @param known the lists made so far; it belongs to the list of children and is forgotten with it
 */
export function parsePinyinText(
	text: string,
	known: Map<string, readonly string[]>
): readonly (readonly (readonly string[])[])[] {
	if (text === '') return [];
	return text.split('\n').map((line) =>
		line.split(' ').map((syllable) => {
			const readings = known.get(syllable) ?? syllable.split('/');
			known.set(syllable, readings);
			return readings;
		})
	);
}

/** The library's answers as this search wants them. `pinyin-pro` is big: load this module only once the vault is open. */
export async function loadPinyin(): Promise<Pinyin> {
	const { pinyin, polyphonic } = await import('pinyin-pro');
	return (name) => {
		const han = [...name.normalize('NFKC')].filter((sign) => /\p{Script=Han}/u.test(sign)).join('');
		if (han === '') return [];
		const likely = pinyin(han, { toneType: 'none', type: 'array', surname: 'head', v: true });
		const all = polyphonic(han, { toneType: 'none', type: 'array', v: true });
		return likely.map((first, i) =>
			[...new Set([first, ...(all[i] ?? [])].flatMap(spellings))].filter((reading) => /^[a-z]+$/.test(reading))
		);
	};
}

/** ü is typed v, u or (in passports) yu: 吕 is lv, lu and lyu. */
function spellings(reading: string): string[] {
	const spelled = reading.toLowerCase().replaceAll('ü', 'v');
	return spelled.includes('v') ? [spelled, spelled.replaceAll('v', 'u'), spelled.replaceAll('v', 'yu')] : [spelled];
}

/**
 * True where `typed` (a to z) can be read off consecutive syllables: each in full or by its initial (zh, ch, sh count as
 * one), the last one as far as it was typed. `oyx`, `ouyangx`, `yangxiao` and `ouyxiaom` all find 欧阳小明.
 */
export function readsAs(syllables: readonly (readonly string[])[], typed: string): boolean {
	for (let start = 0; start < syllables.length; start++) if (readsFrom(syllables, start, typed)) return true;
	return false;
}

function readsFrom(syllables: readonly (readonly string[])[], at: number, typed: string): boolean {
	if (typed === '') return true;
	const readings = syllables[at];
	if (!readings) return false;
	for (const reading of readings) {
		if (reading.charCodeAt(0) !== typed.charCodeAt(0)) continue;
		if (reading.startsWith(typed)) return true;
		if (typed.startsWith(reading) && readsFrom(syllables, at + 1, typed.slice(reading.length))) return true;
		if (readsFrom(syllables, at + 1, typed.slice(1))) return true;
		if (reading.charCodeAt(1) === h && typed.charCodeAt(1) === h && readsFrom(syllables, at + 1, typed.slice(2)))
			return true;
	}
	return false;
}

const h = 'h'.charCodeAt(0);
