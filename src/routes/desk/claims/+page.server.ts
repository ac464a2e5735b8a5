import { claimKinds } from '#lib/domain/claim/events.ts';
import { daysBetween } from '#lib/domain/time.ts';
import { claimGroups, countClaims, listClaims } from '#lib/server/claims/reading.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday } from '../desk.server.ts';
import { claimWorker, dueStateOf } from './claims.server.ts';
import type { PageServerLoad } from './$types';

const claimsShown = 100;
const leavingForms = ['unlink', 'signDecision'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = claimWorker(locals, url);
	const filter = {
		group: claimGroups.find((group) => group === url.searchParams.get('group')) ?? ('open' as const),
		number: (url.searchParams.get('number') ?? '').slice(0, 30),
		kind: claimKinds.find((kind) => kind === url.searchParams.get('kind')) ?? ('' as const)
	};
	const today = registryToday();
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const { claims, total } = await listClaims(session, filter, claimsShown);
		return {
			filter,
			counts: await countClaims(session),
			total,
			// A claim that is about no child of the house any more is gone from its desk; the list says what was done.
			done: leavingForms.find((form) => form === url.searchParams.get('done')),
			everyHouse: scopeOf(user).kind === 'registry',
			claims: claims.map((claim) => ({
				...claim,
				due: dueStateOf(claim.row.dueOn, today),
				// The day of the screening is the first.
				blocksDay: claim.blocksSince === null ? undefined : daysBetween(claim.blocksSince, today) + 1
			}))
		};
	});
};
