import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { civilDate } from '../time.ts';
import { fold } from './case-file.ts';
import { programsOwnRules } from './child-hold.ts';
import { childRow, dutiesOn } from './child-row.ts';
import { parseEntry } from './entry.ts';

it('a child whose birth date is known has its duties like any other', () => {
	const golden = new URL('../../../../tests/golden/entries/intake.recorded.1.json', import.meta.url);
	const parsed = parseEntry(JSON.parse(readFileSync(golden, 'utf8')));
	if (!parsed.ok) throw new Error('the golden intake is not there');
	const file = fold(parsed.value.entry.childId, [parsed.value]);
	const row = childRow(file, programsOwnRules);
	expect(row.birthEarliest).toBe('2021-09-01');
	const codes = dutiesOn(row, civilDate('2026-05-10'), 30).map(({ code }) => code);
	expect(codes).toEqual(expect.arrayContaining(['temp_proof', 'dna_sample', 'front_photo']));
});
