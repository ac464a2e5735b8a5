import type { EntryType, PayloadOf } from '#lib/domain/case-file/entry.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, EntryId, InstitutionId, Sha256, StaffId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Portrait } from './picture.ts';

/** What all facts carry: an entry without device, chain and signature. */
interface DemoFactHead {
	readonly id: EntryId;
	readonly staffId: StaffId;
	readonly role: Role;
	/** The author's house. Of a notice approved at the registry: the registry. */
	readonly institutionId: InstitutionId;
	readonly occurredOn: CivilDate;
	/** With offset +08:00. */
	readonly recordedAt: string;
	/** Facts of the same child, recorded earlier. */
	readonly replaces: readonly EntryId[];
}

/** One fact. A `photo.added` carries the picture to draw; its hash and sizes stand for it until `withDrawing`. */
export type DemoFact = {
	[T in EntryType]: DemoFactHead & {
		readonly type: T;
		readonly payload: PayloadOf<T>;
	} & (T extends 'photo.added' ? { readonly picture: PictureRequest } : unknown);
}[EntryType];

/** What to draw: `portraitSvg(picture.seed, picture)`. One child has one seed, so that its pictures show one child. */
export interface PictureRequest extends Portrait {
	readonly seed: number;
}

export interface DemoChild {
	readonly childId: ChildId;
	/** In the order of `recordedAt`. */
	readonly facts: readonly DemoFact[];
}

/** A photo fact with the drawn picture's real hash and sizes. */
export function withDrawing(
	fact: Extract<DemoFact, { type: 'photo.added' }>,
	drawing: {
		readonly sha256: Sha256;
		readonly mediaType: 'image/jpeg' | 'image/webp';
		readonly bytes: number;
		readonly width: number;
		readonly height: number;
	}
): Extract<DemoFact, { type: 'photo.added' }> {
	return { ...fact, payload: { ...fact.payload, photo: { ...fact.payload.photo, ...drawing } } };
}
