import { documentCodes, documentSchema, paperWarnings, type CaseDocument } from '#lib/domain/document/document.ts';
import type { PaperGiven } from '#lib/domain/document/judge-document.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { typedDay } from '../../../typed-day.server.ts';

/** What stands in the boxes of the form, as typed: it goes back into them whatever happens. */
export interface PaperForm {
	readonly code: string;
	readonly title: string;
	readonly number: string;
	readonly date: string;
	readonly issuer: string;
	readonly originalSeenBy: string;
	readonly note: string;
	readonly received: string;
	readonly reason: string;
	/** Warnings that were shown already. */
	readonly seen: readonly string[];
	/** SHA-256 of pictures that were kept already. */
	readonly scans: readonly string[];
}

/** Why a form is no paper: the box, and a key of the messages (area `paperDesk`). */
export interface PaperFormFault {
	readonly field: 'code' | 'title' | 'number' | 'date' | 'issuer' | 'originalSeenBy' | 'note' | 'received' | 'reason';
	readonly because: 'codeNeeded' | 'dateForm' | 'dateMissing' | 'receivedNeeded' | 'tooLong';
}

export const emptyPaper: PaperForm = {
	code: '',
	title: '',
	number: '',
	date: '',
	issuer: '',
	originalSeenBy: '',
	note: '',
	received: '',
	reason: '',
	seen: [],
	scans: []
};

export function readPaperForm(data: FormData): PaperForm {
	const text = (name: string) => {
		const value = data.get(name);
		return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
	};
	const texts = (name: string) => data.getAll(name).filter((value) => typeof value === 'string');
	return {
		code: text('code'),
		title: text('title'),
		number: text('number'),
		date: text('date'),
		issuer: text('issuer'),
		originalSeenBy: text('originalSeenBy'),
		note: text('note'),
		received: text('received'),
		reason: text('reason'),
		seen: texts('seen'),
		scans: texts('kept')
	};
}

/** The form of a paper that is on file. */
export function formOfPaper(document: CaseDocument, received: CivilDate): PaperForm {
	return {
		...emptyPaper,
		code: document.code,
		title: document.title ?? '',
		number: document.number ?? '',
		date: document.date ?? '',
		issuer: document.issuer ?? '',
		originalSeenBy: document.originalSeenBy ?? '',
		note: document.note ?? '',
		received
	};
}

/** The paper a form describes, or every box that keeps it from being one. */
export function paperIn(form: PaperForm): Result<Omit<PaperGiven, 'itemId' | 'scans'>, readonly PaperFormFault[]> {
	const faults: PaperFormFault[] = [];
	const code = documentCodes.find((known) => known === form.code);
	if (!code) faults.push({ field: 'code', because: 'codeNeeded' });
	const date = typedDay(form.date);
	if (date.state === 'wrong')
		faults.push({ field: 'date', because: date.because === 'form' ? 'dateForm' : 'dateMissing' });
	const received = typedDay(form.received);
	if (received.state === 'empty') faults.push({ field: 'received', because: 'receivedNeeded' });
	if (received.state === 'wrong')
		faults.push({ field: 'received', because: received.because === 'form' ? 'dateForm' : 'dateMissing' });
	const texts = Object.fromEntries(
		(['title', 'number', 'issuer', 'originalSeenBy', 'note'] as const).flatMap((key) => {
			const text = form[key].trim();
			return text === '' ? [] : [[key, text] as const];
		})
	);
	const parsed = documentSchema.safeParse({
		code: code ?? 'OTHER',
		...texts,
		...(date.state === 'good' && { date: date.date })
	});
	for (const { path } of parsed.error?.issues ?? []) {
		const field = textBoxes.find((key) => key === path[0]);
		if (field) faults.push({ field, because: 'tooLong' });
	}
	if (form.reason.trim().length > reasonMaximum) faults.push({ field: 'reason', because: 'tooLong' });
	if (faults.length > 0 || !parsed.success || received.state !== 'good') return err(faults);
	return ok({
		document: parsed.data,
		receivedOn: received.date,
		seen: paperWarnings.filter((known) => form.seen.includes(known)),
		...(form.reason.trim() !== '' && { reason: form.reason })
	});
}

const textBoxes = ['title', 'number', 'issuer', 'originalSeenBy', 'note'] as const;
const reasonMaximum = 2000;

/** The most signs each box takes, as the schema has it. */
export const boxMaximum: Readonly<Record<(typeof textBoxes)[number] | 'reason', number>> = {
	title: 200,
	number: 100,
	issuer: 200,
	originalSeenBy: 200,
	note: 2000,
	reason: reasonMaximum
};
