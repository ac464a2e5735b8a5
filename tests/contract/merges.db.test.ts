import { describe, expect, test } from 'vitest';
import { mergeFacts, partFacts } from '../../src/lib/client/state/merging.ts';
import { childNumber, enrolAnswer, intake, known, must, passphrase } from '../../src/lib/client/vault/vault-scenes.ts';
import type { LocalVault } from '../../src/lib/client/vault/vault.ts';
import { foldChild } from '../../src/lib/domain/case-file/one-child.ts';
import type { Role } from '../../src/lib/domain/disclosure/roles.ts';
import type { ChildId, ItemId } from '../../src/lib/domain/ids.ts';
import { civilDate } from '../../src/lib/domain/time.ts';
import { importOutbox, tabletOfFile } from '../../src/lib/server/sync/import-outbox.ts';
import { enrolled } from './entry-log/enrolled.ts';
import { testTablet } from './entry-log/tablet.ts';
import { eventually, registryInReach, wholeTablet, type RegistryInReach } from './whole-tablet.ts';

/*
 * Whose word it is that two files are one child's (docs/adr/0016): the program on the tablet asks, and the registry asks again
 * of whatever it is brought, by whichever road. What it sets aside makes no one child of two files anywhere.
 */
const { staffId, roster } = enrolAnswer();
const { institutionId } = roster;
const [one, two] = [childNumber(1), childNumber(2)];
const item = '0d000000-0000-4000-8000-000000000001' as ItemId;
const today = civilDate('2026-11-22');
const twoFiles = [intake(one, { nameAssigned: known('小虎') }), intake(two, { nameAssigned: known('虎子') })];

type Whole = Awaited<ReturnType<typeof wholeTablet>>;

/** The registry where whoever enrols in these tests has this role. */
async function registryWhere(role: Role): Promise<RegistryInReach> {
	const there = await registryInReach();
	await there.database.inScope({ kind: 'registry' }, async (session) => {
		await session.query(`INSERT INTO institutions (id, name, kind) VALUES ($1, 'House', 'welfare_institution')`, [
			institutionId
		]);
		await session.query(`INSERT INTO users (id, institution_id, name, role) VALUES ($1, $2, 'Person', $3)`, [
			staffId,
			institutionId,
			role
		]);
	});
	return there;
}

async function rows({ database }: RegistryInReach, sql: string) {
	return (await database.inScope({ kind: 'registry' }, (session) => session.query(sql))).rows;
}
const childrenAt = async (there: RegistryInReach) =>
	(await rows(there, 'SELECT DISTINCT of_child AS id FROM child_rows ORDER BY 1')).map(({ id }) => id);
const asideAt = async (there: RegistryInReach) =>
	(await rows(there, 'SELECT reason_type AS reason FROM quarantine ORDER BY id')).map(({ reason }) => reason);
const linesOn = async (vault: LocalVault) =>
	must(await vault.search({ offset: 0, limit: 10 }))
		.rows.map(({ names }) => names.join('+'))
		.sort();
const waitingOn = async ({ vault }: Whole) => (await vault.usage()).waitingEntries;

const roads: readonly [string, (there: RegistryInReach, tablet: Whole) => Promise<void>][] = [
	[
		'pushed',
		async (_, tablet) => {
			tablet.engine.start();
			await eventually(async () => expect(await waitingOn(tablet)).toBe(0));
		}
	],
	[
		'sent by a locked tablet',
		async (there, tablet) => {
			await tablet.vault.lock();
			tablet.engine.start();
			await eventually(async () => expect((await rows(there, 'SELECT 1 FROM entries')).length).toBeGreaterThan(1));
			await eventually(async () => {
				must(await tablet.vault.unlock(staffId, { way: 'passphrase', passphrase }));
				expect(await waitingOn(tablet)).toBe(0);
			});
		}
	],
	[
		'carried out in a file',
		async (there, tablet) => {
			const file = await (await tablet.vault.exportUnsent()).text();
			const taken = await importOutbox(there.photoDoor, file, (id) =>
				there.database.inScope({ kind: 'institution', institutionId }, (session) => tabletOfFile(session, id))
			);
			expect(taken).toMatchObject({ ok: true, value: { unreadable: 0, notNow: 0 } });
		}
	]
];

