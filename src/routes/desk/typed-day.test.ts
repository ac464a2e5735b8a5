import { expect, test } from 'vitest';
import { typedDay } from './typed-day.server.ts';

test.each(['2026-03-24', '2026.3.24', '2026/3/24', '2026年3月24日', '20260324', ' ２０２６－０３－２４ '])(
	'%s is the 24th of March 2026',
	(text) => {
		expect(typedDay(text)).toEqual({ state: 'good', date: '2026-03-24' });
	}
);

test('a day the calendar does not have is told from what cannot be read', () => {
	expect(typedDay('2025-02-29')).toEqual({ state: 'wrong', because: 'day' });
	expect(typedDay('2026-13-01')).toEqual({ state: 'wrong', because: 'day' });
	expect(typedDay('24.3.2026')).toEqual({ state: 'wrong', because: 'form' });
	expect(typedDay('三月二十四')).toEqual({ state: 'wrong', because: 'form' });
	expect(typedDay('26-03-24')).toEqual({ state: 'wrong', because: 'form' });
	expect(typedDay('  ')).toEqual({ state: 'empty' });
});
