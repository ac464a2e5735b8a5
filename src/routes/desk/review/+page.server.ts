import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { provinces } from '#lib/domain/codes/provinces.ts';
import { childIdSchema, type ChildId } from '#lib/domain/ids.ts';
import { daysBetween } from '#lib/domain/time.ts';
import { openFullFile, scopeToRead } from '#lib/server/access/open-file.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { countBoard, readBoard } from '#lib/server/eligibility/board.ts';
import { listViews, removeView, saveView, viewsMaximum } from '#lib/server/eligibility/views.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { openReview } from '../child/[id]/review/open-review.server.ts';
import { registryToday } from '../desk.server.ts';
import { filterIn, placeWord, queryOf } from './board-filter.server.ts';
import { reviewer } from './reviewer.server.ts';
import type { Actions, PageServerLoad } from './$types';

const perPage = 25;
const dones = ['viewSaved', 'viewRemoved'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = reviewer(locals, url);
	const today = registryToday();
	const filter = filterIn(url, user.institutionId);
	const after = childIdSchema.safeParse(url.searchParams.get('after'));
	const chosen = childIdSchema.safeParse(url.searchParams.get('child'));
	const everyHouse = scopeOf(user).kind === 'registry';
	const board = await theDatabase().inScope(scopeOf(user), async (session) => {
		const { lines, next } = await readBoard(session, filter, today, perPage, after.success ? after.data : undefined);
		const counts = await countBoard(session, filter.place, today, user.institutionId);
		const views = await listViews(session, user);
		const institutions = everyHouse ? await listInstitutions(session) : [];
		return { lines, next, counts, views, institutions };
	});
	const houses = board.institutions.filter(({ kind }) => kind === 'welfare_institution' || kind === 'rescue_station');
	const regions = new Set(houses.flatMap(({ regionCode }) => (regionCode === null ? [] : [regionCode.slice(0, 2)])));
	return {
		today,
		filter: {
			stage: filter.stage,
			list: filter.list,
			place: placeWord(filter.place),
			words: filter.words ?? '',
			sort: filter.sort
		},
		query: queryOf(filter),
		begun: !after.success,
		perPage,
		everyHouse,
		own: user.institutionId,
		counts: board.counts,
		lines: board.lines.map((line) => ({
			...line,
			waitedDays: line.since === null ? undefined : Math.max(0, daysBetween(line.since, today))
		})),
		next: board.next,
		views: board.views,
		houses: houses.map(({ id, name }) => ({ id, name })),
		provinces: provinces
			.filter(({ code }) => regions.has(code.slice(0, 2)))
			.map(({ code, name }) => ({ code: code.slice(0, 2), name })),
		pane: chosen.success ? await paneOf(user, chosen.data) : undefined,
		done: dones.find((done) => done === url.searchParams.get('done'))
	};
};

/**
 * The child beside the list. It is the whole file that is opened for it, so it is written down like any opening; who needs a
 * reason first is told so and gives it on the page made for that.
 */
async function paneOf(user: SignedInUser, childId: ChildId) {
	const now = new Date();
	const database = theDatabase();
	const scope = await scopeToRead(database, user, childId, now);
	return database.inScope(scope, async (session) => {
		const opened = await openFullFile(session, user, childId, { what: 'full' }, now);
		if (!opened.ok) {
			return opened.error.type === 'child_unknown'
				? ({ state: 'gone', childId } as const)
				: ({
						state: 'reason',
						childId,
						to: `/desk/child/${childId}/open?${new URLSearchParams({
							for: opened.error.purpose,
							because: opened.error.because,
							to: `/desk/child/${childId}/review`
						}).toString()}`
					} as const);
		}
		const { review } = await openReview(session, user, opened.value);
		return { state: 'open', childId, review } as const;
	});
}

export const actions: Actions = {
	save: async ({ locals, url, request }) => {
		const user = reviewer(locals, url);
		const data = await request.formData();
		const typed = String(data.get('name') ?? '').slice(0, 200);
		// What was searched for is a child's name as often as not: it is not kept.
		const query = queryOf({ ...filterIn(url, user.institutionId), words: '' });
		const saved = await theDatabase().inScope(scopeOf(user), (session) => saveView(session, user, typed, query));
		if (!saved.ok) return fail(400, { fault: saved.error.type, typed, most: viewsMaximum });
		redirect(303, addressOf(query, 'viewSaved'));
	},
	remove: async ({ locals, url, request }) => {
		const user = reviewer(locals, url);
		const id = z.uuid().safeParse((await request.formData()).get('view'));
		if (id.success) await theDatabase().inScope(scopeOf(user), (session) => removeView(session, user, id.data));
		redirect(303, addressOf(queryOf(filterIn(url, user.institutionId)), 'viewRemoved'));
	}
};

function addressOf(query: string, done: (typeof dones)[number]): string {
	return `/desk/review?${query === '' ? '' : `${query}&`}done=${done}`;
}
