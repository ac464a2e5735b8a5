import { gapsIn } from '#lib/domain/hold/file-check.ts';
import { decidesRules } from '#lib/domain/disclosure/roles.ts';
import { defaultPolicyId } from '#lib/domain/hold/policy.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { childrenByPolicy, listFiles, provisionalHolds } from '#lib/server/policies/files.ts';
import { rulesInForce } from '#lib/server/policies/rules-in-force.ts';
import { wallTime } from '../desk.server.ts';
import { houseNames, rulesReader } from './rules.server.ts';
import type { PageServerLoad } from './$types';

const listedChildren = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = rulesReader(locals, url);
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const { rules, version, unreadable } = await rulesInForce(session);
		const files = await listFiles(session);
		const provisional = await provisionalHolds(session, listedChildren);
		const under = await childrenByPolicy(session);
		const houses = await houseNames(session, locals.locale);
		const { years } = rules.chinaRestDays;
		const country = rules.policies.find(({ id }) => id === defaultPolicyId)?.jurisdiction ?? '';
		return {
			version,
			decides: decidesRules.includes(user.role),
			everyHouse: scopeOf(user).kind === 'registry',
			policies: rules.policies.map(({ id, title, jurisdiction, effectiveFrom, overlayOf }) => ({
				id,
				title,
				jurisdiction,
				effectiveFrom,
				overlayOf,
				children: under.get(id) ?? 0,
				ours: jurisdiction === country || jurisdiction.startsWith(`${country}-`)
			})),
			restDays: { first: years[0], last: years.at(-1), missing: gapsIn(years), next: (years.at(-1) ?? 0) + 1 },
			provisional: {
				total: provisional.total,
				children: provisional.children.map((child) => ({
					...child,
					house: (child.houseId === null ? undefined : houses.get(child.houseId)) ?? ''
				}))
			},
			files: files.map(({ id, kind, sha256, active, loadedAt, loadedByName, decidedAt, decidedByName }) => ({
				id,
				kind,
				fingerprint: sha256.slice(0, 8),
				state: active ? ('active' as const) : decidedAt === null ? ('proposed' as const) : ('withdrawn' as const),
				unreadable: unreadable.includes(id),
				loaded: { name: loadedByName, time: wallTime(loadedAt) },
				decided: decidedAt === null ? undefined : { name: decidedByName, time: wallTime(decidedAt) }
			}))
		} as const;
	});
};
