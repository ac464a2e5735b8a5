import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { fieldKeys, type FieldKey } from '#lib/domain/intake/fields.ts';

/** Where a person corrects what an entry said: one form for each answer, or the page on which the item stands. */
export type EditLink =
	| { readonly type: 'field'; readonly field: FieldKey; readonly href: string }
	| { readonly type: 'place'; readonly href: string };

export function editLinks(parsed: ParsedEntry): readonly EditLink[] {
	if (!parsed.known) return [];
	const { entry } = parsed;
	const child = `/app/children/${entry.childId}`;
	const place = (section: string): readonly EditLink[] => [{ type: 'place', href: `${child}${section}` }];
	switch (entry.type) {
		case 'intake.recorded':
			return fieldKeys
				.filter((key) => entry.payload.answers[key] !== undefined)
				.map((field) => ({ type: 'field', field, href: `${child}/record/field/${field}` }));
		case 'photo.added':
			return place('/photos');
		case 'care.recorded':
			return place(`/record/care/${entry.payload.care.kind}?item=${entry.payload.itemId}`);
		case 'document.recorded':
			return place('/documents');
		case 'sample.recorded':
			return place('/samples');
		case 'handover.sent':
		case 'handover.received':
			return place('/handovers');
		// Everything else stands on the child's own page.
		default:
			return place('');
	}
}
