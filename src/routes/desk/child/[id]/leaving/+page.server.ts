import { error, fail, redirect } from '@sveltejs/kit';
import type { CaseCommand } from '#lib/domain/decision/decide-case.ts';
import type { CaseFault } from '#lib/domain/decision/decision.ts';
import { decidesLeaving, reviewsEligibility } from '#lib/domain/disclosure/roles.ts';
import { guardianshipGrounds } from '#lib/domain/guardianship/guardianship.ts';
import { entryIdSchema, itemIdSchema } from '#lib/domain/ids.ts';
import { adoptionSteps } from '#lib/domain/leaving/adoption.ts';
import type { Result } from '#lib/domain/result.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { adopterById, adopterOfAdoption } from '#lib/server/decisions/adopters.ts';
import { decideAboutChild, groundOf, type CaseDecisionFault } from '#lib/server/decisions/case-desk.ts';
import { recordStep } from '#lib/server/decisions/leaving-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { namesOf } from '#lib/server/notices/case-reading.ts';
import { childOf, registryToday, signedIn, withFullFile } from '../../../desk.server.ts';
import { readsPapers } from '../documents/papers.server.ts';
import { versionIn } from '../version.server.ts';
import { leavingView, peopleOf } from './leaving-view.server.ts';
import { dayIn, noteIn, papersIn, typedTexts, type BoxFault } from './typed.server.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['guardianship', 'step', 'matched', 'consent', 'proposed', 'confirmed', 'withdrawn'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!readsPapers(user.role)) error(404, 'child_unknown');
	const reviews = reviewsEligibility.includes(user.role);
	const seen = await withFullFile(user, childId, url, { what: 'full' }, async (session, { caseFile, version }) => {
		const ground = await groundOf(session, caseFile, registryToday());
		const view = leavingView(ground);
		const names = await namesOf(session, [...peopleOf(view)]);
		return { caseFile, version, policy: ground.policy, view, names: Object.fromEntries(names) };
	});
	// Who adopts is in the registry's own rows: opened for reviewers of a child they may read, and for nobody else.
	const adopterId = seen.view.adoption && adopterOfAdoption(seen.caseFile, seen.view.adoption.id);
	const adopter =
		reviews && adopterId !== undefined
			? await theDatabase().inScope({ kind: 'registry' }, (session) => adopterById(session, childId, adopterId))
			: undefined;
	return {
		childId,
		version: seen.version,
		policy: seen.policy,
		today: registryToday(),
		userId: user.id,
		decides: decidesLeaving.includes(user.role),
		reviews,
		...seen.view,
		names: seen.names,
		adopter: adopter && { name: adopter.name, spouse: adopter.spouse?.name, checkedBy: adopter.checkedBy },
		done: dones.find((done) => done === url.searchParams.get('done'))
	};
};

export const actions: Actions = {
	guardianship: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const data = await request.formData();
		const texts = typedTexts(data);
		const faults: BoxFault[] = [];
		const ground = guardianshipGrounds.find((known) => known === texts['ground']);
		if (!ground) faults.push({ field: 'ground', because: 'groundNeeded' });
		const note = noteIn(texts, faults);
		const paper = itemIdSchema.safeParse(texts['paper']);
		if (!ground || faults.length > 0) return fail(400, { in: 'guardianship' as const, texts, faults });
		return decide(user, params, data, 'guardianship', texts, {
			command: 'change_guardianship',
			ground,
			...(paper.success && { paper: paper.data }),
			...(note !== undefined && { note })
		});
	},
	step: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		const data = await request.formData();
		const texts = typedTexts(data);
		const faults: BoxFault[] = [];
		const step = adoptionSteps.find((known) => known === texts['step'] && known !== 'matched');
		if (!step || step === 'matched') faults.push({ field: 'step', because: 'stepNeeded' });
		const on = dayIn(texts, 'on', faults);
		const note = noteIn(texts, faults);
		const adoption = itemIdSchema.safeParse(texts['adoption']);
		if (!step || step === 'matched' || on === undefined || faults.length > 0)
			return fail(400, { in: 'step' as const, texts, faults });
		if (!adoption.success) return refused('step', texts, { type: 'not_there', what: 'adoption' });
		const recorded = await recordStep(await theCaseDesk(), user, childId, versionIn(data), {
			adoption: adoption.data,
			step,
			papers: papersIn(data),
			on,
			...(note !== undefined && { note })
		});
		return answered(recorded, childId, 'step', texts, 'step');
	},
	confirm: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const data = await request.formData();
		const proposal = entryIdSchema.safeParse(data.get('proposal'));
		if (!proposal.success) return refused('confirm', {}, { type: 'not_there', what: 'proposal' });
		return decide(user, params, data, 'confirm', {}, { command: 'confirm_exit', proposal: proposal.data });
	},
	withdraw: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const data = await request.formData();
		const texts = typedTexts(data);
		const reason = (texts['reason'] ?? '').trim().slice(0, 2000);
		if (reason === '')
			return fail(400, { in: 'withdraw' as const, texts, faults: [{ field: 'reason', because: 'withdrawNeeded' }] });
		const proposal = entryIdSchema.safeParse(texts['proposal']);
		if (!proposal.success) return refused('withdraw', texts, { type: 'not_there', what: 'proposal' });
		return decide(user, params, data, 'withdraw', texts, {
			command: 'withdraw_exit',
			proposal: proposal.data,
			reason
		});
	}
};

type FormName = 'guardianship' | 'step' | 'confirm' | 'withdraw';
const doneOf = { guardianship: 'guardianship', step: 'step', confirm: 'confirmed', withdraw: 'withdrawn' } as const;

async function decide(
	user: SignedInUser,
	params: { readonly id: string },
	data: FormData,
	form: FormName,
	texts: Readonly<Record<string, string>>,
	command: CaseCommand
) {
	const childId = childOf(params);
	const taken = await decideAboutChild(await theCaseDesk(), user, childId, versionIn(data), command);
	return answered(taken, childId, form, texts, form);
}

function answered(
	taken: Result<unknown, CaseDecisionFault>,
	childId: string,
	form: FormName,
	texts: Readonly<Record<string, string>>,
	done: FormName
) {
	if (taken.ok) redirect(303, `/desk/child/${childId}/leaving?done=${doneOf[done]}`);
	return refused(form, texts, taken.error);
}

function refused(form: FormName, texts: Readonly<Record<string, string>>, fault: CaseDecisionFault | CaseFault) {
	if (fault.type === 'child_unknown') error(404, 'child_unknown');
	const faults: BoxFault[] = [];
	return fail(fault.type === 'file_changed' ? 409 : 400, { in: form, texts, faults, refusal: fault });
}
