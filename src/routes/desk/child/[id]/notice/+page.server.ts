import { error, fail } from '@sveltejs/kit';
import { fieldState, items } from '#lib/domain/case-file/case-file.ts';
import { fileOf } from '#lib/domain/case-file/one-child.ts';
import { disclose } from '#lib/domain/disclosure/disclose.ts';
import { noticeSources } from '#lib/domain/disclosure/facts.ts';
import { readableFields } from '#lib/domain/disclosure/roles.ts';
import { entryIdSchema, type EntryId } from '#lib/domain/ids.ts';
import { exitState } from '#lib/domain/leaving/exit-state.ts';
import { firstDraft } from '#lib/domain/notice/first-draft.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import { noticeFields, takeDownReasons, type NoticeDraft } from '#lib/domain/notice/notice.ts';
import type { Result } from '#lib/domain/result.ts';
import { institutionById } from '#lib/server/accounts/institutions.ts';
import { writeAudit } from '#lib/server/audit/audit.ts';
import { namesOf } from '#lib/server/notices/case-reading.ts';
import {
	approveNotice,
	decides,
	draftNotice,
	previewNotice,
	takeDownNotice,
	type DecisionFault
} from '#lib/server/notices/decisions.ts';
import { theDecisionDesk } from '#lib/server/notices/the-desk.ts';
import { childOf, signedIn, wallTime, withFullFile } from '../../../desk.server.ts';
import { draftOf, formOf, readDraftForm, type DraftForm } from './draft-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	const desk = await theDecisionDesk();
	return withFullFile(user, childId, url, { what: 'notice', purpose: 'notice' }, async (session, file) => {
		await writeAudit(session, {
			institutionId: user.institutionId,
			userId: user.id,
			action: 'notice.previewed',
			childId
		});
		const { version } = file;
		// Every file of a child has a notice of its own.
		const caseFile = fileOf(file.caseFile, childId);
		const state = noticeState(caseFile);
		const house = await institutionById(session, user.institutionId);
		const draft = state.draft?.draft ?? state.published?.draft ?? firstDraft(caseFile, house?.phone ?? '');
		const names = await namesOf(session, state.draft ? [state.draft.origin.staffId] : []);
		const readable = readableFields(user.role);
		return {
			childId,
			version,
			// Whoever has left is searched for no more; what was public can still be taken down.
			drafts: decides(user) && exitState(caseFile).left === undefined,
			decides: decides(user),
			form: formOf(draft),
			openDraft: state.draft && {
				id: state.draft.entryId,
				own: state.draft.origin.staffId === user.id,
				author: names.get(state.draft.origin.staffId) ?? '',
				at: wallTime(state.draft.origin.recordedAt)
			},
			published: state.published && { number: state.published.publicNumber, on: state.published.approval.occurredOn },
			takenDown: state.takenDown && { on: state.takenDown.origin.occurredOn, reason: state.takenDown.takeDown.reason },
			preview: state.draft || state.published ? disclose(caseFile, 'public', desk.press.policy, draft) : undefined,
			photos: items(caseFile, 'photo').map(({ itemId, value }) => ({
				itemId,
				sha256: value.sha256,
				view: value.view,
				publishable: value.publishable
			})),
			sources: noticeFields.map((field) => ({
				field,
				answers: noticeSources[field]
					.filter((key) => readable.includes(key))
					.flatMap((key) => {
						const said = fieldState(caseFile, key);
						const answers =
							said.status === 'empty'
								? []
								: said.status === 'settled'
									? [said.answer]
									: said.versions.map(({ value }) => value);
						return answers.map((answer) => ({ key, answer }));
					}),
				items:
					field === 'features'
						? items(caseFile, 'mark').map(({ value }) => value.description)
						: field === 'belongings'
							? items(caseFile, 'belonging').map(({ value }) => value.description)
							: []
			}))
		};
	});
};

export const actions: Actions = {
	/** Shows what the public would see; writes nothing. */
	preview: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const form = readDraftForm(await request.formData());
		const draft = draftOf(form);
		if (!draft.ok) return fail(400, { form, formFaults: draft.error });
		const previewed = await previewNotice(await theDecisionDesk(), user, childOf(params), draft.value);
		if (previewed.ok) return { form, preview: previewed.value };
		if (previewed.error.type === 'child_unknown') error(404, 'child_unknown');
		return refused(previewed.error, form);
	},
	draft: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const data = await request.formData();
		const form = readDraftForm(data);
		const draft = draftOf(form);
		if (!draft.ok) return fail(400, { form, formFaults: draft.error });
		const saved = await save(user, childOf(params), data, draft.value);
		return saved.ok ? { done: 'draftSaved' as const } : refused(saved.error, form);
	},
	approve: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const data = await request.formData();
		const draftId = entryIdSchema.safeParse(data.get('draftId'));
		if (!draftId.success) return refused({ type: 'draft_gone' });
		const approved = await approveNotice(await theDecisionDesk(), user, childOf(params), versionIn(data), draftId.data);
		return approved.ok ? { done: 'approved' as const } : refused(approved.error);
	},
	takeDown: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const data = await request.formData();
		const reason = takeDownReasons.find((known) => known === data.get('reason'));
		const note = String(data.get('note') ?? '')
			.trim()
			.slice(0, 1000);
		if (!reason) return fail(400, { reasonEmpty: true, note });
		const taken = await takeDownNotice(await theDecisionDesk(), user, childOf(params), {
			reason,
			...(note !== '' && { note })
		});
		return taken.ok ? { done: 'takenDown' as const } : { ...refused(taken.error), note };
	}
};

async function save(
	user: Parameters<typeof draftNotice>[1],
	childId: Parameters<typeof draftNotice>[2],
	data: FormData,
	draft: NoticeDraft
): Promise<Result<EntryId, DecisionFault>> {
	return draftNotice(await theDecisionDesk(), user, childId, versionIn(data), draft);
}

function refused(fault: DecisionFault, form?: DraftForm) {
	return fail(fault.type === 'file_changed' ? 409 : 400, { fault, ...(form && { form }) });
}

function versionIn(data: FormData): number {
	const version = Number(data.get('version'));
	return Number.isSafeInteger(version) ? version : -1;
}
