import type { Typed } from '#lib/domain/claim/topic-form.ts';
import type { Translate } from '#lib/messages/message.ts';

/** A form being filled: what stands in its boxes, and what is wrong with which. */
export interface Boxes {
	readonly t: Translate;
	readonly typed: Typed;
	/** Sentence by box; a box that is not in it is right. */
	readonly wrong: Readonly<Record<string, string>>;
}

/** `aria-describedby` of a box: its hint and what is wrong with it, as far as they are there. */
export function describedBy(name: string, hint: boolean, wrong: boolean): string | undefined {
	const ids = [...(hint ? [`${name}-hint`] : []), ...(wrong ? [`${name}-wrong`] : [])];
	return ids.length === 0 ? undefined : ids.join(' ');
}
