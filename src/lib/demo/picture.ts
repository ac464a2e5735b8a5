import type { PhotoView } from '#lib/domain/photo/photo.ts';
import type { BelongingShape } from './stories.ts';

/** What a picture shows besides the child itself. */
export type PortraitSubject =
	| { readonly subject: 'mark'; readonly kind: string; readonly site: string }
	| { readonly subject: 'belonging'; readonly shape: BelongingShape };

/** Pictures of things and of one part of the body. */
export type ThingView = Extract<PhotoView, 'mark' | 'belonging' | 'clothing' | 'paper'>;

export interface Portrait {
	readonly view: PhotoView;
	/** Years with their fraction; drawn as 0 to 16. */
	readonly ageYears: number;
	readonly sex: '1' | '2';
	readonly subject?: PortraitSubject;
}
