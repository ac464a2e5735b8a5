import { fail, redirect } from '@sveltejs/kit';
import { typedTopic, type TopicFault, type Typed } from '#lib/domain/claim/topic-form.ts';
import { saveTopic } from '#lib/server/claims/family.ts';
import { publicLink } from '../../../../links.ts';
import { around, goTo, openFamily, readingOf, topicOr404, typedIn } from '../../../../family/family.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, cookies, url, locals }) => {
	const { claim } = await openFamily({ cookies, url, locals });
	const topic = topicOr404(claim, params.topic);
	if (!claim.options.amend) goTo(locals, '/claim/follow');
	const from = url.searchParams.get('from') === 'check' ? 'check' : '';
	return {
		topic,
		from,
		before: from === 'check' ? '/claim/check' : around(claim, topic).before,
		kind: claim.kind,
		sent: claim.sent,
		typed: typedTopic(topic, claim.statement)
	};
};

/** What is shown again after a form that was not kept. */
interface Again {
	readonly typed: Typed;
	readonly faults: readonly TopicFault[];
	/** Rows of marks or siblings asked for. */
	readonly more: number;
	readonly refused?: 'claim_closed' | 'too_many_versions';
}

export const actions: Actions = {
	default: async ({ params, request, cookies, url, locals }) => {
		const { desk, claim } = await openFamily({ cookies, url, locals });
		const topic = topicOr404(claim, params.topic);
		const { go = 'next', ...typed } = typedIn(await request.formData());
		const more = /^more-(\d{1,2})$/.exec(go)?.[1];
		// One more row and nothing else: what was typed stands in the boxes still and is kept with the page.
		if (more !== undefined) return { typed, faults: [], more: Number(more) } satisfies Again;

		const saved = await saveTopic(desk, claim.claimId, topic, typed);
		if (!saved.ok) {
			const fault = saved.error;
			if (fault.type === 'topic_faults')
				return fail(400, { typed, faults: fault.faults, more: 0 } satisfies Again as Again);
			const refused = fault.type === 'too_many_versions' ? fault.type : 'claim_closed';
			return fail(409, { typed, faults: [], more: 0, refused } satisfies Again as Again);
		}
		const reading = readingOf(locals);
		if (go === 'save') redirect(303, publicLink(reading, '/claim/save'));
		if (claim.sent) redirect(303, publicLink(reading, '/claim/follow', { saved: 'yes' }));
		const after = url.searchParams.get('from') === 'check' ? '/claim/check' : around(claim, topic).after;
		redirect(303, publicLink(reading, after));
	}
};
