import { fail } from '@sveltejs/kit';
import {
	requesterNameSchema,
	requesters,
	requestKinds,
	requestState,
	requestWordsSchema
} from '#lib/domain/access/request.ts';
import { recordsDocuments } from '#lib/domain/disclosure/roles.ts';
import { childIdSchema } from '#lib/domain/ids.ts';
import { parseCivilDate } from '#lib/domain/time.ts';
import { childByNumber } from '#lib/server/access/grants.ts';
import { listRequests, recordRequest } from '#lib/server/access/requests.ts';
import { processConfig } from '#lib/server/config.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday, signedIn } from '../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

const requestsShown = 200;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	const today = registryToday();
	const child = childIdSchema.safeParse(url.searchParams.get('child'));
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const found = await listRequests(session, requestsShown, child.success ? child.data : undefined);
		return {
			everyHouse: scopeOf(user).kind === 'registry',
			records: recordsDocuments.includes(user.role),
			today,
			days: processConfig().fileRequestDays,
			requests: found.map(({ id, kind, requester, caseNumber, receivedOn, dueOn, houseName, answer }) => ({
				id,
				kind,
				requester,
				caseNumber,
				receivedOn,
				dueOn,
				houseName,
				state: requestState({ dueOn, decision: answer?.decision }, today)
			}))
		};
	});
};

export const actions: Actions = {
	default: async ({ locals, url, request }) => {
		const user = signedIn(locals, url);
		const data = await request.formData();
		const text = (name: string) => {
			const value = data.get(name);
			return typeof value === 'string' ? value.trim().slice(0, 5000) : '';
		};
		const typed = {
			caseNumber: text('caseNumber'),
			kind: text('kind'),
			requester: text('requester'),
			requesterName: text('requesterName'),
			words: text('words'),
			receivedOn: text('receivedOn')
		};
		if (!recordsDocuments.includes(user.role))
			return fail(403, { typed, faults: [{ field: 'kind', because: 'not_yours_to_decide' as const }] });
		const kind = requestKinds.find((each) => each === typed.kind);
		const requester = requesters.find((each) => each === typed.requester);
		const name = requesterNameSchema.safeParse(typed.requesterName);
		const words = requestWordsSchema.safeParse(typed.words);
		const received = parseCivilDate(typed.receivedOn);
		const today = registryToday();
		const isReceived = received.ok && received.value <= today;
		return theDatabase().inScope(scopeOf(user), async (session) => {
			const child = await childByNumber(session, typed.caseNumber);
			if (child.type !== 'found' || !kind || !requester || !name.success || !words.success || !isReceived) {
				return fail(400, {
					typed,
					faults: [
						...(child.type === 'found' ? [] : [{ field: 'caseNumber', because: child.type }]),
						...(kind ? [] : [{ field: 'kind', because: 'kindMissing' as const }]),
						...(requester ? [] : [{ field: 'requester', because: 'requesterMissing' as const }]),
						...(name.success ? [] : [{ field: 'requesterName', because: 'nameMissing' as const }]),
						...(isReceived ? [] : [{ field: 'receivedOn', because: 'receivedWrong' as const }]),
						...(words.success ? [] : [{ field: 'words', because: 'wordsMissing' as const }])
					]
				});
			}
			const recorded = await recordRequest(
				session,
				user,
				{
					childId: child.childId,
					kind,
					requester,
					requesterName: name.data,
					words: words.data,
					receivedOn: received.value
				},
				processConfig().fileRequestDays
			);
			return { recorded };
		});
	}
};