describe('a merge by somebody whose role does not say it', () => {
	test.each(roads)('%s, is set aside with its reason, and the files stay apart', async (_, road) => {
		const there = await registryWhere('care_worker');
		const tablet = await wholeTablet(there, 'when told');
		must(await tablet.vault.record(twoFiles));
		must(await tablet.vault.record(mergeFacts([one, two], '照片是一个人', item, today)));
		expect(await linesOn(tablet.vault)).toEqual(['小虎+虎子']);
		await road(there, tablet);
		expect(await asideAt(there)).toEqual(['not_yours_to_merge', 'not_yours_to_merge']);
		expect(await childrenAt(there)).toEqual([one, two]);
		// Where it was written it looks as it does everywhere, once the tablet has heard.
		tablet.engine.start();
		await eventually(async () => expect(await linesOn(tablet.vault)).toEqual(['小虎', '虎子']));
		expect(await tablet.vault.usage()).toMatchObject({ waitingEntries: 0, quarantined: 2 });
		// What is recorded afterwards goes on.
		must(await tablet.vault.record([intake(two, { nameCalled: known('老虎') })]));
		tablet.engine.syncNow();
		await eventually(async () =>
			expect(await tablet.vault.usage()).toMatchObject({ waitingEntries: 0, quarantined: 2 })
		);
		expect(await asideAt(there)).toHaveLength(2);
		expect(tablet.reported).toEqual([]);
	});

	test('parts nothing either: the files stay one child’s, on the registry and on the tablet', async () => {
		const there = await registryWhere('care_worker');
		const supervisor = testTablet(institutionId);
		await enrolled(there.database, supervisor, { role: 'supervisor' });
		const half = (child: ChildId, other: ChildId) =>
			supervisor.record('child.merged', child, { itemId: item, merge: { other, reason: '照片是一个人' } });
		const merged = [
			supervisor.record('intake.recorded', one, { answers: { nameAssigned: known('小虎') } }),
			supervisor.record('intake.recorded', two, { answers: { nameAssigned: known('虎子') } }),
			half(one, two),
			half(two, one)
		];
		await there.door.log.append(supervisor, merged, new Date().toISOString());
		const tablet = await wholeTablet(there);
		await eventually(async () => expect(await linesOn(tablet.vault)).toEqual(['小虎+虎子']));

		const opened = must(await tablet.vault.open(one));
		const entries = opened?.entries.map(({ parsed }) => parsed) ?? [];
		must(await tablet.vault.record(partFacts(foldChild(one, entries), two, '疤痕不一样', today)));
		expect(await linesOn(tablet.vault)).toEqual(['小虎', '虎子']);
		tablet.engine.syncNow();
		await eventually(async () => expect(await linesOn(tablet.vault)).toEqual(['小虎+虎子']));
		expect(await asideAt(there)).toEqual(['not_yours_to_merge', 'not_yours_to_merge']);
		expect(await childrenAt(there)).toEqual([one]);
		expect(tablet.reported).toEqual([]);
	});
});

describe('a supervisor’s merge', () => {
	test.each(roads)('%s, goes through', async (_, road) => {
		const there = await registryWhere('supervisor');
		const tablet = await wholeTablet(there, 'when told');
		must(await tablet.vault.record(twoFiles));
		must(await tablet.vault.record(mergeFacts([one, two], '照片是一个人', item, today)));
		await road(there, tablet);
		expect(await asideAt(there)).toEqual([]);
		expect(await childrenAt(there)).toEqual([one]);
		expect(await linesOn(tablet.vault)).toEqual(['小虎+虎子']);
		expect(tablet.reported).toEqual([]);
	});
});

test('an account keeps its role for life: what somebody may say is what they might when they signed', async () => {
	const there = await registryWhere('supervisor');
	await expect(rows(there, `UPDATE users SET role = 'care_worker'`)).rejects.toThrow(/permission denied/);
});
