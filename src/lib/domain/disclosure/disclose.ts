import { fieldState, items, type CaseFile } from '../case-file/case-file.ts';
import type { Policy } from '../hold/policy.ts';
import type { ItemId, Sha256, StaffId } from '../ids.ts';
import { noticeFields, type NoticeDraft, type NoticeField } from '../notice/notice.ts';
import type { PhotoView } from '../photo/photo.ts';
import { knownFacts, noticeSources, plainText, tells, type KnownFact } from './facts.ts';

/*
 * The only road from a case file to the public. A notice shows the words two persons chose, as far as
 *
 *   1. the policy allows the field or the photo;
 *   2. the words tell nothing that is marked for fewer eyes than the public's;
 *   3. at least three things a parent could prove himself by stay untold (SECURITY T2: a false claimant must not be
 *      able to learn every answer from the portal).
 */

/** What a policy says about publication; a policy without it forbids every notice. */
export type PublicationPolicy = Pick<Policy, 'publication'>;

/** Verifying facts that stay with the registry, at the least. */
export const withheldMinimum = 3;

/** Views a notice may show. A photo of a paper shows names and numbers. */
const publicViews: readonly PhotoView[] = ['front', 'left', 'right', 'mark', 'belonging', 'clothing', 'now'];

export type WithheldBecause =
	| 'policy'
	| 'not_chosen'
	| 'unknown'
	| 'disputed'
	| 'restricted'
	| 'tells_restricted'
	/** Showing it would leave too little to verify a family by. */
	| 'kept_back';

export type DisclosedField =
	| { readonly field: NoticeField; readonly shown: true; readonly words: string }
	| {
			readonly field: NoticeField;
			readonly shown: false;
			readonly because: WithheldBecause;
			/** The words of the draft, where there were any. */
			readonly words?: string;
			/** The restricted facts the words would have told. */
			readonly tells?: readonly KnownFact['key'][];
	  };

export type DisclosedPhoto = {
	readonly itemId: ItemId;
	readonly sha256: Sha256;
	readonly view: PhotoView;
	readonly chosen: boolean;
} & (
	| { readonly shown: true }
	| { readonly shown: false; readonly because: 'policy' | 'not_chosen' | 'not_publishable' | 'paper' }
);

/** What stops a notice from being approved. */
export type NoticeFault =
	| { readonly type: 'policy_forbids_notice' }
	| { readonly type: 'photo_required' }
	| { readonly type: 'photo_forbidden' }
	| { readonly type: 'photo_unusable'; readonly itemId: ItemId }
	| { readonly type: 'dna_not_collected' }
	| { readonly type: 'too_little_withheld'; readonly withheld: number; readonly minimum: number }
	| { readonly type: 'field_forbidden'; readonly field: NoticeField }
	| { readonly type: 'tells_restricted'; readonly field: NoticeField; readonly tells: readonly KnownFact['key'][] };

/** Everything a public page of this child may say: words and pictures, no ids, no house, no day finer than the draft's. */
export interface PublicNotice {
	readonly words: { readonly [F in NoticeField]?: string };
	readonly sexCode: NoticeDraft['sexCode'];
	readonly regionCode: string | undefined;
	readonly ageMonths: NoticeDraft['ageMonths'];
	readonly photos: readonly { readonly sha256: Sha256; readonly view: PhotoView }[];
	readonly contactName: string | undefined;
	readonly contactPhone: string;
}

export interface PublicDisclosure {
	readonly fields: readonly DisclosedField[];
	readonly photos: readonly DisclosedPhoto[];
	/** The verifying facts that stay untold. */
	readonly withheld: readonly KnownFact['key'][];
	readonly faults: readonly NoticeFault[];
	/** What is left to show. Public only once it is approved, and approved only without faults. */
	readonly notice: PublicNotice;
}

/** What the public would see of this child by this draft, and what is withheld and why. */
export function disclose(
	caseFile: CaseFile,
	_audience: 'public',
	policy: PublicationPolicy,
	draft: NoticeDraft
): PublicDisclosure {
	const facts = knownFacts(caseFile);
	const wanted = noticeFields.map((field) => disclosedField(caseFile, facts, policy, draft, field));
	const photos = disclosedPhotos(caseFile, policy, draft);
	const wouldStay = untold(
		facts,
		wanted.filter((field) => field.shown)
	).length;
	const fields = withThreeKept(facts, wanted);
	const shown = fields.filter((field) => field.shown);
	const withheld = untold(facts, shown);
	const notice: PublicNotice = {
		words: Object.fromEntries(shown.map(({ field, words }) => [field, words])),
		sexCode: draft.sexCode,
		regionCode: shown.some(({ field }) => field === 'placeTaken') ? draft.regionCode : undefined,
		ageMonths: shown.some(({ field }) => field === 'ageWhenRescued') ? draft.ageMonths : undefined,
		photos: photos.filter((photo) => photo.shown).map(({ sha256, view }) => ({ sha256, view })),
		contactName: draft.contactName,
		contactPhone: draft.contactPhone
	};
	return {
		fields,
		photos,
		withheld,
		faults: faultsOf(caseFile, policy, draft, fields, photos, wouldStay),
		notice
	};
}

/** May this person approve what another drafted? Two persons, always (rule book 5, `notice`). */
export function mayApprove(author: StaffId, approver: StaffId): boolean {
	return author !== approver;
}

