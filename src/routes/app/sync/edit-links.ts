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
		case 'mark.recorded':
		case 'belonging.recorded':
		case 'consent.recorded':
		case 'remark.recorded':
		case 'child.merged':
		case 'child.parted':
		case 'child.told_apart':
		case 'item.withdrawn':
		case 'intake.submitted':
		case 'remark.recorded':
		case 'child.merged':
		case 'child.parted':
		case 'child.told_apart':
		case 'notice.drafted':
		case 'notice.approved':
		case 'notice.taken_down':
		case 'claim.opened':
		case 'claim.closed':
		case 'flag.raised':
		case 'flag.cleared':
		case 'date.confirmed':
		case 'review.opened':
		case 'review.signed':
		case 'review.returned':
		case 'guardianship.changed':
		case 'adoption.recorded':
		case 'exit.proposed':
		case 'exit.confirmed':
		case 'exit.withdrawn':
			return place('');
	}
}
