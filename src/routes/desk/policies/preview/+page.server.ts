import { fail, redirect } from '@sveltejs/kit';
import { decidesRules } from '#lib/domain/disclosure/roles.ts';
import { translator } from '#lib/messages/message.ts';
import { faultSentence, remarkSentence } from '#lib/messages/policies.ts';
import { writeAudit } from '#lib/server/audit/audit.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { checkText, fileBytesMaximum } from '#lib/server/policies/check.ts';
import { proposeFile } from '#lib/server/policies/files.ts';
import { fileKinds, type FileKind } from '#lib/server/policies/kinds.ts';
import { previewRules } from '#lib/server/policies/preview.ts';
import { rulesInForce } from '#lib/server/policies/rules-in-force.ts';
import { registryToday } from '../../desk.server.ts';
import { houseNames, listedChanges, rulesDecider, rulesReader, shownChanges } from '../rules.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const user = rulesReader(locals, url);
	return { decides: decidesRules.includes(user.role), kilobytes: Math.floor(fileBytesMaximum / 1_000) };
};

export const actions: Actions = {
	preview: async ({ locals, url, request }) => {
		const user = rulesReader(locals, url);
		const t = translator(locals.locale);
		const form = await request.formData();
		const kind = kindOf(form.get('kind'));
		if (!kind) return fail(400, { missing: 'kind' } as const);
		const upload = form.get('file');
		if (!(upload instanceof File) || upload.size === 0) return fail(400, { kind, missing: 'file' } as const);
		const tooLarge = upload.size > fileBytesMaximum;
		const text = tooLarge ? ' '.repeat(fileBytesMaximum + 1) : await upload.text();
		return theDatabase().inScope(
			scopeOf(user),
			async (session) => {
				const { rules } = await rulesInForce(session);
				const checked = checkText(kind, text, rules);
				if (!checked.ok)
					return fail(400, { kind, faults: checked.error.faults.map((fault) => faultSentence(fault, t)) });
				const after = checked.value.rules;
				const preview = await previewRules(session, rules, after, registryToday(), listedChanges);
				await writeAudit(session, {
					institutionId: user.institutionId,
					userId: user.id,
					action: 'rules.previewed',
					details: { kind, affected: preview.affected }
				});
				const tried = {
					text,
					remarks: checked.value.remarks.map((remark) =>
						remarkSentence(remark, [...after.policies, ...rules.policies], t)
					),
					children: preview.children,
					affected: preview.affected,
					changes: shownChanges(
						preview.changes,
						after.policies,
						await houseNames(session, locals.locale),
						locals.locale
					)
				};
				return { kind, tried };
			},
			{ statementTimeout: 60_000 }
		);
	},

	propose: async ({ locals, url, request }) => {
		const user = rulesDecider(locals, url);
		const t = translator(locals.locale);
		const form = await request.formData();
		const kind = kindOf(form.get('kind'));
		const text = form.get('text');
		if (!kind || typeof text !== 'string') return fail(400, { missing: 'file' } as const);
		const proposed = await theDatabase().inScope(scopeOf(user), async (session) => {
			const { rules } = await rulesInForce(session);
			const checked = checkText(kind, text, rules);
			return checked.ok ? { id: await proposeFile(session, user, checked.value) } : checked.error;
		});
		if ('faults' in proposed)
			return fail(400, { kind, faults: proposed.faults.map((fault) => faultSentence(fault, t)) });
		redirect(303, `/desk/policies/files/${proposed.id}`);
	}
};

function kindOf(value: FormDataEntryValue | null): FileKind | undefined {
	return fileKinds.find((kind) => kind === value);
}
