import { error } from '@sveltejs/kit';
import { isOverlay } from '#lib/domain/hold/policy.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { rulesInForce } from '#lib/server/policies/rules-in-force.ts';
import { rulesReader } from '../rules.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = rulesReader(locals, url);
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const { rules } = await rulesInForce(session);
		const policy = rules.policies.find(({ id }) => id === params.policy);
		if (!policy) error(404, 'policy_unknown');
		const overlay = rules.policyFile.policies.filter(isOverlay).find(({ id }) => id === policy.id);
		const base = overlay && rules.policies.find(({ id }) => id === overlay.overlayOf);
		// Of an overlay its own rules; the others are the base's.
		const own = new Set([...(overlay?.clocks ?? []), ...(overlay?.conditions ?? [])].map(({ id }) => id));
		return {
			policy,
			base: base && { id: base.id, title: base.title },
			clocks: overlay ? policy.clocks.filter(({ id }) => own.has(id)) : policy.clocks,
			conditions: overlay ? policy.conditions.filter(({ id }) => own.has(id)) : policy.conditions
		};
	});
};
