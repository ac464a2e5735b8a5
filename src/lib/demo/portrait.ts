import type { PhotoView } from '#lib/domain/photo/photo.ts';
import type { BelongingShape } from './stories.ts';

/** What a picture shows besides the child itself. */
export type PortraitSubject =
	| { readonly subject: 'mark'; readonly kind: string; readonly site: string }
	| { readonly subject: 'belonging'; readonly shape: BelongingShape };

export interface Portrait {
	readonly view: PhotoView;
	readonly ageYears: number;
	readonly sex: '1' | '2';
	readonly subject?: PortraitSubject;
}
