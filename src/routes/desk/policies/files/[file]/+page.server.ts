import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import { decidesRules } from '#lib/domain/disclosure/roles.ts';
import { translator } from '#lib/messages/message.ts';
import { faultSentence, remarkSentence } from '#lib/messages/policies.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { activateFile, affectedBy, listFiles, rulesWithFile } from '#lib/server/policies/files.ts';
import { previewRules } from '#lib/server/policies/preview.ts';
import { rulesInForce } from '#lib/server/policies/rules-in-force.ts';
import { registryToday, wallTime } from '../../../desk.server.ts';
import { houseNames, listedChanges, rulesDecider, rulesReader, shownChanges } from '../../rules.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = rulesReader(locals, url);
	const id = fileOf(params);
	const t = translator(locals.locale);
	return theDatabase().inScope(
		scopeOf(user),
		async (session) => {
			const [file] = await listFiles(session, id);
			if (!file) error(404, 'file_unknown');
			const { rules, version, unreadable } = await rulesInForce(session);
			const houses = await houseNames(session, locals.locale);
			const head = {
				kind: file.kind,
				fingerprint: file.sha256,
				state: file.active ? 'active' : file.decidedAt === null ? 'proposed' : 'withdrawn',
				unreadable: unreadable.includes(id),
				loaded: { name: file.loadedByName, time: wallTime(file.loadedAt) },
				decided: file.decidedAt === null ? undefined : { name: file.decidedByName, time: wallTime(file.decidedAt) },
				decides: decidesRules.includes(user.role),
				own: file.loadedBy === user.id,
				version
			} as const;
			if (file.active) {
				const { changes, total } = await affectedBy(session, file.activation ?? 0, listedChanges);
				return { ...head, affected: { total, changes: shownChanges(changes, rules.policies, houses, locals.locale) } };
			}
			const checked = await rulesWithFile(session, id, { allowGaps: false });
			if (!checked?.ok) return { ...head, faults: (checked?.error.faults ?? []).map((each) => faultSentence(each, t)) };
			const after = checked.value.rules;
			const preview = await previewRules(session, rules, after, registryToday(), listedChanges);
			return {
				...head,
				preview: {
					children: preview.children,
					affected: preview.affected,
					remarks: checked.value.remarks.map((remark) =>
						remarkSentence(remark, [...after.policies, ...rules.policies], t)
					),
					changes: shownChanges(preview.changes, after.policies, houses, locals.locale)
				}
			};
		},
		{ statementTimeout: 60_000 }
	);
};

export const actions: Actions = {
	activate: async ({ locals, url, params, request }) => {
		const user = rulesDecider(locals, url);
		const version = (await request.formData()).get('version');
		const seenVersion = typeof version === 'string' ? version : '';
		const activated = await activateFile(
			theDatabase(),
			user,
			fileOf(params),
			{ road: 'desk', seenVersion },
			registryToday
		);
		if (!activated.ok) return fail(409, { fault: activated.error.type });
		return { activated: activated.value.affected };
	}
};

function fileOf(params: { readonly file: string }): string {
	const parsed = z.uuid().safeParse(params.file);
	if (!parsed.success) error(404, 'file_unknown');
	return parsed.data;
}
