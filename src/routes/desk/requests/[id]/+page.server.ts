import { error, fail } from '@sveltejs/kit';
import { decidesRequests, refusalReasonSchema, requestState } from '#lib/domain/access/request.ts';
import { recordsDocuments } from '#lib/domain/disclosure/roles.ts';
import { fileRequestIdSchema, type FileRequestId } from '#lib/domain/ids.ts';
import { answerRequest, oneRequest } from '#lib/server/access/requests.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday, signedIn } from '../../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

const reasonsMaximum = 4000;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const id = requestOf(params);
	// It names who asked: often a family that claims.
	if (!recordsDocuments.includes(user.role)) error(404, 'request_unknown');
	const today = registryToday();
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const request = await oneRequest(session, id);
		if (!request) error(404, 'request_unknown');
		return {
			request,
			state: requestState({ dueOn: request.dueOn, decision: request.answer?.decision }, today),
			decides: decidesRequests(user.role)
		};
	});
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const id = requestOf(params);
		const data = await request.formData();
		const reasons = String(data.get('reasons') ?? '').trim();
		const decision = (['granted', 'refused'] as const).find((each) => each === data.get('decision'));
		const typed = { decision, reasons: reasons.slice(0, 2 * reasonsMaximum) };
		if (!decision) return fail(400, { typed, fault: 'decisionMissing' as const });
		if (reasons.length > reasonsMaximum) return fail(400, { typed, fault: 'reasonsTooLong' as const });
		if (decision === 'refused' && !refusalReasonSchema.safeParse(reasons).success)
			return fail(400, { typed, fault: 'reasonsMissing' as const });
		const answered = await theDatabase().inScope(scopeOf(user), (session) =>
			answerRequest(session, user, id, { decision, reasons }, registryToday())
		);
		if (answered.ok) return { decided: true };
		if (answered.error.type === 'request_unknown') error(404, 'request_unknown');
		const fault = answered.error.type === 'reasons_missing' ? ('reasonsMissing' as const) : answered.error.type;
		return fail(fault === 'already_decided' ? 409 : 400, { typed, fault });
	}
};

function requestOf(params: { readonly id: string }): FileRequestId {
	const parsed = fileRequestIdSchema.safeParse(params.id);
	if (!parsed.success) error(404, 'request_unknown');
	return parsed.data;
}
