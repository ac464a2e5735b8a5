import { itemIdSchema, type ItemId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Refusal } from '#lib/messages/refusals.ts';
import { typedDay } from '../../../typed-day.server.ts';

/** Why a box is not filled in rightly: the box, and a key of the messages (area `leaving`). */
export interface BoxFault {
	readonly field: string;
	readonly because: string;
}

/** What a form is given back when it was not taken: everything typed, what is wrong with it, and why the decision was refused. */
export interface FormAnswer {
	readonly texts: Readonly<Record<string, string>>;
	readonly faults: readonly BoxFault[];
	readonly refusal?: Refusal;
}

/** A form's texts by name, as typed; of several boxes of one name the first. */
export function typedTexts(data: FormData): Readonly<Record<string, string>> {
	const texts: Record<string, string> = {};
	for (const [name, value] of data.entries())
		if (typeof value === 'string' && !(name in texts)) texts[name] = value.replaceAll('\r\n', '\n');
	return texts;
}

/** The day in a box that must hold one; what is wrong goes to `faults`. */
export function dayIn(
	texts: Readonly<Record<string, string>>,
	field: string,
	faults: BoxFault[]
): CivilDate | undefined {
	const day = typedDay(texts[field] ?? '');
	switch (day.state) {
		case 'good':
			return day.date;
		case 'empty':
			faults.push({ field, because: 'dateNeeded' });
			return undefined;
		case 'wrong':
			faults.push({ field, because: day.because === 'form' ? 'dateForm' : 'dateMissing' });
			return undefined;
	}
}

/** Ids of the papers that are ticked. */
export function papersIn(data: FormData): readonly ItemId[] {
	return data.getAll('paper').flatMap((value) => {
		const id = itemIdSchema.safeParse(value);
		return id.success ? [id.data] : [];
	});
}

/** The note in the box `note`, cut of blanks; undefined where it is empty. */
export function noteIn(texts: Readonly<Record<string, string>>, faults: BoxFault[]): string | undefined {
	const note = (texts['note'] ?? '').trim();
	if (note.length > noteMaximum) faults.push({ field: 'note', because: 'tooLong' });
	return note === '' ? undefined : note;
}

export const noteMaximum = 2000;
