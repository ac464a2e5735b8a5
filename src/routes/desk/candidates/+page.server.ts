import { fail } from '@sveltejs/kit';
import { childIdSchema, claimIdSchema } from '#lib/domain/ids.ts';
import { decidesClaims } from '#lib/domain/disclosure/roles.ts';
import { shownTo } from '#lib/domain/matching/who-sees.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import {
	candidateStates,
	countCandidates,
	decideCandidate,
	listCandidates,
	type CandidateState
} from '#lib/server/matching/candidates.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { signedIn, wallTime } from '../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 20;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	const child = childIdSchema.safeParse(url.searchParams.get('child'));
	const claim = claimIdSchema.safeParse(url.searchParams.get('claim'));
	const filter = {
		state: candidateStates.find((state) => state === url.searchParams.get('state')) ?? ('open' as const),
		childId: child.success ? child.data : undefined,
		claimId: claim.success ? claim.data : undefined
	};
	const page = Math.max(1, Number(/^\d{1,5}$/.exec(url.searchParams.get('page') ?? '')?.[0] ?? 1));
	const after = (page - 1) * perPage;
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const { candidates, total } = await listCandidates(session, { ...filter, limit: perPage, after });
		return {
			filter,
			counts: await countCandidates(session),
			total,
			page,
			first: after + 1,
			pages: Math.ceil(total / perPage),
			decides: decidesClaims.includes(user.role),
			candidates: candidates.map(({ contributions, decision, ...candidate }) => ({
				...candidate,
				contributions: shownTo(user.role, contributions),
				decision: decision && { ...decision, at: wallTime(decision.at) }
			}))
		};
	});
};

export const actions: Actions = {
	accept: (event) => decide(event, 'accepted'),
	reject: (event) => decide(event, 'rejected')
};

async function decide(
	{ locals, url, request }: Parameters<Actions[string]>[0],
	decision: Exclude<CandidateState, 'open'>
) {
	const user = signedIn(locals, url);
	const data = await request.formData();
	const typed = String(data.get('reason') ?? '').slice(0, 1000);
	const childId = childIdSchema.safeParse(data.get('child'));
	const claimId = claimIdSchema.safeParse(data.get('claim'));
	if (!childId.success || !claimId.success) return fail(400, { fault: 'candidate_unknown' as const, decision, typed });
	const seen = String(data.get('seen') ?? '');
	const pair = { childId: childId.data, claimId: claimId.data };
	const decided = await theDatabase().inScope(scopeOf(user), (session) =>
		decideCandidate(session, user, pair.childId, pair.claimId, decision, typed, seen)
	);
	if (decided.ok) return { done: decision, ...pair };
	const stale = decided.error.type === 'candidate_changed';
	return fail(stale ? 409 : 400, { fault: decided.error.type, decision, typed, ...pair });
}
