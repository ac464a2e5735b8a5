import { error } from '@sveltejs/kit';
import { childRow } from '#lib/domain/case-file/child-row.ts';
import { recordsDocuments } from '#lib/domain/disclosure/roles.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { rowRules } from '#lib/server/read-models/child-rows.ts';
import { childOf, registryToday, signedIn, withFullFile } from '../../../desk.server.ts';
import { papersByPhase, readsPapers, wantedPapers } from './papers.server.ts';
import type { PageServerLoad } from './$types';

const dones = ['filed', 'corrected', 'withdrawn'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!readsPapers(user.role)) error(404, 'child_unknown');
	return withFullFile(user, childId, url, { what: 'full' }, async (session, { caseFile }) => {
		const { hold, policy } = await groundOf(session, caseFile, registryToday());
		const { name, caseNumber } = childRow(caseFile, await rowRules(session));
		return {
			childId,
			name,
			caseNumber,
			files: recordsDocuments.includes(user.role),
			police: user.role === 'police_liaison',
			phases: papersByPhase(caseFile, policy, user.role),
			wanted: wantedPapers(hold.conditions),
			conditions: hold.conditions.filter(({ status, because }) => status !== 'met' && 'document' in because),
			policy,
			done: dones.find((done) => done === url.searchParams.get('done'))
		};
	});
};
