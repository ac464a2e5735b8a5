import { expect, test } from 'vitest';
import { civilDate } from '#lib/domain/time.ts';
import { translator } from '#lib/messages/message.ts';
import { ageWords, monthsOld } from './age.ts';

const t = translator('zh-CN');
const today = civilDate('2026-11-22');

test('a birthday counts from its own day on', () => {
	expect(monthsOld(civilDate('2020-11-22'), today)).toBe(72);
	expect(monthsOld(civilDate('2020-11-23'), today)).toBe(71);
});

test('an exact birth gives an age, in months below two years', () => {
	expect(ageWords(civilDate('2020-11-22'), civilDate('2020-11-22'), today, t)).toBe('6 岁');
	expect(ageWords(civilDate('2026-03-22'), civilDate('2026-03-22'), today, t)).toBe('8 个月');
});

test('a range says about, or from and to', () => {
	expect(ageWords(civilDate('2022-01-01'), civilDate('2022-10-31'), today, t)).toBe('约 4 岁');
	expect(ageWords(civilDate('2018-01-01'), civilDate('2020-12-31'), today, t)).toBe('5–8 岁');
});

test('without a birth, or with one to come, the age is not known', () => {
	expect(ageWords(undefined, undefined, today, t)).toBe('年龄不详');
	expect(ageWords(civilDate('2026-01-01'), civilDate('2027-01-01'), today, t)).toBe('年龄不详');
});
