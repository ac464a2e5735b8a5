import { error } from '@sveltejs/kit';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { decisionsOf } from '#lib/domain/case-file/case-file.ts';
import { childRow } from '#lib/domain/case-file/child-row.ts';
import { seesReview } from '#lib/domain/disclosure/roles.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { evidenceText } from '#lib/server/decisions/review-desk.ts';
import { namesOf } from '#lib/server/notices/case-reading.ts';
import { rowRules } from '#lib/server/read-models/child-rows.ts';
import { sha256Of } from '#lib/server/sha256.ts';
import { childOf, registryToday, signedIn, withFullFile } from '../../../../../desk.server.ts';
import type { PageServerLoad } from './$types';

/**
 * The whole evidence of a review as it was frozen, or as it would be now (`now`): the text the digest is made of, to be
 * printed. Opening it is a print in the log of readings, each time.
 */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!seesReview.includes(user.role)) error(404, 'child_unknown');
	return withFullFile(user, childId, url, { what: 'print' }, async (session, { caseFile }) => {
		const ground = await groundOf(session, caseFile, registryToday());
		const now = evidenceText(ground);
		const opened = decisionsOf(caseFile, 'review.opened').find(({ payload }) => payload.itemId === params.review);
		if (params.review !== 'now' && !opened) error(404, 'child_unknown');
		const text = opened ? canonicalJson(opened.payload.evidence) : now;
		const signatures = opened
			? decisionsOf(caseFile, 'review.signed').filter(({ payload }) => payload.itemId === opened.payload.itemId)
			: [];
		const names = await namesOf(
			session,
			signatures.map(({ staffId }) => staffId)
		);
		const houses = new Map((await listInstitutions(session)).map(({ id, name }) => [id, name]));
		const { caseNumber } = childRow(caseFile, await rowRules(session));
		return {
			childId,
			caseNumber,
			text,
			// Made of the text on the page, not taken from the entry: a print proves itself.
			hash: sha256Of(text),
			frozenOn: opened?.occurredOn,
			stands: text === now,
			signatures: signatures.map(({ staffId, institutionId, occurredOn, payload }) => ({
				staffId,
				name: names.get(staffId),
				house: houses.get(institutionId),
				on: occurredOn,
				verdict: payload.verdict,
				opinion: payload.opinion
			}))
		};
	});
};
