import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { seesEveryHouse } from '#lib/domain/disclosure/roles.ts';
import { inboxCodes, type InboxCode } from '#lib/domain/inbox/codes.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { failedDeliveries } from '#lib/server/inbox/contacts.ts';
import { countInbox, listInbox, markDone, markRead } from '#lib/server/inbox/inbox.ts';
import { failedJobs, jobCounts } from '#lib/server/jobs/overview.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday, signedIn, wallTime } from '../desk.server.ts';
import { linkOf } from './links.ts';
import type { Actions, PageServerLoad } from './$types';

const linesShown = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	const code = codeIn(url);
	const today = registryToday();
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const { items, total } = await listInbox(session, user, linesShown, code);
		const counts = await countInbox(session, user);
		return {
			code,
			total,
			kinds: inboxCodes.flatMap((each) => counts.filter((count) => count.code === each)),
			everyHouse: scopeOf(user).kind === 'registry',
			items: items.map((item) => ({
				...item,
				link: linkOf(item),
				at: wallTime(item.createdAt),
				due:
					item.dueOn === null
						? undefined
						: item.dueOn < today
							? ('overdue' as const)
							: item.dueOn === today
								? ('dueToday' as const)
								: ('due' as const)
			})),
			work: keepsTheRegistry(user)
				? {
						jobs: (await jobCounts(session)).filter(({ failed }) => failed > 0),
						lastFailure: (await failedJobs(session, 1)).map(({ failedAt }) => wallTime(failedAt))[0],
						mails: await failedDeliveries(session)
					}
				: undefined
		};
	});
};

export const actions: Actions = {
	read: ({ locals, url, request }) => marked(locals, url, request, markRead),
	done: ({ locals, url, request }) => marked(locals, url, request, markDone)
};

async function marked(locals: App.Locals, url: URL, request: Request, mark: typeof markRead) {
	const user = signedIn(locals, url);
	const item = z.uuid().safeParse((await request.formData()).get('item'));
	const found =
		item.success && (await theDatabase().inScope(scopeOf(user), (session) => mark(session, user, item.data)));
	if (!found) return fail(404, { gone: true });
	const code = codeIn(url);
	redirect(303, code === undefined ? '/desk/inbox' : `/desk/inbox?code=${code}`);
}

function codeIn(url: URL): InboxCode | undefined {
	return inboxCodes.find((code) => code === url.searchParams.get('code'));
}

/** Whether background work goes on is for those to see who answer for the whole registry. */
function keepsTheRegistry(user: SignedInUser): boolean {
	return seesEveryHouse.includes(user.role) && user.role !== 'police_liaison';
}
