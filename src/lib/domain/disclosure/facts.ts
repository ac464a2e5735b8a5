import { fieldState, items, type CaseFile } from '../case-file/case-file.ts';
import { fieldDefinition, fieldKeys, type Answer, type FieldKey, type FieldKind } from '../intake/fields.ts';
import { sayingsOf } from '../intake/own-account.ts';
import type { NoticeField } from '../notice/notice.ts';
import { birthSchema, placeSchema } from '../intake/fields.ts';
import { partialDateSchema } from '../time.ts';
import type { Disclosure } from './audience.ts';

/** One thing the case file knows, with the spellings it could be recognised by in a public text. */
export interface KnownFact {
	readonly key: FieldKey | 'mark' | 'belonging' | 'sealNumber' | 'keptAt';
	readonly disclosure: Disclosure;
	/** A parent who knows it proves something by it. */
	readonly verifying: boolean;
	/** The part of a notice that would show it. */
	readonly shownBy: NoticeField | undefined;
	/** What it reads like. Empty for values that are no words (a height, a yes or no). */
	readonly spellings: readonly string[];
}

/** Which fields of the record stand behind a part of the notice. */
export const noticeSources: Readonly<Record<NoticeField, readonly FieldKey[]>> = {
	name: ['nameGiven', 'nameAssigned', 'nameCalled'],
	sex: ['sex'],
	ageWhenRescued: ['birth'],
	placeTaken: ['placeTaken'],
	rescued: ['dateRescued', 'placeRescued'],
	height: ['height'],
	features: ['features'],
	clothing: ['clothing'],
	belongings: ['belongingsSummary'],
	ownAccount: ['ownAccount'],
	accent: ['accent', 'language']
};

/**
 * Everything known and undisputed, disputed answers included one by one: what two people contradict each other about may
 * still be the truth, and must not leak either.
 */
export function knownFacts(caseFile: CaseFile): readonly KnownFact[] {
	const facts: KnownFact[] = [];
	for (const key of fieldKeys) {
		const state = fieldState(caseFile, key);
		const answers: readonly Answer<unknown>[] =
			state.status === 'settled'
				? [state.answer]
				: state.status === 'conflict'
					? state.versions.map((v) => v.value)
					: [];
		const spellings = [
			...answers.flatMap((answer) =>
				answer.state === 'known' ? spellingsOf(fieldDefinition(key).value, answer.value) : []
			),
			// Each thing the child said is known by itself, those included that a later wording left out.
			...(key === 'ownAccount' ? sayingsOf(caseFile).flatMap((saying) => sentence(saying.words)) : [])
		];
		if (!answers.some((answer) => answer.state === 'known')) continue;
		const { disclosure, verifying = false } = fieldDefinition(key);
		// "None" and "not clear" prove nothing, whoever says them.
		const proves = verifying && !spellings.every((spelling) => saysNothing.test(spelling));
		facts.push({ key, disclosure, verifying: proves, shownBy: shownBy(key), spellings });
	}
	for (const { value } of items(caseFile, 'mark')) {
		facts.push({
			key: 'mark',
			disclosure: 'public',
			verifying: true,
			shownBy: 'features',
			spellings: words(value.description)
		});
	}
	for (const { value } of items(caseFile, 'belonging')) {
		facts.push({
			key: 'belonging',
			disclosure: 'public',
			verifying: true,
			shownBy: 'belongings',
			spellings: words(value.description)
		});
		if (value.sealNumber) {
			facts.push({
				key: 'sealNumber',
				disclosure: 'institution',
				verifying: false,
				shownBy: undefined,
				spellings: words(value.sealNumber)
			});
		}
		if (value.keptAt) {
			facts.push({
				key: 'keptAt',
				disclosure: 'institution',
				verifying: false,
				shownBy: undefined,
				spellings: words(value.keptAt)
			});
		}
	}
	return facts;
}

