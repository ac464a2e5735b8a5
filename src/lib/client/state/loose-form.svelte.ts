import {
	loosePhotoBytesMaximum,
	loosePhotosMaximum,
	looseContentSchema,
	type LooseContent
} from '#lib/domain/loose/loose.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { base64url } from '../vault/bytes.ts';

/** What is typed, as it stands in the boxes. */
export interface LooseTexts {
	readonly name: string;
	readonly phone: string;
	readonly house: string;
	readonly childName: string;
	readonly sex: string;
	readonly age: string;
	readonly where: string;
	readonly circumstances: string;
	readonly marks: string;
}

export type LooseField = keyof LooseTexts | 'on';
export type LooseProblem = 'needed' | 'phone_short' | 'age_wrong';

const empty: LooseTexts = {
	name: '',
	phone: '',
	house: '',
	childName: '',
	sex: '',
	age: '',
	where: '',
	circumstances: '',
	marks: ''
};

/** A record without an account, while it is written. Nothing of it touches the disk before it is sealed. */
export class LooseForm {
	texts = $state.raw<LooseTexts>(empty);
	photos = $state.raw<readonly Uint8Array<ArrayBuffer>[]>([]);

	set(field: keyof LooseTexts, text: string): void {
		this.texts = { ...this.texts, [field]: text };
	}

	get touched(): boolean {
		return this.photos.length > 0 || Object.values(this.texts).some((text: string) => text.trim() !== '');
	}

	get mayAddPhoto(): boolean {
		return this.photos.length < loosePhotosMaximum;
	}

	/** False where it is heavier than a record may carry; it is not added then. */
	addPhoto(bytes: Uint8Array<ArrayBuffer>): boolean {
		if (bytes.length > loosePhotoBytesMaximum || !this.mayAddPhoto) return false;
		this.photos = [...this.photos, bytes];
		return true;
	}

	removePhoto(index: number): void {
		this.photos = this.photos.filter((_, n) => n !== index);
	}

	/** What is missing or wrong, in the order of the screen. */
	problems(on: CivilDate | undefined): readonly { readonly field: LooseField; readonly problem: LooseProblem }[] {
		const { name, phone, house, age, where } = this.texts;
		const missing = (field: LooseField, text: string) =>
			text.trim() === '' ? [{ field, problem: 'needed' as const }] : [];
		return [
			...missing('name', name),
			...missing('phone', phone),
			...(phone.trim() !== '' && phone.trim().length < 3
				? [{ field: 'phone' as const, problem: 'phone_short' as const }]
				: []),
			...missing('house', house),
			...(age.trim() === '' || yearsIn(age) !== undefined
				? []
				: [{ field: 'age' as const, problem: 'age_wrong' as const }]),
			...missing('where', where),
			...(on === undefined ? [{ field: 'on' as const, problem: 'needed' as const }] : [])
		];
	}

	/**
	 * What is to be sealed. Ask `problems` first.
	 *
	 * @param recordedAt the tablet's clock, ISO 8601 with its offset
	 */
	content(on: CivilDate, recordedAt: string): LooseContent {
		const { name, phone, house, childName, sex, age, where, circumstances, marks } = this.texts;
		const words = (text: string) => (text.trim() === '' ? undefined : text.trim());
		const child = dropEmpty({ name: words(childName), sex: words(sex), age: yearsIn(age) });
		return looseContentSchema.parse({
			loose: {
				who: { name, phone, house },
				...(Object.keys(child).length > 0 ? { child } : {}),
				found: { where, on },
				...dropEmpty({ circumstances: words(circumstances), marks: words(marks) }),
				recordedAt
			},
			...(this.photos.length > 0 ? { photos: this.photos.map((bytes) => base64url(bytes)) } : {})
		});
	}

	/** Sealed: nothing readable stays on the screen. */
	clear(): void {
		this.texts = empty;
		this.photos = [];
	}
}

/** Whole years from 0 to 25; full-width digits are understood. Undefined for anything else. */
function yearsIn(text: string): number | undefined {
	const years = text.normalize('NFKC').trim();
	return /^\d{1,2}$/.test(years) && Number(years) <= 25 ? Number(years) : undefined;
}

function dropEmpty(parts: Readonly<Record<string, string | number | undefined>>): Record<string, string | number> {
	const kept: Record<string, string | number> = {};
	for (const [key, value] of Object.entries(parts)) if (value !== undefined) kept[key] = value;
	return kept;
}