function disclosedField(
	caseFile: CaseFile,
	facts: readonly KnownFact[],
	policy: PublicationPolicy,
	draft: NoticeDraft,
	field: NoticeField
): DisclosedField {
	const words = draft.shown[field];
	if (forbids(policy, field)) return { field, shown: false, because: 'policy', ...(words !== undefined && { words }) };
	if (words === undefined) return { field, shown: false, because: whyEmpty(caseFile, field) };
	const told = restrictedFactsTold(facts, field, words);
	if (told.length > 0) return { field, shown: false, because: 'tells_restricted', words, tells: told };
	return { field, shown: true, words };
}

function forbids(policy: PublicationPolicy, field: NoticeField): boolean {
	if (!policy.publication) return true;
	return field === 'name' && policy.publication.name === 'withheld';
}

function whyEmpty(caseFile: CaseFile, field: NoticeField): WithheldBecause {
	const states = noticeSources[field].map((key) => fieldState(caseFile, key));
	const asItems =
		field === 'features' ? items(caseFile, 'mark') : field === 'belongings' ? items(caseFile, 'belonging') : [];
	if (states.some((state) => state.status === 'conflict')) return 'disputed';
	const known = states.some((state) => state.status === 'settled' && state.answer.state === 'known');
	return known || asItems.length > 0 ? 'not_chosen' : 'unknown';
}

/**
 * A restricted fact whose words are also part of what this child's public fields say is no secret of its own: a place of
 * rescue called "Yunnan" does not forbid the word in the place taken.
 */
function restrictedFactsTold(
	facts: readonly KnownFact[],
	field: NoticeField,
	words: string
): readonly KnownFact['key'][] {
	const own = facts
		.filter((fact) => fact.disclosure === 'public' && (fact.shownBy === field || field === 'name'))
		.flatMap((fact) => fact.spellings);
	const told = facts
		.filter((fact) => fact.disclosure !== 'public' && tells(words, fact))
		.filter((fact) => !fact.spellings.some((spelling) => own.some((text) => text.includes(plainText(spelling)))))
		.map((fact) => fact.key);
	return [...new Set(told)];
}

function disclosedPhotos(caseFile: CaseFile, policy: PublicationPolicy, draft: NoticeDraft): readonly DisclosedPhoto[] {
	const list = items(caseFile, 'photo').map(({ itemId, value }): DisclosedPhoto => {
		const { sha256, view } = value;
		const chosen = draft.photos.includes(itemId);
		const photo = { itemId, sha256, view, chosen };
		if (!policy.publication || policy.publication.photo === 'forbidden')
			return { ...photo, shown: false, because: 'policy' };
		if (!publicViews.includes(view)) return { ...photo, shown: false, because: 'paper' };
		if (!value.publishable) return { ...photo, shown: false, because: 'not_publishable' };
		return chosen ? { ...photo, shown: true } : { ...photo, shown: false, because: 'not_chosen' };
	});
	const place = (photo: DisclosedPhoto) => {
		const at = draft.photos.indexOf(photo.itemId);
		return at === -1 ? draft.photos.length : at;
	};
	return list.sort((a, b) => place(a) - place(b));
}

/** What is given up first where too little stays untold: what helps a family least to recognise the child. */
const givenUp: readonly NoticeField[] = ['accent', 'belongings', 'clothing', 'ownAccount', 'features'];

/**
 * Three facts stay untold by construction, whoever approved what: such a draft has a fault and cannot be approved at the
 * desk, and if one was approved by another road, less of it is shown.
 */
function withThreeKept(facts: readonly KnownFact[], wanted: readonly DisclosedField[]): readonly DisclosedField[] {
	let fields = wanted;
	for (const field of givenUp) {
		if (
			untold(
				facts,
				fields.filter((each) => each.shown)
			).length >= withheldMinimum
		)
			break;
		fields = fields.map((each) =>
			each.field === field && each.shown ? { field, shown: false, because: 'kept_back', words: each.words } : each
		);
	}
	return fields;
}

/** A fact stays untold when no shown part of the notice stands for it and no shown words hold it. */
function untold(
	facts: readonly KnownFact[],
	shown: readonly { readonly field: NoticeField; readonly words: string }[]
): readonly KnownFact['key'][] {
	return facts
		.filter((fact) => fact.verifying)
		.filter((fact) => !shown.some(({ field, words }) => field === fact.shownBy || tells(words, fact)))
		.map((fact) => fact.key);
}

function faultsOf(
	caseFile: CaseFile,
	policy: PublicationPolicy,
	draft: NoticeDraft,
	fields: readonly DisclosedField[],
	photos: readonly DisclosedPhoto[],
	withheld: number
): readonly NoticeFault[] {
	if (!policy.publication) return [{ type: 'policy_forbids_notice' }];
	const faults: NoticeFault[] = [];
	for (const field of fields) {
		if (field.shown) continue;
		if (field.because === 'policy' && field.words !== undefined)
			faults.push({ type: 'field_forbidden', field: field.field });
		if (field.because === 'tells_restricted')
			faults.push({ type: 'tells_restricted', field: field.field, tells: field.tells ?? [] });
	}
	const usable = new Set(photos.filter((photo) => photo.shown).map((photo) => photo.itemId));
	if (policy.publication.photo === 'forbidden') {
		if (draft.photos.length > 0) faults.push({ type: 'photo_forbidden' });
	} else {
		for (const itemId of draft.photos) if (!usable.has(itemId)) faults.push({ type: 'photo_unusable', itemId });
		const face = photos.some((photo) => photo.shown && (photo.view === 'front' || photo.view === 'now'));
		if (policy.publication.photo === 'required' && !face) faults.push({ type: 'photo_required' });
	}
	if (items(caseFile, 'sample').length === 0) faults.push({ type: 'dna_not_collected' });
	if (withheld < withheldMinimum) faults.push({ type: 'too_little_withheld', withheld, minimum: withheldMinimum });
	return faults;
}
