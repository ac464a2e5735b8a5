import { expect, test } from 'vitest';
import { childNumber, enrolAnswer, intake, known, must } from '../../src/lib/client/vault/vault-scenes.ts';
import type { EntryId } from '../../src/lib/domain/ids.ts';
import { newHouse, newItem, testTablet } from './entry-log/tablet.ts';
import { enrolled } from './entry-log/enrolled.ts';
import { eventually, registryInReach, wholeTablet, type RegistryInReach } from './whole-tablet.ts';

/*
 * SECURITY.md, R13: one entry that the registry cannot take holds up none of the others, and nobody has to guess what became
 * of it: the tablet shows it with the reason, the registry keeps it with the same reason, as it came.
 */
const { institutionId } = enrolAnswer().roster;

/** What the registry set aside, and why. */
async function setAside({ database }: RegistryInReach) {
	const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
		session.query<{ id: EntryId; reason: string }>(
			'SELECT entry_id AS id, reason_type AS reason FROM quarantine ORDER BY id'
		)
	);
	return rows;
}

/** Of what this tablet wrote: once the child is with its house, its file holds the entries of the other house too. */
async function deliveryOf({ vault }: Awaited<ReturnType<typeof wholeTablet>>, n: number) {
	const opened = must(await vault.open(childNumber(n)));
	return opened?.entries.filter(({ own }) => own).map(({ delivery }) => delivery);
}

const called = (n: number) => intake(childNumber(n), { nameCalled: known(`小名${n}`) });

test('one poisoned entry among 1,000: 999 are on the registry, one is set aside with its reason on both sides', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there, 'when told');
	const ids: EntryId[] = [];
	for (let n = 1; n <= 1_000; n += 50) {
		const facts = Array.from({ length: 50 }, (_, i) => called(n + i));
		ids.push(...must(await one.vault.record(facts)).entryIds);
	}
	const poisoned = ids[499] as EntryId;
	one.flaws.set(poisoned, (text) => text.replace('小名500', '小名501'));
	one.engine.start();
	await eventually(async () => expect(await one.vault.usage()).toMatchObject({ waitingEntries: 0, quarantined: 1 }));
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 999 });
	expect(await setAside(there)).toEqual([{ id: poisoned, reason: 'signature_wrong' }]);
	expect(await deliveryOf(one, 500)).toEqual([{ state: 'quarantined', reason: { type: 'signature_wrong' } }]);
	expect(await deliveryOf(one, 501)).toMatchObject([{ state: 'registered' }]);
	// It stays on the tablet, and what is recorded after it goes on.
	must(await one.vault.record([called(1_001)]));
	one.engine.syncNow();
	await eventually(async () => expect(await one.vault.usage()).toMatchObject({ waitingEntries: 0, quarantined: 1 }));
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 1_000 });
	expect(one.reported).toEqual([]);
});

test('a push of which nothing can be taken is set aside whole, and the next one goes', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there, 'when told');
	const { entryIds } = must(await one.vault.record(Array.from({ length: 60 }, (_, i) => called(i + 1))));
	for (const id of entryIds) one.flaws.set(id, (text) => text.replace('小名', '大名'));
	one.engine.start();
	await eventually(async () => expect(await one.vault.usage()).toMatchObject({ waitingEntries: 0, quarantined: 60 }));
	expect((await setAside(there)).map(({ id }) => id)).toEqual(entryIds);
	must(await one.vault.record([called(100)]));
	one.engine.syncNow();
	await eventually(async () => expect(await deliveryOf(one, 100)).toMatchObject([{ state: 'registered' }]));
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 1 });
	expect(one.reported).toEqual([]);
});

test('an entry for a child that another house has is set aside by its reason, and goes once the house may write', async () => {
	const there = await registryInReach();
	const one = await wholeTablet(there, 'when told');
	const other = testTablet(newHouse());
	await enrolled(there.database, other);
	const first = other.record('care.recorded', childNumber(1), {
		itemId: newItem(),
		care: { kind: 'daily', note: '吃得好' }
	});
	await there.door.log.append(other, [first], new Date().toISOString());

	const [elsewhere] = must(await one.vault.record([called(1)])).entryIds;
	must(await one.vault.record([called(2)]));
	one.engine.start();
	await eventually(async () => expect(await deliveryOf(one, 2)).toMatchObject([{ state: 'registered' }]));
	expect(await deliveryOf(one, 1)).toEqual([{ state: 'quarantined', reason: { type: 'child_elsewhere' } }]);
	expect(await setAside(there)).toEqual([{ id: elsewhere, reason: 'child_elsewhere' }]);

	// The child comes, and a person sends again what was said too early.
	const handover = other.record('handover.sent', childNumber(1), {
		itemId: newItem(),
		handover: { to: institutionId }
	});
	const receipts = await there.door.log.append(other, [handover], new Date().toISOString());
	expect(receipts).toMatchObject([{ outcome: 'accepted' }]);
	must(await one.vault.sendAgain([elsewhere as EntryId]));
	one.engine.syncNow();
	await eventually(async () => expect(await deliveryOf(one, 1)).toMatchObject([{ state: 'registered' }]));
	expect(one.reported).toEqual([]);
});
