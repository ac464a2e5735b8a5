import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readyForReview } from '../../../../tests/support/review-story.ts';
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

it('a child whom families claim says since when, until the last of the claims is decided', () => {
	const story = readyForReview();
	expect(childRow(story.caseFile, programsOwnRules).claimedSince).toBeUndefined();
	const first = story.openClaim(1, '2025-03-06');
	const second = story.openClaim(2, '2025-03-04');
	expect(childRow(story.caseFile, programsOwnRules).claimedSince).toBe('2025-03-04');
	story.closeClaim(2, second, 'refused');
	expect(childRow(story.caseFile, programsOwnRules).claimedSince).toBe('2025-03-06');
	story.closeClaim(1, first, 'refused');
	expect(childRow(story.caseFile, programsOwnRules).claimedSince).toBeUndefined();
});
