import { isSurname } from './frequencies.ts';

/*
 * Names as evidence. A child taken at three says 阿果 because that is what was called across the yard; the family writes
 * 李国强 on a form, 强强 beside it, and the house has written 云安宁 because nobody knew. What can be compared is the core:
 * the name without its surname, without 小, 阿 or 子, each sign once.
 */

/** What a name is. One `assigned` by a house says nothing about a family and is never compared. */
export const nameKinds = ['given', 'called', 'milk', 'school', 'assigned'] as const;
export type NameKind = (typeof nameKinds)[number];

/** A name with how its signs may be read: toneless readings, `le/yue`, one for each Han character or Latin word. */
export interface SoundedName {
	readonly written: string;
	readonly kind: NameKind;
	readonly sounds: readonly string[];
}

/** A name taken apart. */
export interface NameParts {
	readonly written: string;
	readonly surname: string | undefined;
	readonly surnameSounds: readonly (readonly string[])[];
	/** The signs that tell people apart, in order; a doubled sign once. */
	readonly core: readonly string[];
	/** The readings of each sign of the core. */
	readonly coreSounds: readonly (readonly string[])[];
	/** The same, with what southern mouths and northern ears confuse made equal. */
	readonly blurredSounds: readonly (readonly string[])[];
}

/** Takes a name apart. Where a surname cannot be told from a given name (高兴), a name of two signs of `called` or `milk` has none. */
export function nameParts({ written, kind, sounds }: SoundedName): NameParts {
	const signs = signsOf(written);
	const readings = signs.map((_, i) => (sounds[i] ?? '').split('/').filter((reading) => reading !== ''));
	const length = surnameLength(signs, kind);
	const kept = coreIndexes(signs, length);
	const coreSounds = kept.map((i) => readings[i] ?? []);
	return {
		written: signs.join(''),
		surname: length === 0 ? undefined : signs.slice(0, length).join(''),
		surnameSounds: readings.slice(0, length),
		core: kept.map((i) => signs[i] ?? ''),
		coreSounds,
		blurredSounds: coreSounds.map((each) => [...new Set(each.map(blurred))])
	};
}

/** Han characters one by one, anything else by words in lower case: 阿依古丽 is four signs, `ayi guli` two. */
export function signsOf(written: string): readonly string[] {
	// Nearly every name and text: nothing but Han.
	if (onlyHan.test(written)) return [...written];
	const plain = written.normalize('NFKC').toLowerCase();
	return plain.match(/\p{Script=Han}|[\p{L}\p{M}]+/gu)?.flatMap(splitHan) ?? [];
}

/** Can two lists of readings sound alike, sign by sign? Empty readings sound like nothing. */
export function soundAlike(a: readonly (readonly string[])[], b: readonly (readonly string[])[]): boolean {
	return (
		a.length > 0 &&
		a.length === b.length &&
		a.every((readings, i) => readings.some((reading) => b[i]?.includes(reading)))
	);
}

/**
 * A syllable as half the country hears it: zh is z, ch is c, sh is s, n- is l-, r- is l-, h- is f- before u, -ng is -n.
 * 国 and 果 are alike anyway; 牛 and 刘, 芳 and 范 are after this.
 */
export function blurred(syllable: string): string {
	return syllable
		.replace(/^(z|c|s)h/, '$1')
		.replace(/^[nr](?=.)/, 'l')
		.replace(/^hu(?=.)/, 'f')
		.replace(/^fu(?=.)/, 'f')
		.replace(/^lv|^lyu/, 'lu')
		.replace(/ng$/, 'n');
}

const onlyHan = /^[\u4e00-\u9fff]+$/;

/** A run of Han within a match of letters is taken sign by sign. */
function splitHan(run: string): readonly string[] {
	return /^\p{Script=Han}/u.test(run) ? [...run] : (run.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? []);
}

function surnameLength(signs: readonly string[], kind: NameKind): 0 | 1 | 2 {
	const formal = kind === 'given' || kind === 'school';
	const [first = '', second = ''] = signs;
	// 牛牛, 石头, 毛毛 and 江江 begin with surnames too; a name people are called by has one only where three signs are written.
	const least = formal ? 2 : 3;
	if (signs.length < least || first === second) return 0;
	if (signs.length >= least + 1 && isSurname(first + second)) return 2;
	return isSurname(first) && !callingEnd.test(signs.at(-1) ?? '') ? 1 : 0;
}

/** 石娃子, 毛头儿: what ends so is called across a yard, not written in a register. */
const callingEnd = /[娃儿子仔妞丫]/;
/** 小红, 阿强, 大宝, 二娃, 三妹, 幺妹, 老三: what stands before a name in speech. */
const callingStart = /[小阿大老二三四五六幺亚]/;
const callingSuffix = /[子儿娃仔娘伢崽]/;

function coreIndexes(signs: readonly string[], surname: number): readonly number[] {
	let indexes = signs.map((_, i) => i).slice(surname);
	const at = (i: number | undefined) => (i === undefined ? '' : (signs[i] ?? ''));
	if (indexes.length >= 2 && callingStart.test(at(indexes[0]))) indexes = indexes.slice(1);
	if (indexes.length >= 2 && callingSuffix.test(at(indexes.at(-1)))) indexes = indexes.slice(0, -1);
	const seen = new Set<string>();
	return indexes.filter((i) => !seen.has(at(i)) && seen.add(at(i)));
}
