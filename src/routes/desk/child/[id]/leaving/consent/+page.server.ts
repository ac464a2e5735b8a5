import { error, fail, redirect } from '@sveltejs/kit';
import { consentAnswers, consentMatters, consentSchema } from '#lib/domain/consent/consent.ts';
import { decidesLeaving } from '#lib/domain/disclosure/roles.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { recordConsent } from '#lib/server/decisions/leaving-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { readCase, scopeOf } from '#lib/server/notices/case-reading.ts';
import { childOf, registryToday, signedIn } from '../../../../desk.server.ts';
import { versionIn } from '../../version.server.ts';
import { dayIn, typedTexts, type BoxFault, type FormAnswer } from '../typed.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!decidesLeaving.includes(user.role)) error(404, 'child_unknown');
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const found = await readCase(session, childId);
		if (!found) error(404, 'child_unknown');
		const today = registryToday();
		const { policy } = await groundOf(session, found.caseFile, today);
		return { childId, version: found.version, policy, today };
	});
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		const data = await request.formData();
		const texts = typedTexts(data);
		const faults: BoxFault[] = [];
		const matter = consentMatters.find((known) => known === texts['matter']);
		const answer = consentAnswers.find((known) => known === texts['answer']);
		if (!matter) faults.push({ field: 'matter', because: 'matterNeeded' });
		if (!answer) faults.push({ field: 'answer', because: 'answerNeeded' });
		const text = (name: string) => (texts[name] ?? '').trim();
		if (text('words') === '') faults.push({ field: 'words', because: 'wordsNeeded' });
		if (text('heardBy') === '') faults.push({ field: 'heardBy', because: 'heardNeeded' });
		const on = dayIn(texts, 'on', faults);
		const parsed = consentSchema.safeParse({
			matter: matter ?? 'reunion',
			answer: answer ?? 'not_understood',
			words: text('words'),
			heardBy: text('heardBy'),
			...(text('language') !== '' && { language: text('language') }),
			...(text('adultPresent') !== '' && { adultPresent: text('adultPresent') })
		});
		for (const issue of parsed.error?.issues ?? []) {
			const field = String(issue.path[0]);
			if (!faults.some((fault) => fault.field === field)) faults.push({ field, because: 'tooLong' });
		}
		if (!parsed.success || on === undefined || faults.length > 0) return fail<FormAnswer>(400, { texts, faults });
		const said = await recordConsent(await theCaseDesk(), user, childId, versionIn(data), {
			consent: parsed.data,
			on
		});
		if (said.ok) redirect(303, `/desk/child/${childId}/leaving?done=consent`);
		if (said.error.type === 'child_unknown') error(404, 'child_unknown');
		return fail<FormAnswer>(said.error.type === 'file_changed' ? 409 : 400, { texts, faults: [], refusal: said.error });
	}
};
