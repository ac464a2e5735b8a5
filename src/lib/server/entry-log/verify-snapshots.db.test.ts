import { describe, expect, test } from 'vitest';
import { caseOffice, type CaseOffice } from '../../../../tests/support/case-office.ts';
import { certifiedChild } from '../../../../tests/support/leaving-story.ts';
import { childId } from '../../../../tests/support/notice-story.ts';
import { decisionsOf } from '#lib/domain/case-file/case-file.ts';
import { reviewsOfSnapshot, snapshotTyped, verifySnapshots } from './verify-snapshots.ts';

/** A child whom two reviewers agreed on. */
async function reviewed() {
	const told = certifiedChild();
	const [opened] = decisionsOf(told.story.caseFile, 'review.opened');
	const [signed] = decisionsOf(told.story.caseFile, 'review.signed');
	if (!opened || !signed) throw new Error('no review');
	return { place: await caseOffice(told.story.entries, told.today), opened, signed };
}

/** As somebody with the owner's password, who would make the chains anew afterwards. */
async function changed(place: CaseOffice, sql: string): Promise<void> {
	await place.database.asOwner(
		async (session) => {
			await session.query('ALTER TABLE entries DISABLE TRIGGER append_only');
			const { rowCount } = await session.query(sql);
			await session.query('ALTER TABLE entries ENABLE ALWAYS TRIGGER append_only');
			expect(rowCount).toBeGreaterThan(0);
		},
		{ scope: { kind: 'registry' } }
	);
}

describe('verify', () => {
	test('finds that the evidence of every review gives the snapshot both reviewers signed', async () => {
		const { place } = await reviewed();
		expect(await verifySnapshots(place.database)).toEqual({ reviews: 1, broken: [] });
	});

	test('names the review whose evidence was changed afterwards', async () => {
		const { place, opened } = await reviewed();
		await changed(
			place,
			`UPDATE entries SET body = replace(body, '云公查〔2025〕3号', '云公查〔2025〕8号') WHERE type = 'review.opened'`
		);
		expect(await verifySnapshots(place.database)).toEqual({
			reviews: 1,
			broken: [{ childId, entryId: opened.id, problem: 'evidence_changed' }]
		});
		expect(await reviewsOfSnapshot(place.database, opened.payload.snapshot)).toEqual([
			expect.objectContaining({ entryId: opened.id, recomputed: expect.not.stringMatching(opened.payload.snapshot) })
		]);
	});

	test('names whoever is made to have signed another snapshot, and text that is no entry any more', async () => {
		const { place, opened, signed } = await reviewed();
		const other = 'f'.repeat(64);
		await changed(
			place,
			`UPDATE entries SET body = replace(body, '${opened.payload.snapshot}', '${other}') WHERE id = '${signed.id}'`
		);
		expect((await verifySnapshots(place.database)).broken).toEqual([
			{ childId, entryId: signed.id, problem: 'signed_otherwise' }
		]);
		await changed(place, `UPDATE entries SET body = 'x' WHERE id = '${opened.id}'`);
		expect((await verifySnapshots(place.database)).broken).toContainEqual({
			...{ childId, entryId: opened.id },
			problem: 'unreadable'
		});
	});

	test('finds a review by what is printed at the foot of its sheet', async () => {
		const { place, opened } = await reviewed();
		const printed = opened.payload.snapshot
			.slice(0, 16)
			.toUpperCase()
			.replaceAll(/(.{4})/g, '$1 ');
		const start = snapshotTyped(printed);
		expect(await reviewsOfSnapshot(place.database, start ?? '')).toEqual([
			{
				...{ childId, entryId: opened.id, openedOn: opened.occurredOn },
				...{ snapshot: opened.payload.snapshot, recomputed: opened.payload.snapshot }
			}
		]);
		expect(await reviewsOfSnapshot(place.database, 'f'.repeat(64))).toEqual([]);
	});
});

test.each([
	['ab12 cd34 ef56 7890', 'ab12cd34ef567890'],
	['AB12-CD34-EF56-7890', 'ab12cd34ef567890'],
	['ab12 cd34', undefined],
	['not a snapshot at all', undefined],
	['a'.repeat(65), undefined]
])('a snapshot typed off a sheet: %s', (typed, read) => {
	expect(snapshotTyped(typed)).toBe(read);
});
