import type { DutyCode } from '#lib/domain/case-file/child-row.ts';
import type { ChildId } from '#lib/domain/ids.ts';

/** Where a duty is done: the form or the section that ends it. */
export function dutyLink(childId: ChildId, code: DutyCode): string {
	const child = `/app/children/${childId}`;
	switch (code) {
		case 'finish_intake':
			return `/app/intake/${childId}`;
		case 'front_photo':
		case 'monthly_photo':
			return `${child}/record/photo`;
		case 'dna_sample':
			return `${child}/record/sample`;
		case 'temp_proof':
		case 'certificate':
			return `${child}/record/document`;
		case 'growth_check':
			return `${child}/record/care/growth`;
		case 'station_handover':
			return `${child}/record/handover/sent`;
		case 'receive_handover':
			return `${child}/record/handover/received`;
		case 'settle_conflict':
			return `${child}/conflicts`;
		case 'publish_notice':
		case 'notice_ends':
		case 'hold_ends':
			return child;
	}
}
