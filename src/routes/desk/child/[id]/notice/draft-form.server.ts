import { noticeDraftSchema, noticeFields, type NoticeDraft, type NoticeField } from '#lib/domain/notice/notice.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

/** What stands in the fields of the form, as typed: it goes back into them whatever happens. */
export interface DraftForm {
	readonly shown: { readonly [F in NoticeField]: string };
	readonly sexCode: string;
	readonly ageLeast: string;
	readonly ageMost: string;
	readonly regionCode: string;
	/** Ids of the chosen photos, in the order shown. */
	readonly photos: readonly string[];
	readonly contactName: string;
	readonly contactPhone: string;
	readonly note: string;
}

/** Why a form is no draft: the field's id in the form, and a key of the messages (area `desk`). */
export interface DraftFormFault {
	readonly field: string;
	readonly because: 'fieldTooLong' | 'phoneNeeded' | 'ageWrong' | 'regionWrong' | 'tooManyPhotos';
}

export function readDraftForm(data: FormData): DraftForm {
	const text = (name: string) => String(data.get(name) ?? '').replaceAll('\r\n', '\n');
	const photos = data
		.getAll('photo')
		.map(String)
		.map((itemId) => ({ itemId, place: Number(text(`place-${itemId}`)) || 99 }))
		.sort((a, b) => a.place - b.place)
		.map(({ itemId }) => itemId);
	return {
		shown: Object.fromEntries(noticeFields.map((field) => [field, text(field)])) as DraftForm['shown'],
		sexCode: text('sexCode'),
		ageLeast: text('ageLeast').trim(),
		ageMost: text('ageMost').trim(),
		regionCode: text('regionCode').trim(),
		photos,
		contactName: text('contactName'),
		contactPhone: text('contactPhone'),
		note: text('note')
	};
}

/** The draft a form makes, or every field that keeps it from being one. */
export function draftOf(form: DraftForm): Result<NoticeDraft, readonly DraftFormFault[]> {
	const age = ageOf(form);
	const candidate = {
		shown: Object.fromEntries(
			Object.entries(form.shown)
				.map(([field, words]) => [field, words.trim()] as const)
				.filter(([, words]) => words !== '')
		),
		sexCode: form.sexCode === '' ? '0' : form.sexCode,
		...(age !== undefined && age !== 'wrong' && { ageMonths: age }),
		...(form.regionCode !== '' && { regionCode: form.regionCode }),
		photos: form.photos,
		...(form.contactName.trim() !== '' && { contactName: form.contactName }),
		contactPhone: form.contactPhone,
		...(form.note.trim() !== '' && { note: form.note })
	};
	const parsed = noticeDraftSchema.safeParse(candidate);
	const faults = new Map<string, DraftFormFault>();
	if (age === 'wrong') faults.set('ageLeast', { field: 'ageLeast', because: 'ageWrong' });
	if (parsed.success && faults.size === 0) return ok(parsed.data);
	for (const { path } of parsed.error?.issues ?? []) {
		const [part, field] = path.map(String);
		if (part === 'shown' && field !== undefined) faults.set(field, { field, because: 'fieldTooLong' });
		else if (part === 'contactPhone' || part === 'contactName' || part === 'note')
			faults.set('contactPhone', { field: 'contactPhone', because: 'phoneNeeded' });
		else if (part === 'ageMonths') faults.set('ageLeast', { field: 'ageLeast', because: 'ageWrong' });
		else if (part === 'regionCode') faults.set('regionCode', { field: 'regionCode', because: 'regionWrong' });
		else if (part === 'photos') faults.set('photos', { field: 'photos', because: 'tooManyPhotos' });
	}
	return err([...faults.values()]);
}

/** The form of a draft that is there already. Inverse of `draftOf`, up to blanks around words. */
export function formOf(draft: NoticeDraft): DraftForm {
	return {
		shown: Object.fromEntries(noticeFields.map((field) => [field, draft.shown[field] ?? ''])) as DraftForm['shown'],
		sexCode: draft.sexCode,
		ageLeast: draft.ageMonths ? String(draft.ageMonths.least) : '',
		ageMost: draft.ageMonths ? String(draft.ageMonths.most) : '',
		regionCode: draft.regionCode ?? '',
		photos: draft.photos,
		contactName: draft.contactName ?? '',
		contactPhone: draft.contactPhone,
		note: draft.note ?? ''
	};
}

function ageOf(form: DraftForm): { least: number; most: number } | 'wrong' | undefined {
	if (form.ageLeast === '' && form.ageMost === '') return undefined;
	if (!/^\d{1,3}$/.test(form.ageLeast) || !/^\d{1,3}$/.test(form.ageMost)) return 'wrong';
	const age = { least: Number(form.ageLeast), most: Number(form.ageMost) };
	return age.least <= age.most && age.most <= 300 ? age : 'wrong';
}
