import { error, fail, redirect } from '@sveltejs/kit';
import type { CaseCommand } from '#lib/domain/decision/decide-case.ts';
import type { CaseFault } from '#lib/domain/decision/decision.ts';
import {
	decidesLeaving,
	findsForPolice,
	reviewsEligibility,
	seesReadings,
	seesReview
} from '#lib/domain/disclosure/roles.ts';
import { reviewVerdicts } from '#lib/domain/eligibility/review.ts';
import { raisedFlags } from '#lib/domain/flag/flag.ts';
import { conditionIds, type ConditionId } from '#lib/domain/hold/policy.ts';
import { entryIdSchema, itemIdSchema } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { decideAboutChild, type CaseDecisionFault } from '#lib/server/decisions/case-desk.ts';
import { fileNumbered } from '#lib/server/decisions/file-numbered.ts';
import { signReviewShown, type Unchecked } from '#lib/server/decisions/review-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { childOf, signedIn, withFullFile } from '../../../desk.server.ts';
import { typedTexts, type BoxFault, type FormAnswer } from '../leaving/typed.server.ts';
import { versionIn } from '../version.server.ts';
import { openReview } from './open-review.server.ts';
import { whatIf } from './what-if.server.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['confirm', 'raise', 'clear', 'agreed', 'refused', 'return'] as const;
type Done = (typeof dones)[number];

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = reviewReader(locals, url);
	const childId = childOf(params);
	return withFullFile(user, childId, url, { what: 'full' }, async (session, file) => {
		const { ground, rules, review } = await openReview(session, user, file);
		return {
			childId,
			version: file.version,
			userId: user.id,
			reading: { purpose: file.purpose, basis: file.basis.basis, log: seesReadings.includes(user.role) },
			reviews: reviewsEligibility.includes(user.role),
			confirms: decidesLeaving.includes(user.role),
			halts: [...decidesLeaving, ...findsForPolice].includes(user.role),
			police: findsForPolice.includes(user.role),
			...review,
			whatIf: whatIf(ground, rules, url),
			done: dones.find((done) => done === url.searchParams.get('done'))
		};
	});
};

type FormName = 'confirm' | 'raise' | 'clear' | 'sign' | 'return';

/** What a form is given back: everything typed and ticked, beside what {@link FormAnswer} says. */
interface ReviewAnswer extends FormAnswer {
	readonly in: FormName;
	/** The conditions that were ticked. */
	readonly ticked: readonly ConditionId[];
}

const opinionMaximum = 4000;
const reasonMaximum = 2000;

