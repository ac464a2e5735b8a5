import { error, fail, redirect } from '@sveltejs/kit';
import { live } from '#lib/domain/case-file/versions.ts';
import { recordsDocuments } from '#lib/domain/disclosure/roles.ts';
import { itemIdSchema } from '#lib/domain/ids.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { withdrawDocument } from '#lib/server/decisions/document-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { namesOf } from '#lib/server/notices/case-reading.ts';
import { childOf, registryToday, signedIn, wallTime, withFullFile } from '../../../../desk.server.ts';
import { versionIn } from '../../version.server.ts';
import { papersOf, readsPapers } from '../papers.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!readsPapers(user.role)) error(404, 'child_unknown');
	return withFullFile(user, childId, url, { what: 'full' }, async (session, { caseFile, version }) => {
		const { policy } = await groundOf(session, caseFile, registryToday());
		const paper = papersOf(caseFile, policy, user.role).find(({ itemId }) => itemId === params.item);
		if (!paper) error(404, 'child_unknown');
		const versions = caseFile.items.document.get(paper.itemId) ?? [];
		const standing = new Set(live(versions).map(({ entryId }) => entryId));
		const names = await namesOf(
			session,
			versions.map(({ staffId }) => staffId)
		);
		return {
			childId,
			version,
			policy,
			paper,
			changes: recordsDocuments.includes(user.role) && paper.mine,
			versions: versions.map(({ entryId, value, staffId, recordedAt }) => ({
				entryId,
				value,
				by: names.get(staffId),
				at: wallTime(recordedAt),
				standing: standing.has(entryId)
			}))
		};
	});
};

export const actions: Actions = {
	withdraw: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		const data = await request.formData();
		const itemId = itemIdSchema.safeParse(data.get('item'));
		if (!itemId.success) error(404, 'child_unknown');
		const reason = String(data.get('reason') ?? '')
			.trim()
			.slice(0, 500);
		if (reason === '') return fail(400, { reasonEmpty: itemId.data });
		const desk = await theCaseDesk();
		const withdrawn = await withdrawDocument(desk, user, childId, versionIn(data), itemId.data, reason);
		if (withdrawn.ok) {
			// A page that is gone leaves its paper; a paper that is gone has no page of its own any more.
			if (itemId.data === params.item) redirect(303, `/desk/child/${childId}/documents?done=withdrawn`);
			return { withdrawn: true };
		}
		const fault = withdrawn.error;
		if (fault.type === 'child_unknown') error(404, 'child_unknown');
		if (fault.type === 'paper_not_yours' || fault.type === 'paper_odd' || fault.type === 'title_needed')
			return fail(400, { refusal: { type: 'not_yours_to_decide' } as const });
		return fail(fault.type === 'file_changed' ? 409 : 400, { refusal: fault, reason, item: itemId.data });
	}
};
