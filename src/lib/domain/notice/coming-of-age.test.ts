import { expect, test } from 'vitest';
import { registeredChild } from '../../../../tests/support/notice-story.ts';
import type { Birth } from '../intake/fields.ts';
import { civilDate } from '../time.ts';
import { comesOfAgeOn } from './coming-of-age.ts';

const adult = { ages: { adult: { years: 18, basis: { certainty: 'verified', source: '民法典 17' } } } } as const;

function bornAs(birth: Birth) {
	const story = registeredChild();
	story.tell('intake.recorded', { answers: { birth: { state: 'known', value: birth } } });
	return story;
}

test('an exact birth date counts from its day, the day itself included', () => {
	const { caseFile } = bornAs({ precision: 'exact', date: civilDate('2008-11-22') });
	expect(comesOfAgeOn(caseFile, adult)).toBe('2026-11-22');
});

test('an estimated birth date counts from its latest day: the child may be younger than it looks', () => {
	const { caseFile } = bornAs({
		precision: 'range',
		earliest: civilDate('2006-01-01'),
		latest: civilDate('2008-12-31')
	});
	expect(comesOfAgeOn(caseFile, adult)).toBe('2026-12-31');
});

test('without a birth date, or with two that contradict each other, nobody comes of age', () => {
	expect(comesOfAgeOn(registeredChild().caseFile, adult)).toBeUndefined();
	const disputed = bornAs({ precision: 'exact', date: civilDate('2000-01-01') });
	disputed.tell('intake.recorded', {
		answers: { birth: { state: 'known', value: { precision: 'exact', date: civilDate('2012-01-01') } } }
	});
	expect(comesOfAgeOn(disputed.caseFile, adult)).toBeUndefined();
});

test('a policy without an age of majority lets nobody come of age', () => {
	const { caseFile } = bornAs({ precision: 'exact', date: civilDate('1990-01-01') });
	expect(comesOfAgeOn(caseFile, {})).toBeUndefined();
});