export const actions: Actions = {
	confirm: async ({ locals, params, url, request }) => {
		const user = reviewReader(locals, url);
		const data = await request.formData();
		const version = entryIdSchema.safeParse(data.get('date'));
		if (!version.success) return refused(formIn('confirm', data), { type: 'not_there', what: 'date' });
		return decide(user, params, data, 'confirm', { command: 'confirm_date', version: version.data });
	},
	raise: async ({ locals, params, url, request }) => {
		const user = reviewReader(locals, url);
		const childId = childOf(params);
		const data = await request.formData();
		const form = formIn('raise', data);
		const faults: BoxFault[] = [];
		const flag = raisedFlags.find((known) => known === form.texts['flag']);
		if (!flag) faults.push({ field: 'flag', because: 'flagNeeded' });
		const reason = textIn(form, 'reason', reasonMaximum, 'reasonNeeded', faults);
		const reference = (form.texts['reference'] ?? '').trim();
		if (reference.length > 200) faults.push({ field: 'reference', because: 'tooLong' });
		const duplicate =
			flag === 'duplicate_suspected'
				? await theDatabase().inScope(scopeOf(user), (session) =>
						fileNumbered(session, childId, form.texts['duplicate'] ?? '')
					)
				: 'none';
		if (duplicate === 'itself') faults.push({ field: 'duplicate', because: 'duplicateItself' });
		if (duplicate === 'unknown') faults.push({ field: 'duplicate', because: 'duplicateUnknown' });
		if (duplicate === 'many') faults.push({ field: 'duplicate', because: 'duplicateMany' });
		if (!flag || faults.length > 0) return fail<ReviewAnswer>(400, { ...form, faults });
		return decide(user, params, data, 'raise', {
			command: 'raise_flag',
			flag: {
				flag,
				reason,
				...(reference !== '' && { reference }),
				...(typeof duplicate === 'object' && { duplicateOf: duplicate.childId })
			}
		});
	},
	clear: async ({ locals, params, url, request }) => {
		const user = reviewReader(locals, url);
		const data = await request.formData();
		const form = formIn('clear', data);
		const itemId = itemIdSchema.safeParse(form.texts['item']);
		if (!itemId.success) return refused(form, { type: 'not_there', what: 'flag' });
		const faults: BoxFault[] = [];
		const reason = textIn(form, 'clearReason', reasonMaximum, 'reasonNeeded', faults);
		if (faults.length > 0) return fail<ReviewAnswer>(400, { ...form, faults });
		return decide(user, params, data, 'clear', { command: 'clear_flag', itemId: itemId.data, reason });
	},
	sign: async ({ locals, params, url, request }) => {
		const user = reviewReader(locals, url);
		const childId = childOf(params);
		const data = await request.formData();
		const form = formIn('sign', data);
		const verdict = reviewVerdicts.find((known) => known === form.texts['verdict']);
		const faults: BoxFault[] = [];
		const opinion = textIn(form, 'opinion', opinionMaximum, 'opinionNeeded', faults);
		// Pressing Enter in a box presses no button of a verdict: nothing is signed by accident.
		if (!verdict || faults.length > 0) return fail<ReviewAnswer>(400, { ...form, faults });
		const taken = await signReviewShown(await theCaseDesk(), user, childId, versionIn(data), {
			snapshot: form.texts['snapshot'] ?? '',
			verdict,
			opinion,
			ticked: form.ticked
		});
		if (!taken.ok && taken.error.type === 'unchecked')
			return fail<ReviewAnswer>(400, {
				...form,
				faults: taken.error.conditions.map((id) => ({ field: `check-${id}`, because: 'uncheckedOne' }))
			});
		return answered(taken, childId, form, verdict === 'eligible' ? 'agreed' : 'refused');
	},
	return: async ({ locals, params, url, request }) => {
		const user = reviewReader(locals, url);
		const data = await request.formData();
		const form = formIn('return', data);
		const faults: BoxFault[] = [];
		const opinion = textIn(form, 'returnOpinion', opinionMaximum, 'returnNeeded', faults);
		if (faults.length > 0) return fail<ReviewAnswer>(400, { ...form, faults });
		return decide(user, params, data, 'return', { command: 'return_for_more', opinion, conditions: form.ticked });
	}
};

/** Who may see a review; to everybody else there is no such page. */
function reviewReader(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!seesReview.includes(user.role)) error(404, 'child_unknown');
	return user;
}

async function decide(
	user: SignedInUser,
	params: { readonly id: string },
	data: FormData,
	form: Exclude<FormName, 'sign'>,
	command: CaseCommand
) {
	const childId = childOf(params);
	const taken = await decideAboutChild(await theCaseDesk(), user, childId, versionIn(data), command);
	return answered(taken, childId, formIn(form, data), form);
}

function answered(
	taken: Result<unknown, CaseDecisionFault | Unchecked>,
	childId: string,
	form: Omit<ReviewAnswer, 'faults'>,
	done: Done
) {
	if (taken.ok) redirect(303, `/desk/child/${childId}/review?done=${done}`);
	if (taken.error.type === 'unchecked') throw new Error('only a signature is judged by what was ticked');
	return refused(form, taken.error);
}

function refused(form: Omit<ReviewAnswer, 'faults'>, fault: CaseDecisionFault | CaseFault) {
	if (fault.type === 'child_unknown') error(404, 'child_unknown');
	return fail<ReviewAnswer>(fault.type === 'file_changed' ? 409 : 400, { ...form, faults: [], refusal: fault });
}

function formIn(name: FormName, data: FormData): Omit<ReviewAnswer, 'faults'> {
	const ticked = data.getAll('condition');
	return { in: name, texts: typedTexts(data), ticked: conditionIds.filter((id) => ticked.includes(id)) };
}

/** A text that must be there, cut of blanks; what is wrong goes to `faults`. */
function textIn(
	{ texts }: Pick<ReviewAnswer, 'texts'>,
	field: string,
	maximum: number,
	because: string,
	faults: BoxFault[]
): string {
	const text = (texts[field] ?? '').trim();
	if (text === '') faults.push({ field, because });
	if (text.length > maximum) faults.push({ field, because: 'tooLong' });
	return text;
}
