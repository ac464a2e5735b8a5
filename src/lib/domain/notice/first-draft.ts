import { items, knownValue, type CaseFile } from '../case-file/case-file.ts';
import { daysBetween, earliest, latest, type CivilDate } from '../time.ts';
import type { NoticeDraft } from './notice.ts';

/**
 * What a draft starts from: only what the search needs and the words that say least. Features, clothing, belongings and
 * the child's own words are left empty: whoever wants them shown writes them, and knows that the claim interview loses
 * a question by it.
 */
export function firstDraft(caseFile: CaseFile, contactPhone: string): NoticeDraft {
	const name = knownValue(caseFile, 'nameGiven') ?? knownValue(caseFile, 'nameAssigned');
	const place = knownValue(caseFile, 'placeTaken');
	const sex = knownValue(caseFile, 'sex');
	const height = knownValue(caseFile, 'height');
	const age = ageWhenRescued(caseFile);
	const portrait = items(caseFile, 'photo')
		.filter(({ value }) => value.view === 'front' && value.publishable)
		.at(-1);
	return {
		shown: {
			...(name !== undefined && { name }),
			...(place !== undefined && place.text.trim() !== '' && { placeTaken: place.text }),
			...(age && { ageWhenRescued: yearsInWords(age) }),
			...(height !== undefined && { height: `${height} 厘米` })
		},
		sexCode: sex === '1' || sex === '2' || sex === '9' ? sex : '0',
		...(place?.code !== undefined && { regionCode: place.code }),
		...(age && { ageMonths: age }),
		photos: portrait ? [portrait.itemId] : [],
		contactPhone
	};
}

/** Whole months, least to most; undefined where birth or rescue is not known. */
function ageWhenRescued(caseFile: CaseFile): { least: number; most: number } | undefined {
	const birth = knownValue(caseFile, 'birth');
	const rescued = knownValue(caseFile, 'dateRescued');
	const handover = knownValue(caseFile, 'handoverDate');
	if (!birth || !(rescued || handover)) return undefined;
	const [first, last] = birth.precision === 'exact' ? [birth.date, birth.date] : [birth.earliest, birth.latest];
	const from = rescued ? earliest(rescued) : handover;
	const to = rescued ? latest(rescued) : handover;
	if (from === undefined || to === undefined) return undefined;
	const least = monthsBetween(last, from);
	const most = monthsBetween(first, to);
	return most >= 0 && most <= 300 ? { least: Math.max(0, least), most } : undefined;
}

/** The average month: a year of the public's "about four years" needs no more. */
function monthsBetween(from: CivilDate, to: CivilDate): number {
	return Math.floor(daysBetween(from, to) / 30.4375);
}

function yearsInWords({ least, most }: { least: number; most: number }): string {
	if (most < 12) return '不满 1 岁';
	const [from, to] = [Math.floor(least / 12), Math.floor(most / 12)];
	return from === to ? `约 ${to} 岁` : `约 ${from}–${to} 岁`;
}
