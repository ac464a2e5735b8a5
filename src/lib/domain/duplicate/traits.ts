import { items, type CaseFile } from '../case-file/case-file.ts';
import { live, type Versions } from '../case-file/versions.ts';
import type { Answer, FieldKey, Place } from '../intake/fields.ts';
import { daysOf } from '../matching/days.ts';
import { marksInWords, readMark } from '../matching/marks-in-words.ts';
import type { CivilDate, PartialDate } from '../time.ts';

/** What of a file tells whether another file may be the same child's, beside what its line in a list says anyway. */
export interface Traits {
	/** `kind/site/side` of every mark, as far as it is told, in codes. */
	readonly marks: readonly string[];
	/** Where the child was taken: a code of GB/T 2260 as far as it goes. */
	readonly taken?: string | undefined;
	/** The days on which the child may have been rescued. */
	readonly rescued?: readonly [CivilDate, CivilDate] | undefined;
	/** Number of the police's notice of temporary care. */
	readonly paper?: string | undefined;
}

/** Of a value in dispute the first counts: a hint needs no settled file. */
export function traitsOf(caseFile: CaseFile): Traits {
	const place = firstSaid<Place>(caseFile, 'placeTaken')?.code;
	const rescued = firstSaid<PartialDate>(caseFile, 'dateRescued');
	const paper = firstSaid<string>(caseFile, 'noticeNumber');
	const days = rescued && daysOf(rescued);
	const described = items(caseFile, 'mark').map(({ value: { kind, site, side, description } }) => {
		const read = readMark(description);
		return markKey(kind === 'other' ? read.kind : kind, site === 'other' ? read.site : site, side ?? read.side);
	});
	const told = marksInWords(firstSaid<string>(caseFile, 'features') ?? '').map(({ kind, site, side }) =>
		markKey(kind, site, side)
	);
	return {
		marks: [...new Set([...described, ...told])].sort(),
		...(place !== undefined && { taken: place }),
		...(days && { rescued: [days.from, days.to] as const }),
		...(paper !== undefined && { paper })
	};
}

function markKey(kind: string | undefined, site: string | undefined, side: string | undefined): string {
	return [kind ?? '', site ?? '', side ?? ''].join('/');
}

function firstSaid<T>(caseFile: CaseFile, key: FieldKey): T | undefined {
	const versions = caseFile.fields[key] as Versions<Answer<unknown>> | undefined;
	for (const { value } of live(versions)) if (value.state === 'known') return value.value as T;
	return undefined;
}
