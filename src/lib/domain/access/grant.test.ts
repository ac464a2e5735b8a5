import { describe, expect, test } from 'vitest';
import type { Role } from '../disclosure/roles.ts';
import type { ChildId, GrantId, InstitutionId, StaffId } from '../ids.ts';
import { civilDate } from '../time.ts';
import { grantFault, mayReadFull, type Grant, type GrantWish, type ReadChild, type Reader } from './grant.ts';
import type { Purpose } from './purpose.ts';

const house = '00000000-0000-7000-8000-00000000a001' as InstitutionId;
const elsewhere = '00000000-0000-7000-8000-00000000a002' as InstitutionId;
const registry = '00000000-0000-7000-8000-00000000a003' as InstitutionId;
const childId = '00000000-0000-7000-8000-00000000c001' as ChildId;
const child: ReadChild = { childId, custodian: house, arrivingAt: [] };
const today = civilDate('2026-11-27');

const reader = (role: Role, institutionId: InstitutionId = house): Reader => ({
	id: '00000000-0000-7000-8000-000000000001' as StaffId,
	role,
	institutionId
});
const grant = (given: Partial<Grant> = {}): Grant => ({
	id: '00000000-0000-7000-8000-00000000b001' as GrantId,
	staffId: reader('auditor').id,
	scope: { kind: 'house', institutionId: house },
	purpose: 'review',
	from: civilDate('2026-01-01'),
	until: civilDate('2026-12-31'),
	grantedBy: undefined,
	revokedOn: undefined,
	...given
});
const asked = (who: Reader, grants: readonly Grant[], purpose: Purpose = 'review', about = child, on = today) =>
	mayReadFull(who, about, purpose, grants, on);

describe('those who have the child in care', () => {
	test.each<Role>(['care_worker', 'supervisor'])('a %s never meets a locked door, grant or none', (role) => {
		expect(asked(reader(role), [], 'care')).toEqual({ ok: true, value: { grant: 'duty', purpose: 'care' } });
		const ended = grant({ purpose: 'care', until: civilDate('2026-11-26') });
		expect(asked(reader(role), [ended], 'care')).toMatchObject({ ok: true, value: { grant: 'duty' } });
	});

	test('a standing grant in force is what they read from', () => {
		const care = grant({ purpose: 'care' });
		expect(asked(reader('care_worker'), [care], 'care')).toEqual({
			ok: true,
			value: { grant: care.id, purpose: 'care' }
		});
	});

	test('the house a child is on its way to reads before it arrives', () => {
		const onTheWay = { ...child, arrivingAt: [elsewhere] };
		expect(asked(reader('care_worker', elsewhere), [], 'handover', onTheWay).ok).toBe(true);
		expect(asked(reader('care_worker', elsewhere), [], 'handover').ok).toBe(false);
	});

	test('a house the child has left has it in care no more', () => {
		const left = { ...child, custodian: elsewhere };
		expect(asked(reader('care_worker'), [grant({ purpose: 'care' })], 'care', left)).toMatchObject({
			ok: false,
			error: { because: 'no_grant' }
		});
	});
});

