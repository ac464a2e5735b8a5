import { expect, test } from 'vitest';
import { inventedRoster } from '#lib/client/state/memory-children.ts';
import { memoryRow } from '#lib/client/state/memory-row.ts';
import { createMemoryVault, entriesOf, type MemoryVault } from '#lib/client/state/memory-vault.ts';
import { OpenChild } from '#lib/client/state/open-child.svelte.ts';
import { Tablet } from '#lib/client/state/tablet.svelte.ts';
import { conflicts, knownValue } from '#lib/domain/case-file/case-file.ts';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { noRestDays } from '#lib/domain/hold/rest-days.ts';
import { childIdSchema, type StaffId } from '#lib/domain/ids.ts';
import type { Answers } from '#lib/domain/intake/fields.ts';
import { civilDate } from '#lib/domain/time.ts';
import { Settling, sideKey } from './settling.svelte.ts';

const childId = childIdSchema.parse('018f0000-0000-7000-8000-0000000000f1');
const today = civilDate('2026-11-22');
const [li, wang] = inventedRoster.staff.map(({ id }) => id) as [StaffId, StaffId];

/** Two people said different things of the features and of the day of the hand-over. */
async function disputed(): Promise<{ vault: MemoryVault; child: OpenChild; settling: Settling }> {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('policy missing');
	const vault = createMemoryVault({
		now: () => Date.parse('2026-11-22T01:14:00Z'),
		random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
		roster: inventedRoster,
		rowOf: (file) => memoryRow(file, today, policy.value, noRestDays, inventedRoster),
		passphrase: 'deng deng deng deng deng',
		pin: '135790',
		badge: ''
	});
	const say = (answers: Answers, staffId: StaffId, at: string) =>
		vault.invent([{ type: 'intake.recorded', childId, occurredOn: today, replaces: [], payload: { answers } }], {
			staffId,
			at
		});
	const known = <V>(value: V) => ({ state: 'known' as const, value });
	await say({ features: known('右手烫伤'), handoverDate: known(civilDate('2026-03-01')) }, li, '2026-11-20T01:00:00Z');
	await say(
		{ features: known('门牙缺一颗'), handoverDate: known(civilDate('2026-03-02')) },
		wang,
		'2026-11-21T01:00:00Z'
	);
	const tablet = new Tablet({
		vault,
		preparePhoto: () => Promise.reject(new Error('no photos in this test')),
		now: () => Date.parse('2026-11-22T01:14:00Z'),
		random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
		timeZone: 'Asia/Shanghai'
	});
	await tablet.start();
	const child = new OpenChild(tablet, childId);
	await child.load();
	return { vault, child, settling: new Settling(child, () => undefined) };
}

test('nothing is chosen for anybody, and saving then writes nothing', async () => {
	const { child, settling } = await disputed();
	const before = child.entriesNewestFirst.length;
	expect(settling.conflicts.map(({ key }) => key)).toEqual(['handoverDate', 'features']);
	expect(await settling.save()).toBeUndefined();
	expect(child.entriesNewestFirst).toHaveLength(before);
});

test('what is chosen is one more entry that replaces every side, with the reason beside it; the rest stays open', async () => {
	const { child, settling } = await disputed();
	const [date] = settling.conflicts;
	const second = date?.sides[1];
	if (!date || !second) throw new Error('no dispute');
	settling.chosen.handoverDate = sideKey(second);
	settling.why.handoverDate = ' 看过移送书原件 ';
	expect(await settling.save()).toMatchObject({ ok: true, value: { fields: 1 } });
	expect(knownValue(child.file, 'handoverDate')).toBe('2026-03-02');
	expect(conflicts(child.file)).toEqual(['features']);
	const said = entriesOf(child.entriesNewestFirst, 'intake.recorded').find(({ replaces }) => replaces.length > 0);
	expect(said?.replaces).toHaveLength(2);
	const [reason] = entriesOf(child.entriesNewestFirst, 'remark.recorded');
	expect(reason?.payload.remark).toMatchObject({ kind: 'because', field: 'handoverDate', words: '看过移送书原件' });
	expect(settling.chosen.handoverDate).toBeUndefined();
});

test('both are kept where the field can hold both, and never of a day', async () => {
	const { child, settling } = await disputed();
	settling.chosen.features = 'both';
	settling.chosen.handoverDate = 'both';
	expect(await settling.save()).toMatchObject({ ok: true, value: { fields: 1 } });
	expect(knownValue(child.file, 'features')).toBe('右手烫伤；门牙缺一颗');
	expect(conflicts(child.file)).toEqual(['handoverDate']);
});

test('a side that somebody replaced meanwhile is not chosen any more', async () => {
	const { vault, child, settling } = await disputed();
	const side = settling.conflicts.find(({ key }) => key === 'features')?.sides[0];
	if (!side) throw new Error('no dispute');
	settling.chosen.features = sideKey(side);
	await vault.invent(
		[
			{
				type: 'intake.recorded',
				childId,
				occurredOn: today,
				replaces: side.versions.map(({ entryId }) => entryId),
				payload: { answers: { features: { state: 'known', value: '左手烫伤' } } }
			}
		],
		{ staffId: wang, at: '2026-11-22T01:00:00Z' }
	);
	await child.load();
	expect(await settling.save()).toBeUndefined();
	expect(conflicts(child.file)).toContain('features');
});

test('a question is left about what is not chosen, and stands until that is settled', async () => {
	const { child, settling } = await disputed();
	settling.chosen.features = 'both';
	expect(await settling.ask('移送书上写的哪一天？', wang)).toMatchObject({ ok: true });
	const asked = () => settling.conflicts.map(({ key, asked }) => `${key} ${asked.length}`);
	expect(asked()).toEqual(['handoverDate 1', 'features 0']);
	expect(settling.conflicts[0]?.asked[0]?.remark).toMatchObject({ to: wang, words: '移送书上写的哪一天？' });
	const [first] = settling.conflicts[0]?.sides ?? [];
	if (first) settling.chosen.handoverDate = sideKey(first);
	await settling.save();
	expect(conflicts(child.file)).toEqual([]);
});

test('a full disk says so and keeps the choice', async () => {
	const { vault, settling } = await disputed();
	settling.chosen.features = 'both';
	vault.failNextWrites(1, { type: 'storage_full' });
	expect(await settling.save()).toEqual({ ok: false, error: { type: 'storage_full' } });
	expect(settling.chosen.features).toBe('both');
});