/** Does a public text tell this fact? White space and full-width forms do not hide it. */
export function tells(text: string, fact: KnownFact): boolean {
	const plain = plainText(text);
	return fact.spellings.some((spelling) => plain.includes(plainText(spelling)));
}

export function plainText(text: string): string {
	return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

/** Answers that say there is nothing to say, as houses write them: 无, 无随身物品, 没有, 未见异常, 不详. */
const saysNothing = /^(无|没有|未见|不详|不清|暂无).{0,6}$/;

function shownBy(key: FieldKey): NoticeField | undefined {
	// The name the child says is shown only where the notice's words hold it, and where it was rescued never by a field.
	if (key === 'nameCalled' || key === 'placeRescued' || key === 'dateRescued') return undefined;
	for (const [field, sources] of Object.entries(noticeSources) as [NoticeField, readonly FieldKey[]][]) {
		if (sources.includes(key)) return field;
	}
	return undefined;
}

function spellingsOf(kind: FieldKind, value: unknown): readonly string[] {
	switch (kind.kind) {
		case 'line':
		case 'text':
		case 'phone':
			return words(String(value));
		case 'place': {
			const place = placeSchema.parse(value);
			return words(place.text);
		}
		case 'date':
			return dayForms(String(value));
		case 'birth': {
			const birth = birthSchema.parse(value);
			return birth.precision === 'exact' ? dayForms(birth.date) : [];
		}
		case 'partialDate': {
			const { y, m, d, text } = partialDateSchema.parse(value);
			const day = m !== undefined && d !== undefined ? dayForms(`${y}-${pad(m)}-${pad(d)}`) : [];
			return [...day, ...words(text ?? '')];
		}
		case 'choice':
		case 'yesNo':
		case 'quantity':
		case 'time':
			return [];
	}
}

/** A saying long enough not to be met by chance. */
function sentence(text: string): readonly string[] {
	return plainText(text).length >= 6 ? words(text) : [];
}

/** Words that can be recognised: one Chinese character, or three letters, say nothing by themselves. */
function words(text: string): readonly string[] {
	const plain = plainText(text);
	const least = /^[\x20-\x7e]*$/.test(plain) ? 4 : 2;
	return plain.length >= least ? [plain] : [];
}

/**
 * A day as people write it, blanks left out. Months and years alone may be public (SECURITY 7), a day may not. Too many
 * forms only make a drafter write the month instead.
 */
function dayForms(day: string): readonly string[] {
	const [y = 0, m = 0, d = 0] = day.split('-').map(Number);
	const inWords = `${chineseNumber(m)}月${chineseNumber(d)}`;
	const forms = [`${inWords}日`, `${inWords}号`, `${y}${pad(m)}${pad(d)}`];
	for (const month of new Set([String(m), pad(m)])) {
		for (const date of new Set([String(d), pad(d)])) {
			forms.push(`${month}月${date}日`, `${month}月${date}号`, `${y}年${month}月${date}`);
			for (const sign of ['-', '/', '.']) forms.push([y, month, date].join(sign));
		}
	}
	const name = monthNames[m - 1] ?? '';
	for (const month of [name, name.slice(0, 3)]) {
		for (const th of ['', 'st', 'nd', 'rd', 'th']) forms.push(`${d}${th}${month}`, `${d}${th}of${month}`);
		// Not "march2" alone: it begins "march2026".
		for (const end of [',', 'st', 'nd', 'rd', 'th', String(y)]) forms.push(`${month}${d}${end}`);
	}
	return forms;
}

const monthNames = 'january february march april may june july august september october november december'.split(' ');

/** 1 to 31 as Chinese writes days and months: 三, 十四, 二十, 三十一. */
function chineseNumber(number: number): string {
	const tens = Math.floor(number / 10);
	const digit = (n: number) => (n === 0 ? '' : ('一二三四五六七八九'[n - 1] ?? ''));
	return (tens === 0 ? '' : `${tens === 1 ? '' : digit(tens)}十`) + digit(number % 10);
}

function pad(number: number): string {
	return String(number).padStart(2, '0');
}
