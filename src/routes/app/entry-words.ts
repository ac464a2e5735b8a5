import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { codeName } from '#lib/domain/codes/tables.ts';
import type { Care } from '#lib/domain/care/care.ts';
import { fieldKeys } from '#lib/domain/intake/fields.ts';
import type { InstitutionId } from '#lib/domain/ids.ts';
import { careForm, careNames, sampleNames, viewNames } from '#lib/messages/care.ts';
import { remarkField } from '#lib/domain/remark/remark.ts';
import { child, entryWords } from '#lib/messages/child.ts';
import { remarkNames } from '#lib/messages/conflict.ts';
import {
	adoptionStepNames,
	claimOutcomeNames,
	consentMatterNames,
	exitReasonNames,
	guardianshipGroundNames,
	raisedFlagNames,
	reviewVerdictNames
} from '#lib/messages/decisions.ts';
import { fieldLabels, forms } from '#lib/messages/fields.ts';
import { documentNames } from '#lib/messages/hold.ts';
import { listComma, type Translate } from '#lib/messages/message.ts';
import type { CodeTableId } from '#lib/domain/intake/fields.ts';

/** What one entry said, as a line of the story. `houseName` names the other side of a hand-over. */
export function describeEntry(
	parsed: ParsedEntry,
	t: Translate,
	houseName: (id: InstitutionId) => string | undefined
): string {
	if (!parsed.known) return t(child.historyUnknown, { type: parsed.entry.type });
	const { entry } = parsed;
	switch (entry.type) {
		case 'intake.recorded': {
			const names = fieldKeys
				.filter((key) => entry.payload.answers[key] !== undefined)
				.map((key) => t(fieldLabels[key]));
			return t(entryWords['intake.recorded'], { fields: listed(names, t) });
		}
		case 'intake.submitted':
			return t(entryWords['intake.submitted']);
		case 'photo.added':
			return t(entryWords['photo.added'], { view: t(viewNames[entry.payload.photo.view]) });
		case 'mark.recorded': {
			const { kind, site, description } = entry.payload.mark;
			const words = [coded('bodySite', site, t), coded('markKind', kind, t), description].filter(Boolean).join(' · ');
			return t(entryWords['mark.recorded'], { words });
		}
		case 'belonging.recorded':
			return t(entryWords['belonging.recorded'], { words: entry.payload.belonging.description });
		case 'care.recorded': {
			const { care } = entry.payload;
			return t(entryWords['care.recorded'], { kind: t(careNames[care.kind]), words: careSummary(care, t) });
		}
		case 'document.recorded': {
			const { code, number, title } = entry.payload.document;
			const name = code === 'OTHER' && title ? title : t(documentNames[code]);
			return t(entryWords['document.recorded'], { words: [name, number].filter(Boolean).join(' ') });
		}
		case 'sample.recorded': {
			const { step, kit } = entry.payload.sample;
			return t(entryWords['sample.recorded'], { words: [t(sampleNames[step]), kit].filter(Boolean).join(' · ') });
		}
		case 'handover.sent':
			return t(entryWords['handover.sent'], { house: houseName(entry.payload.handover.to) ?? '?' });
		case 'handover.received':
			return t(entryWords['handover.received'], { house: houseName(entry.payload.handover.from) ?? '?' });
		case 'item.withdrawn':
			return t(entryWords['item.withdrawn'], { words: entry.payload.reason });
		case 'remark.recorded': {
			const { remark } = entry.payload;
			const field = remarkField(remark);
			return t(entryWords['remark.recorded'], {
				field: field ? t(fieldLabels[field]) : remark.field,
				words: remark.words ?? t(remarkNames[remark.kind])
			});
		}
		case 'child.merged':
			return t(entryWords['child.merged'], { words: entry.payload.merge.reason });
		case 'child.parted':
			return t(entryWords['child.parted'], { words: entry.payload.reason });
		case 'child.told_apart':
			return t(entryWords['child.told_apart']);
		case 'notice.drafted':
			return t(entryWords['notice.drafted']);
		case 'notice.approved':
			return t(entryWords['notice.approved'], { words: entry.payload.approval.publicNumber });
		case 'notice.taken_down':
			return t(entryWords['notice.taken_down']);
		case 'consent.recorded': {
			const { matter, words } = entry.payload.consent;
			return t(entryWords['consent.recorded'], { matter: t(consentMatterNames[matter]), words });
		}
		case 'claim.opened':
			return t(entryWords['claim.opened']);
		case 'claim.closed':
			return t(entryWords['claim.closed'], { words: t(claimOutcomeNames[entry.payload.outcome]) });
		case 'flag.raised':
			return t(entryWords['flag.raised'], { words: t(raisedFlagNames[entry.payload.flag.flag]) });
		case 'flag.cleared':
			return t(entryWords['flag.cleared'], { words: entry.payload.reason });
		case 'date.confirmed':
			return t(entryWords['date.confirmed']);
		case 'review.opened':
			return t(entryWords['review.opened']);
		case 'review.signed':
			return t(entryWords['review.signed'], { words: t(reviewVerdictNames[entry.payload.verdict]) });
		case 'review.returned':
			return t(entryWords['review.returned'], { words: entry.payload.opinion });
		case 'guardianship.changed':
			return t(entryWords['guardianship.changed'], {
				words: t(guardianshipGroundNames[entry.payload.guardianship.ground])
			});
		case 'adoption.recorded':
			return t(entryWords['adoption.recorded'], { words: t(adoptionStepNames[entry.payload.adoption.step]) });
		case 'exit.proposed':
			return t(entryWords['exit.proposed'], { words: t(exitReasonNames[entry.payload.exit.reason]) });
		case 'exit.confirmed':
			return t(entryWords['exit.confirmed']);
		case 'exit.withdrawn':
			return t(entryWords['exit.withdrawn'], { words: entry.payload.reason });
	}
}

/** One line of a care entry: the measures, the vaccine, the finding. */
export function careSummary(care: Care, t: Translate): string {
	const join = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ');
	switch (care.kind) {
		case 'daily':
			return care.note;
		case 'health':
			return join(
				care.finding,
				care.temperature === undefined ? undefined : `${care.temperature} ${t(forms.celsius)}`,
				care.place
			);
		case 'growth':
			return join(
				care.height === undefined ? undefined : `${t(careForm.height)} ${care.height} ${t(forms.cm)}`,
				care.weight === undefined ? undefined : `${t(careForm.weight)} ${care.weight} ${t(forms.kg)}`,
				care.headSize === undefined ? undefined : `${t(careForm.headSize)} ${care.headSize} ${t(forms.cm)}`
			);
		case 'vaccination':
			return join(
				coded('vaccine', care.vaccine, t),
				care.dose === undefined ? undefined : `${t(careForm.dose)} ${care.dose}`,
				care.place
			);
		case 'schooling':
			return join(coded('schoolStage', care.stage, t), care.school, care.grade);
		case 'incident':
			return join(coded('incidentKind', care.incident, t), care.description);
		case 'visit':
			return join(coded('visitorRelation', care.relation, t), care.visitor, care.note);
		case 'placement':
			return join(coded('placement', care.placement, t), care.place);
	}
}

/** The name of a code; a code that no table knows is shown as it is, never hidden. */
export function coded(table: CodeTableId, code: string, t: Translate): string {
	const name = codeName(table, code);
	return name ? t(name) : code;
}

function listed(names: readonly string[], t: Translate): string {
	const comma = t(listComma);
	return names.length <= 4 ? names.join(comma) : `${names.slice(0, 4).join(comma)}… (${names.length})`;
}
