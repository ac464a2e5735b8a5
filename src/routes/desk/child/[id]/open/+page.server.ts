import { error, fail, redirect } from '@sveltejs/kit';
import type { ReasonNeeded } from '#lib/domain/access/grant.ts';
import { purposeSchema, usualPurpose } from '#lib/domain/access/purpose.ts';
import { claimIdSchema } from '#lib/domain/ids.ts';
import { reasonSchema } from '#lib/domain/access/reading.ts';
import { numberOfChild } from '#lib/server/access/grants.ts';
import { openFullFile, scopeToRead } from '#lib/server/access/open-file.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { childOf, purposeIn, signedIn } from '../../../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

const nearestMisses: readonly ReasonNeeded['because'][] = ['no_grant', 'not_yet', 'ended', 'revoked', 'other_purpose'];

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	const database = theDatabase();
	const scope = await scopeToRead(database, user, childId, new Date());
	const child = await database.inScope(scope, (session) => numberOfChild(session, childId));
	if (!child) error(404, 'child_unknown');
	return {
		childId,
		// The number and nothing else: the file is not open yet.
		caseNumber: child.caseNumber,
		purpose: purposeIn(url) ?? usualPurpose[user.role],
		because: nearestMisses.find((because) => because === url.searchParams.get('because')),
		to: ownPage(url.searchParams.get('to'), childId)
	};
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		const data = await request.formData();
		const purpose = purposeSchema.safeParse(data.get('purpose'));
		const typed = String(data.get('reason') ?? '');
		const reason = reasonSchema.safeParse(typed);
		if (!purpose.success || !reason.success) {
			return fail(400, {
				reason: typed.slice(0, 2000),
				purpose: purpose.data,
				faults: [
					...(purpose.success ? [] : [{ field: 'purpose', because: 'purposeMissing' as const }]),
					...(reason.success
						? []
						: [
								{
									field: 'reason',
									because: typed.trim().length < 5 ? ('reasonMissing' as const) : ('reasonTooLong' as const)
								}
							])
				]
			});
		}
		const database = theDatabase();
		const now = new Date();
		const opened = await database.inScope(await scopeToRead(database, user, childId, now), (session) =>
			openFullFile(session, user, childId, { what: 'full', purpose: purpose.data, reason: reason.data }, now)
		);
		if (!opened.ok) error(404, 'child_unknown');
		const to = new URL(ownPage(String(data.get('to') ?? ''), childId), url);
		to.searchParams.set('for', purpose.data);
		redirect(303, to.pathname + to.search);
	}
};

/** Only pages of this child's file, and of a claim: an address from outside must lead nowhere else. */
function ownPage(asked: string | null, childId: string): string {
	const page = `/desk/child/${childId}`;
	const parsed =
		asked?.startsWith('/') && URL.canParse(asked, 'http://desk.invalid')
			? new URL(asked, 'http://desk.invalid')
			: undefined;
	const claim = /^\/desk\/claims\/([^/]+)$/.exec(parsed?.pathname ?? '')?.[1];
	const within =
		parsed?.pathname === page ||
		parsed?.pathname.startsWith(`${page}/`) === true ||
		claimIdSchema.safeParse(claim).success;
	return parsed?.host === 'desk.invalid' && within && parsed.pathname !== `${page}/open`
		? parsed.pathname + parsed.search
		: page;
}
