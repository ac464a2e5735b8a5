import { error, fail, redirect } from '@sveltejs/kit';
import { claimsOnFile } from '#lib/domain/claim/on-file.ts';
import { openAdoption } from '#lib/domain/decision/adoption.ts';
import { decidesLeaving } from '#lib/domain/disclosure/roles.ts';
import { claimIdSchema, itemIdSchema, type ItemId } from '#lib/domain/ids.ts';
import { exitCodes, exitReasons, type Exit } from '#lib/domain/leaving/exit.ts';
import { exitState } from '#lib/domain/leaving/exit-state.ts';
import { exitNeeds } from '#lib/domain/leaving/needs.ts';
import { fileNumbered } from '#lib/server/decisions/file-numbered.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { decideAboutChild, groundOf } from '#lib/server/decisions/case-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { childOf, registryToday, signedIn, withFullFile } from '../../../../desk.server.ts';
import { readsPapers } from '../../documents/papers.server.ts';
import { versionIn } from '../../version.server.ts';
import { paperChoices } from '../leaving-view.server.ts';
import { dayIn, noteIn, papersIn, typedTexts, type BoxFault, type FormAnswer } from '../typed.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	const reason = exitReasons.find((known) => known === url.searchParams.get('reason'));
	if (!readsPapers(user.role) || !reason) error(404, 'child_unknown');
	return withFullFile(user, childId, url, { what: 'full' }, async (session, { caseFile, version }) => {
		const today = registryToday();
		const ground = await groundOf(session, caseFile, today);
		const { left, proposed } = exitState(caseFile);
		return {
			childId,
			version,
			policy: ground.policy,
			today,
			reason,
			needs: exitNeeds(ground, reason),
			codes: exitCodes[reason],
			decides: decidesLeaving.includes(user.role),
			open: left === undefined && proposed === undefined,
			papers: paperChoices(ground),
			claims: claimsOnFile(caseFile)
				.filter(({ decision }) => decision === 'reunite' || decision === 'dissolve')
				.map(({ id, number }) => ({ id, number })),
			adoption: openAdoption(caseFile)
		};
	});
};

interface ExitAnswer extends FormAnswer {
	/** The papers that were ticked. */
	readonly papers: readonly ItemId[];
}

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		const data = await request.formData();
		const texts = typedTexts(data);
		const papers = papersIn(data);
		const reason = exitReasons.find((known) => known === texts['reason']);
		if (!reason) error(404, 'child_unknown');

		const faults: BoxFault[] = [];
		const on = dayIn(texts, 'on', faults);
		const note = noteIn(texts, faults);
		if (reason === 'entered_in_error' && note === undefined) faults.push({ field: 'note', because: 'noteNeeded' });
		const codes: readonly string[] = exitCodes[reason];
		const code = codes.find((known) => known === texts['code']);
		const claim = claimIdSchema.safeParse(texts['claim']);
		const adoption = itemIdSchema.safeParse(texts['adoption']);
		const duplicate =
			reason === 'entered_in_error'
				? await theDatabase().inScope(scopeOf(user), (session) =>
						fileNumbered(session, childId, texts['duplicate'] ?? '')
					)
				: 'none';
		if (duplicate === 'itself') faults.push({ field: 'duplicate', because: 'duplicateItself' });
		if (duplicate === 'unknown') faults.push({ field: 'duplicate', because: 'duplicateUnknown' });
		if (duplicate === 'many') faults.push({ field: 'duplicate', because: 'duplicateMany' });
		if (on === undefined || faults.length > 0) return fail<ExitAnswer>(400, { texts, papers, faults });

		const exit: Exit = {
			reason,
			papers: [...papers],
			...(code !== undefined && { code }),
			...(reason === 'reunited' && claim.success && { claimId: claim.data }),
			...(reason === 'adopted' && adoption.success && { adoption: adoption.data }),
			...(typeof duplicate === 'object' && { duplicateOf: duplicate.childId }),
			...(note !== undefined && { note })
		};
		const taken = await decideAboutChild(await theCaseDesk(), user, childId, versionIn(data), {
			command: 'propose_exit',
			exit,
			on
		});
		if (taken.ok) redirect(303, `/desk/child/${childId}/leaving?done=proposed`);
		if (taken.error.type === 'child_unknown') error(404, 'child_unknown');
		return fail<ExitAnswer>(taken.error.type === 'file_changed' ? 409 : 400, {
			texts,
			papers,
			faults: [],
			refusal: taken.error
		});
	}
};
