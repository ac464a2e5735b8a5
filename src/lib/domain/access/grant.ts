import { grantsAccess, type Role } from '../disclosure/roles.ts';
import type { ChildId, GrantId, InstitutionId, StaffId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import { addYears, type CivilDate } from '../time.ts';
import type { Purpose } from './purpose.ts';

/*
 * Who may read a full file. Access by staff is approved by the one responsible and logged (未成年人网络保护条例 36).
 *
 *   of the house that has the child ─► a grant covers it ──► read, under that grant
 *                                   └► none does ──────────► read all the same, by duty: nobody who has a child in her
 *                                                             care stands before a locked door; the supervisor sees it
 *   anybody else ───────────────────► a grant covers it ──► read, under that grant
 *                                   └► none does ──────────► says why; the supervisor sees it
 *
 * Recording is never a reading: whoever may write about a child writes.
 */

/** Which files a grant is about. */
export type GrantScope =
	| { readonly kind: 'child'; readonly childId: ChildId }
	/** Every child that is with this house, or on its way there. */
	| { readonly kind: 'house'; readonly institutionId: InstitutionId }
	/** The registry's own: given by its officers alone. */
	| { readonly kind: 'every_house' };

export interface Grant {
	readonly id: GrantId;
	readonly staffId: StaffId;
	readonly scope: GrantScope;
	readonly purpose: Purpose;
	/** Both days included. */
	readonly from: CivilDate;
	readonly until: CivilDate;
	/** Undefined for a standing grant that came with the account. */
	readonly grantedBy: StaffId | undefined;
	/** It covers nothing from this day on. */
	readonly revokedOn: CivilDate | undefined;
}

export interface Reader {
	readonly id: StaffId;
	readonly role: Role;
	readonly institutionId: InstitutionId;
}

/** What of a child decides who may read its file. */
export interface ReadChild {
	readonly childId: ChildId;
	readonly custodian: InstitutionId | undefined;
	/** Houses a hand-over under way sends the child to: they have to prepare for it. */
	readonly arrivingAt: readonly InstitutionId[];
}

/** From which grant a file is read, and what for. */
export interface Permission {
	readonly grant: GrantId | 'duty';
	readonly purpose: Purpose;
}

/** No grant covers it: whoever opens the file all the same says why. `because` is the nearest miss, for the words. */
export interface ReasonNeeded {
	readonly type: 'reason_needed';
	readonly because: 'no_grant' | 'not_yet' | 'ended' | 'revoked' | 'other_purpose';
	readonly purpose: Purpose;
}

/**
 * May this person read the full file, and from which grant?
 *
 * @param purpose what the file is opened for; a grant for another purpose does not cover it (个人信息保护法 6)
 * @param grants the person's own; those of others and of other children are passed over
 * @param today the registry's civil day, or the day a tablet says it was read
 */
export function mayReadFull(
	reader: Reader,
	child: ReadChild,
	purpose: Purpose,
	grants: readonly Grant[],
	today: CivilDate
): Result<Permission, ReasonNeeded> {
	const about = grants.filter((grant) => grant.staffId === reader.id && covers(grant.scope, child));
	const fitting = about.filter((grant) => grant.purpose === purpose);
	// The narrowest first: a grant about this one child says more than one about a house.
	const standing = fitting.filter((grant) => isInForce(grant, today)).sort(byScope)[0];
	if (standing) return ok({ grant: standing.id, purpose });
	if (hasInCare(reader, child)) return ok({ grant: 'duty', purpose });
	return err({ type: 'reason_needed', because: nearestMiss(about, fitting, today), purpose });
}

export function isInForce({ from, until, revokedOn }: Grant, today: CivilDate): boolean {
	return from <= today && today <= until && (revokedOn === undefined || today < revokedOn);
}

/** Does the person belong to those who look after the child: the staff of the house that has it or awaits it? */
export function hasInCare(reader: Reader, { custodian, arrivingAt }: ReadChild): boolean {
	if (!caresForChildren.includes(reader.role)) return false;
	return reader.institutionId === custodian || arrivingAt.includes(reader.institutionId);
}

/** Administrators decide about children; they do not put them to bed. */
const caresForChildren: readonly Role[] = ['care_worker', 'supervisor'];

/** A grant that somebody means to give. */
export interface GrantWish {
	readonly to: Reader;
	readonly scope: GrantScope;
	readonly purpose: Purpose;
	readonly from: CivilDate;
	readonly until: CivilDate;
}

export type GrantFault =
	| { readonly type: 'not_yours_to_grant' }
	/** Another person approves what somebody reads. */
	| { readonly type: 'to_yourself' }
	| { readonly type: 'child_not_yours' }
	| { readonly type: 'until_before_from' }
	| { readonly type: 'until_passed' }
	| { readonly type: 'until_too_far'; readonly latest: CivilDate };

/** No grant lasts longer: once a year somebody looks at each. */
export const grantYearsMaximum = 1;

/**
 * May this person give this grant? A supervisor gives it about the own house and the children there, an officer of the
 * registry about any; nobody gives one to themselves.
 *
 * @param child of a grant about one child; undefined where the giver may not see it
 */
export function grantFault(
	giver: Reader,
	wish: GrantWish,
	child: ReadChild | undefined,
	today: CivilDate
): GrantFault | undefined {
	if (!grantsAccess.includes(giver.role)) return { type: 'not_yours_to_grant' };
	if (wish.to.id === giver.id) return { type: 'to_yourself' };
	if (!isAboutOwn(giver, wish.scope, child)) return { type: 'child_not_yours' };
	if (wish.until < wish.from) return { type: 'until_before_from' };
	if (wish.until < today) return { type: 'until_passed' };
	const latest = addYears(wish.from, grantYearsMaximum);
	return wish.until > latest ? { type: 'until_too_far', latest } : undefined;
}

function isAboutOwn(giver: Reader, scope: GrantScope, child: ReadChild | undefined): boolean {
	if (giver.role === 'registry_officer') return scope.kind !== 'child' || child !== undefined;
	switch (scope.kind) {
		case 'child':
			return child?.custodian === giver.institutionId;
		case 'house':
			return scope.institutionId === giver.institutionId;
		case 'every_house':
			return false;
	}
}

function covers(scope: GrantScope, { childId, custodian, arrivingAt }: ReadChild): boolean {
	switch (scope.kind) {
		case 'child':
			return scope.childId === childId;
		case 'house':
			return scope.institutionId === custodian || arrivingAt.includes(scope.institutionId);
		case 'every_house':
			return true;
	}
}

const breadth = { child: 0, house: 1, every_house: 2 } as const;

function byScope(a: Grant, b: Grant): number {
	return breadth[a.scope.kind] - breadth[b.scope.kind] || (a.until < b.until ? 1 : a.until > b.until ? -1 : 0);
}

function nearestMiss(about: readonly Grant[], fitting: readonly Grant[], today: CivilDate): ReasonNeeded['because'] {
	if (fitting.some(({ revokedOn }) => revokedOn !== undefined && revokedOn <= today)) return 'revoked';
	if (fitting.some(({ until }) => until < today)) return 'ended';
	if (fitting.length > 0) return 'not_yet';
	return about.some((grant) => isInForce(grant, today)) ? 'other_purpose' : 'no_grant';
}
