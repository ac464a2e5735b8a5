import { fail } from '@sveltejs/kit';
import { paperKinds } from '#lib/domain/claim/statement.ts';
import { typedTopic, type TopicFault, type Typed } from '#lib/domain/claim/topic-form.ts';
import { paperBodyMaximum } from '#lib/server/auth/request-guard.ts';
import { addPaper, removePaper, saveTopic, type FamilyFault } from '#lib/server/claims/family.ts';
import { ExaminationFailed } from '#lib/server/photos/examine.ts';
import { around, goTo, openFamily, typedIn } from '../../../../family/family.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, url, locals }) => {
	const { claim } = await openFamily({ cookies, url, locals });
	if (!claim.options.amend) goTo(locals, '/claim/follow');
	const from = url.searchParams.get('from') === 'check' ? 'check' : '';
	return {
		from,
		before: from === 'check' ? '/claim/check' : around(claim, 'papers').before,
		kind: claim.kind,
		sent: claim.sent,
		papers: claim.papers,
		typed: typedTopic('papers', claim.statement)
	};
};

/** What is shown again after something was not taken. */
interface Again {
	readonly typed: Typed;
	readonly faults: readonly TopicFault[];
	readonly photo?: FamilyFault | { readonly type: 'no_file' | 'busy' };
}

export const actions: Actions = {
	default: async ({ request, cookies, url, locals, getClientAddress }) => {
		const { desk, claim } = await openFamily({ cookies, url, locals });
		const again = (status: number, more: Partial<Again>) =>
			fail(status, { typed: typedTopic('papers', claim.statement), faults: [], ...more } satisfies Again as Again);
		// Not read at all: what is too much is told before it fills the memory.
		if (Number(request.headers.get('content-length') ?? 0) > paperBodyMaximum)
			return again(413, { photo: { type: 'too_large' } });
		const form = await request.formData();
		const { go = 'next', kind, ...typed } = typedIn(form);
		const remove = /^remove-(.+)$/.exec(go)?.[1];
		if (remove !== undefined) {
			const id = claim.papers.find((paper) => paper.id === remove)?.id;
			if (id !== undefined) await removePaper(desk, claim.claimId, id);
			goTo(locals, '/claim/tell/papers', { from: url.searchParams.get('from') ?? '' });
		}

		const shown = kind === undefined ? typed : { ...typed, kind };
		const saved = await saveTopic(desk, claim.claimId, 'papers', typed);
		if (!saved.ok) {
			const fault = saved.error;
			return fault.type === 'topic_faults'
				? again(400, { typed: shown, faults: fault.faults })
				: again(409, { typed: shown, photo: fault });
		}
		const file = form.get('photo');
		const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
		if (bytes.length === 0 && go === 'add') return again(400, { typed: shown, photo: { type: 'no_file' } });
		// Whoever chose a photo and pressed another button meant it to be sent too.
		if (bytes.length > 0) {
			const paper = { kind: paperKinds.find((each) => each === kind) ?? 'other', bytes, address: getClientAddress() };
			try {
				const added = await addPaper(desk, claim.claimId, paper);
				if (!added.ok) return again(400, { typed: shown, photo: added.error });
			} catch (error) {
				if (!(error instanceof ExaminationFailed)) throw error;
				return again(503, { typed: shown, photo: { type: 'busy' } });
			}
		}
		if (go === 'add') goTo(locals, '/claim/tell/papers', { from: url.searchParams.get('from') ?? '' });
		if (go === 'save') goTo(locals, '/claim/save');
		if (claim.sent) goTo(locals, '/claim/follow', { saved: 'yes' });
		goTo(locals, url.searchParams.get('from') === 'check' ? '/claim/check' : around(claim, 'papers').after);
	}
};
