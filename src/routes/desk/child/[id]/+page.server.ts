import { fieldState } from '#lib/domain/case-file/case-file.ts';
import { childHold } from '#lib/domain/case-file/child-hold.ts';
import { childRow } from '#lib/domain/case-file/child-row.ts';
import { mayWrite } from '#lib/domain/case-file/who-writes.ts';
import { readableFields, readsStatements, seesReadings, seesReview } from '#lib/domain/disclosure/roles.ts';
import { noticeState, publishedTwice } from '#lib/domain/notice/notice-state.ts';
import { claimsOfChild } from '#lib/server/claims/reading.ts';
import { decides } from '#lib/server/notices/decisions.ts';
import { rowRules } from '#lib/server/read-models/child-rows.ts';
import { childOf, registryToday, signedIn, withFullFile } from '../../desk.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	const today = registryToday();
	return withFullFile(user, childId, url, { what: 'full' }, async (session, { caseFile, purpose, basis }) => {
		const rules = await rowRules(session);
		const row = childRow(caseFile, rules);
		const { hold, policy, because, region, notYetInForce } = childHold(caseFile, today, rules);
		const notice = noticeState(caseFile);
		return {
			childId,
			reading: { purpose, basis: basis.basis, log: seesReadings.includes(user.role) },
			files: row.files?.length ?? 1,
			twice: publishedTwice(caseFile),
			merges: mayWrite('child.merged', user.role),
			name: row.name,
			caseNumber: row.caseNumber,
			hold,
			// Without its rest days, which are functions.
			chosen: { policy, because, ...(region !== undefined && { region }), notYetInForce },
			notice: { status: row.notice, publicNumber: notice.published?.publicNumber },
			decides: decides(user),
			claims: readsStatements.includes(user.role) ? await claimsOfChild(session, childId) : undefined,
			seesReview: seesReview.includes(user.role),
			fields: readableFields(user.role).flatMap((key) => {
				const state = fieldState(caseFile, key);
				if (state.status === 'empty') return [];
				const answers = state.status === 'settled' ? [state.answer] : state.versions.map((version) => version.value);
				return [{ key, disputed: state.status === 'conflict', answers }];
			})
		};
	});
};
