import { error, fail, redirect } from '@sveltejs/kit';
import { filesOf, firstHouse } from '#lib/domain/case-file/case-file.ts';
import { childRow } from '#lib/domain/case-file/child-row.ts';
import { mayWrite } from '#lib/domain/case-file/who-writes.ts';
import { childIdSchema } from '#lib/domain/ids.ts';
import { publishedTwice } from '#lib/domain/notice/notice-state.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { fileNumbered } from '#lib/server/decisions/file-numbered.ts';
import { mergeFiles, partFile } from '#lib/server/decisions/merge-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { readCase, scopeOf } from '#lib/server/notices/case-reading.ts';
import { rowRules } from '#lib/server/read-models/child-rows.ts';
import { childOf, signedIn } from '../../../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!mayWrite('child.merged', user.role)) error(404, 'child_unknown');
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const found = await readCase(session, childId);
		if (!found) error(404, 'child_unknown');
		const rules = await rowRules(session);
		const houses = new Map((await listInstitutions(session)).map(({ id, name }) => [id as string, name]));
		const files = filesOf(found.caseFile);
		return {
			childId,
			files: files.map((file) => {
				const row = childRow(file, rules);
				const house = firstHouse(file);
				const begun = [...file.entries.values()].map(({ entry }) => entry.recordedAt).sort()[0];
				return {
					childId: file.childId,
					name: row.name,
					caseNumber: row.caseNumber,
					house: house && houses.get(house),
					begun: begun === undefined ? undefined : civilDateAt(Date.parse(begun), 'Asia/Shanghai')
				};
			}),
			twice: publishedTwice(found.caseFile)
		};
	});
};

export const actions: Actions = {
	merge: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		if (!mayWrite('child.merged', user.role)) error(404, 'child_unknown');
		const data = await request.formData();
		const [number, reason] = [typed(data, 'number', 40), typed(data, 'reason', 500)];
		const other = await theDatabase().inScope(scopeOf(user), (session) => fileNumbered(session, childId, number));
		if (typeof other === 'string') return fail(400, { number, reason, fault: other });
		const merged = await mergeFiles(await theCaseDesk(), user, [childId, other.childId], reason);
		if (!merged.ok) return fail(400, { number, reason, fault: merged.error.type });
		redirect(303, `/desk/child/${merged.value}/merge`);
	},
	part: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		childOf(params);
		const data = await request.formData();
		const file = childIdSchema.safeParse(data.get('file'));
		if (!file.success) error(400, 'child_unknown');
		const reason = typed(data, 'partReason', 500);
		const parted = await partFile(await theCaseDesk(), user, file.data, reason);
		if (!parted.ok)
			return fail(400, { number: '', reason: '', fault: parted.error.type, part: true, partReason: reason });
		redirect(303, `/desk/child/${parted.value}/merge`);
	}
};

function typed(data: FormData, name: string, maximum: number): string {
	const value = data.get(name);
	return typeof value === 'string' ? value.trim().slice(0, maximum) : '';
}
