import { error } from '@sveltejs/kit';
import { decidesRules, readsRules } from '#lib/domain/disclosure/roles.ts';
import type { HoldOutline } from '#lib/domain/hold/hold-change.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import { holdStatusNames } from '#lib/messages/hold.ts';
import { translator, type Locale } from '#lib/messages/message.ts';
import { clockTitle, policyWords } from '#lib/messages/policies.ts';
import { listInstitutions } from '#lib/server/accounts/institutions.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import type { Session } from '#lib/server/db/connection.ts';
import type { ChangeLine } from '#lib/server/policies/files.ts';
import { signedIn } from '../desk.server.ts';

/** How many changed children a page lists; the command line lists all. */
export const listedChanges = 200;

/** Whoever may read the rules. */
export function rulesReader(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!readsRules.includes(user.role)) error(403, 'not_yours');
	return user;
}

/** Whoever may propose a file or put one in force. */
export function rulesDecider(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!decidesRules.includes(user.role)) error(403, 'not_yours');
	return user;
}

/** One child of a list of changes, in words. */
export interface ShownChange {
	readonly childId: ChildId;
	readonly caseNumber: string | null;
	readonly house: string;
	readonly before: string;
	readonly after: string;
	readonly clocks: readonly { readonly title: string; readonly before: string; readonly after: string }[];
}

/** Changes as a page lists them: days and states that become others first, then those that only become certain. */
export function shownChanges(
	changes: readonly Omit<ChangeLine, 'changedAt'>[],
	policies: readonly Policy[],
	houses: ReadonlyMap<InstitutionId, string>,
	locale: Locale
): readonly ShownChange[] {
	const t = translator(locale);
	const day = (side: { readonly lastDay?: string | undefined; readonly provisional: boolean }) =>
		side.lastDay === undefined
			? t(policyWords.noDate)
			: side.provisional
				? t(policyWords.dayProvisional, { date: side.lastDay })
				: side.lastDay;
	const outline = (side: HoldOutline) =>
		side.status === undefined
			? day(side)
			: t(policyWords.outline, { status: t(holdStatusNames[side.status]), day: day(side) });
	const moves = ({ before, after }: { readonly before: HoldOutline; readonly after: HoldOutline }) =>
		before.lastDay !== after.lastDay || before.status !== after.status || before.policyId !== after.policyId;
	const ordered = changes.toSorted((one, other) => Number(moves(other)) - Number(moves(one)));
	return ordered.map(({ childId, caseNumber, houseId, before, after, clocks }) => {
		const policy =
			policies.find(({ id }) => id === after.policyId) ?? policies.find(({ id }) => id === before.policyId);
		const otherPolicy = before.policyId !== after.policyId;
		const side = (each: HoldOutline) =>
			otherPolicy && each.policyId !== undefined
				? t(policyWords.outlineUnder, { policy: each.policyId, outline: outline(each) })
				: outline(each);
		return {
			childId,
			caseNumber,
			house: (houseId === null ? undefined : houses.get(houseId)) ?? '',
			before: side(before),
			after: side(after),
			clocks: clocks.map((clock) => ({
				title: clockTitle(clock.clock, policy, t),
				before: clock.before ? day(clock.before) : t(policyWords.notApplied),
				after: clock.after ? day(clock.after) : t(policyWords.notApplied)
			}))
		};
	});
}

/** Names of houses in the language of the page. */
export async function houseNames(session: Session, locale: Locale): Promise<ReadonlyMap<InstitutionId, string>> {
	const houses = await listInstitutions(session);
	return new Map(houses.map(({ id, name, nameEn }) => [id, locale === 'en' && nameEn !== '' ? nameEn : name]));
}
