import { error, fail } from '@sveltejs/kit';
import type { GrantFault, GrantScope } from '#lib/domain/access/grant.ts';
import { purposeSchema } from '#lib/domain/access/purpose.ts';
import { grantsAccess } from '#lib/domain/disclosure/roles.ts';
import { grantIdSchema, institutionIdSchema, readingIdSchema, staffIdSchema } from '#lib/domain/ids.ts';
import { addDays, parseCivilDate } from '#lib/domain/time.ts';
import {
	childByNumber,
	giveGrant,
	granteeById,
	granteeByLogin,
	listGrants,
	renewStanding,
	revokeGrant,
	standingEnds
} from '#lib/server/access/grants.ts';
import { checkReading, listReadings } from '#lib/server/access/readings.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import { listPeople } from '#lib/server/accounts/people.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { registryToday, signedIn, wallTime } from '../desk.server.ts';
import { readGrantForm, type GrantForm, type GrantFormFault } from './grant-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

const grantsShown = 500;
const readingsShown = 50;
/** A standing grant is renewed from so many days before its end. */
const renewedBefore = 60;

export const load: PageServerLoad = async ({ locals, url }) => {
	const user = signedIn(locals, url);
	const today = registryToday();
	const gives = grantsAccess.includes(user.role);
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const lines = await listGrants(session, { since: today }, grantsShown);
		const houses = (await listInstitutions(session)).filter(({ kind }) => kind !== 'registry' && kind !== 'police');
		const uncovered = gives
			? await listReadings(session, { unchecked: user.institutionId, notBy: user.id }, readingsShown)
			: [];
		const before = addDays(today, renewedBefore);
		return {
			gives,
			everyHouse: scopeOf(user).kind === 'registry',
			today,
			grantsShown,
			lines: lines.map(({ grant, ...line }) => ({
				...line,
				id: grant.id,
				purpose: grant.purpose,
				scope: grant.scope.kind,
				own: grant.scope.kind === 'house' && grant.scope.institutionId === user.institutionId,
				from: grant.from > today ? grant.from : undefined,
				until: grant.until,
				standing: grant.grantedBy === undefined,
				revocable: line.revocable && gives
			})),
			before,
			ends: gives && user.role === 'supervisor' ? await standingEnds(session, user.institutionId, before) : [],
			people: gives
				? (await listPeople(session))
						.filter(({ id }) => id !== user.id)
						.map(({ id, name, role, institutionName }) => ({
							id,
							name,
							role,
							institutionName
						}))
				: [],
			houses: houses.map(({ id, name }) => ({ id, name })),
			uncovered: uncovered.map((line) => ({ ...line, at: wallTime(line.at), receivedAt: wallTime(line.receivedAt) }))
		};
	});
};

export const actions: Actions = {
	grant: async ({ locals, url, request }) => {
		// Rights before any look-up: the form knows the sign-ins of every house.
		const user = giver(locals, url);
		const { form, faults, wish } = readGrantForm(await request.formData());
		if (!wish) return fail(400, { form, faults });
		const given = await give(user, wish);
		return given.type === 'given'
			? { done: 'given' as const }
			: fail(400, { form, faults: [{ field: given.field, because: given.because }] });
	},
	revoke: async ({ locals, url, request }) => {
		const user = giver(locals, url);
		const id = grantIdSchema.safeParse((await request.formData()).get('grant'));
		const revoked =
			id.success &&
			(await theDatabase().inScope(scopeOf(user), (session) => revokeGrant(session, user, id.data, registryToday())));
		return revoked ? { done: 'revoked' as const } : fail(400, { fault: 'grantGone' as const });
	},
	renew: async ({ locals, url }) => {
		const user = giver(locals, url);
		const today = registryToday();
		const renewed = await theDatabase().inScope(scopeOf(user), (session) =>
			renewStanding(session, user, user.institutionId, addDays(today, renewedBefore), today)
		);
		if (renewed === undefined) error(403, 'not_yours');
		return { done: 'renewed' as const, count: renewed };
	},
	check: async ({ locals, url, request }) => {
		const user = giver(locals, url);
		const id = readingIdSchema.safeParse((await request.formData()).get('reading'));
		if (id.success) await theDatabase().inScope(scopeOf(user), (session) => checkReading(session, user, id.data));
		return { done: 'checkedDone' as const };
	}
};

function giver(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!grantsAccess.includes(user.role)) error(403, 'not_yours');
	return user;
}

type Given =
	| { readonly type: 'given' }
	| {
			readonly type: 'refused';
			readonly field: GrantFormFault['field'];
			readonly because: GrantFault | GrantFormFault['because'];
	  };

async function give(user: SignedInUser, wish: GrantForm): Promise<Given> {
	const database = theDatabase();
	const refused = (field: GrantFormFault['field'], because: GrantFault | GrantFormFault['because']): Given => ({
		type: 'refused',
		field,
		because
	});
	const elsewhere = wish.login === '' ? undefined : await granteeByLogin(database, wish.login);
	const until = parseCivilDate(wish.until);
	const purpose = purposeSchema.safeParse(wish.purpose);
	const staffId = staffIdSchema.safeParse(wish.staff);
	const house = institutionIdSchema.safeParse(wish.house);
	return database.inScope(scopeOf(user), async (session): Promise<Given> => {
		const to = elsewhere ?? (staffId.success ? await granteeById(session, staffId.data) : undefined);
		if (!to) return refused(wish.login === '' ? 'staff' : 'login', 'person_unknown');
		if (!purpose.success) return refused('purpose', 'purposeMissing');
		if (!until.ok) return refused('until', 'untilWrong');
		let scope: GrantScope;
		if (wish.about === 'child') {
			const child = await childByNumber(session, wish.caseNumber);
			if (child.type !== 'found') return refused('caseNumber', child.type);
			scope = { kind: 'child', childId: child.childId };
		} else if (wish.about === 'every_house') scope = { kind: 'every_house' };
		else if (scopeOf(user).kind === 'institution') scope = { kind: 'house', institutionId: user.institutionId };
		else if (house.success) scope = { kind: 'house', institutionId: house.data };
		else return refused('about', 'aboutMissing');
		const given = await giveGrant(
			session,
			user,
			{ to, scope, purpose: purpose.data, until: until.value },
			registryToday()
		);
		return given.ok ? { type: 'given' } : refused(fieldOf(given.error), given.error);
	});
}

function fieldOf(fault: GrantFault): GrantFormFault['field'] {
	switch (fault.type) {
		case 'not_yours_to_grant':
		case 'to_yourself':
			return 'staff';
		case 'child_not_yours':
			return 'about';
		case 'until_before_from':
		case 'until_passed':
		case 'until_too_far':
			return 'until';
	}
}