describe('everybody else', () => {
	test.each<[Role, InstitutionId]>([
		['second_administrator', house],
		['second_administrator', elsewhere],
		['registry_officer', registry],
		['police_liaison', registry],
		['auditor', registry],
		['supervisor', elsewhere]
	])('a %s reads under a grant, and without one says why', (role, institutionId) => {
		const who = reader(role, institutionId);
		expect(asked(who, [grant()])).toEqual({ ok: true, value: { grant: grant().id, purpose: 'review' } });
		expect(asked(who, [])).toEqual({
			ok: false,
			error: { type: 'reason_needed', because: 'no_grant', purpose: 'review' }
		});
	});

	test.each<[string, Partial<Grant>, string]>([
		['is over', { until: civilDate('2026-11-26') }, 'ended'],
		['has not begun', { from: civilDate('2026-11-28') }, 'not_yet'],
		['was revoked this day', { revokedOn: today }, 'revoked'],
		['is for another purpose', { purpose: 'audit' }, 'other_purpose'],
		['is somebody else’s', { staffId: '00000000-0000-7000-8000-000000000002' as StaffId }, 'no_grant'],
		['is about another child', { scope: { kind: 'child', childId: house as string as ChildId } }, 'no_grant'],
		['is about another house', { scope: { kind: 'house', institutionId: elsewhere } }, 'no_grant']
	])('a grant that %s covers nothing, and the person learns which', (_, given, because) => {
		expect(asked(reader('registry_officer', registry), [grant(given)])).toMatchObject({
			ok: false,
			error: { because }
		});
	});

	test.each([
		['the first day', '2026-01-01', true],
		['the last day', '2026-12-31', true],
		['the day after', '2027-01-01', false]
	])('%s of a grant', (_, day, covered) => {
		expect(asked(reader('auditor', registry), [grant()], 'review', child, civilDate(day)).ok).toBe(covered);
	});

	test('what was read before a grant was revoked stays read under it', () => {
		const revoked = grant({ revokedOn: civilDate('2026-11-27') });
		expect(asked(reader('auditor', registry), [revoked], 'review', child, civilDate('2026-11-26')).ok).toBe(true);
	});

	test('the narrowest grant is named', () => {
		const narrow = grant({ id: childId as string as GrantId, scope: { kind: 'child', childId } });
		const all = grant({ id: house as string as GrantId, scope: { kind: 'every_house' } });
		expect(asked(reader('auditor', registry), [all, grant(), narrow])).toMatchObject({ value: { grant: narrow.id } });
	});
});

describe('giving a grant', () => {
	const other = { ...reader('auditor', registry), id: '00000000-0000-7000-8000-000000000009' as StaffId };
	const wish = (given: Partial<GrantWish> = {}): GrantWish => ({
		to: other,
		scope: { kind: 'house', institutionId: house },
		purpose: 'audit',
		from: today,
		until: civilDate('2027-01-31'),
		...given
	});
	const oneChild = { scope: { kind: 'child', childId } } as const;

	test('a supervisor gives it about the own house and the children there', () => {
		expect(grantFault(reader('supervisor'), wish(), undefined, today)).toBeUndefined();
		expect(grantFault(reader('supervisor'), wish(oneChild), child, today)).toBeUndefined();
	});

	test('an officer of the registry gives it about every house', () => {
		const officer = reader('registry_officer', registry);
		expect(grantFault(officer, wish({ scope: { kind: 'every_house' } }), undefined, today)).toBeUndefined();
		expect(grantFault(officer, wish(oneChild), child, today)).toBeUndefined();
	});

	test.each<[string, Reader, Partial<GrantWish>, ReadChild | undefined, string]>([
		['by a care worker', reader('care_worker'), {}, undefined, 'not_yours_to_grant'],
		['by an auditor', reader('auditor', registry), {}, undefined, 'not_yours_to_grant'],
		['to oneself', reader('supervisor'), { to: reader('supervisor') }, undefined, 'to_yourself'],
		['about another house', reader('supervisor', elsewhere), {}, undefined, 'child_not_yours'],
		[
			'about every house by a supervisor',
			reader('supervisor'),
			{ scope: { kind: 'every_house' } },
			undefined,
			'child_not_yours'
		],
		['about a child elsewhere', reader('supervisor', elsewhere), oneChild, child, 'child_not_yours'],
		['about a child nobody sees', reader('registry_officer', registry), oneChild, undefined, 'child_not_yours'],
		[
			'that ends before it begins',
			reader('supervisor'),
			{ until: civilDate('2026-11-26') },
			undefined,
			'until_before_from'
		],
		[
			'that is over already',
			reader('supervisor'),
			{ from: civilDate('2026-10-01'), until: civilDate('2026-11-26') },
			undefined,
			'until_passed'
		]
	])('%s is refused', (_, giver, given, about, type) => {
		expect(grantFault(giver, wish(given), about, today)).toMatchObject({ type });
	});

	test('a grant of more than a year is refused with the latest day', () => {
		expect(
			grantFault(reader('supervisor'), wish({ until: civilDate('2027-11-27') }), undefined, today)
		).toBeUndefined();
		expect(grantFault(reader('supervisor'), wish({ until: civilDate('2027-11-28') }), undefined, today)).toEqual({
			type: 'until_too_far',
			latest: '2027-11-27'
		});
	});
});
