import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { registry } from '../../../../tests/contract/registry.ts';
import { civilDate } from '#lib/domain/time.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { readChildrenCsv } from './children-csv.ts';
import { importChildren } from './import-children.ts';

const sheet =
	'编号,姓名,性别,接收日期,出生日期\nYL-1,小虎,男,2026-03-24,2021-05-01\nYL-2,妞妞,女,2026-03-09,2022-02-28\n';

async function office() {
	const { a, database, door } = await registry();
	const log = new PostgresDecisionLog(
		database,
		registryKeyPair('a secret of the test, long enough').privateKey,
		door.now,
		randomBytes
	);
	const desk = { database, log, now: door.now, random: randomBytes };
	const author = { id: a.staffId, institutionId: a.institutionId };
	const importing = (text: string) => {
		const file = readChildrenCsv(Buffer.from(text), civilDate('2026-11-22'));
		if (!file.ok) throw new Error(file.error.type);
		return importChildren(desk, author, file.value.read, file.value.refused);
	};
	const children = () =>
		database.inScope({ kind: 'institution', institutionId: a.institutionId }, async (session) => {
			const { rows } = await session.query<{ name: string; start: string }>(
				`SELECT name, row ->> 'holdStart' AS start FROM child_rows ORDER BY name`
			);
			return rows;
		});
	return { importing, children };
}

describe('importing a spreadsheet', () => {
	test('makes each row a child of the house whose twelve months count from the hand-over', async () => {
		const { importing, children } = await office();
		const report = await importing(sheet);
		expect(report.imported.map(({ row, caseNumber }) => [row, caseNumber])).toEqual([
			[2, 'YL-1'],
			[3, 'YL-2']
		]);
		expect(await children()).toEqual([
			{ name: '妞妞', start: '2026-03-09' },
			{ name: '小虎', start: '2026-03-24' }
		]);
	});

	test('imports nothing of a file with one bad row', async () => {
		const { importing, children } = await office();
		const report = await importing(`${sheet}YL-3,石头,男,2026-02-30,2020-01-01\n`);
		expect(report.imported).toEqual([]);
		expect(report.refused).toEqual([
			{ row: 4, problems: [{ column: '接收日期', value: '2026-02-30', problem: 'not_a_date' }] }
		]);
		expect(await children()).toEqual([]);
	});

	test('refuses what the house has already: the same file twice, and one child under two numbers', async () => {
		const { importing, children } = await office();
		await importing(sheet);
		const again = await importing(sheet);
		expect(again.refused.map(({ row, problems }) => [row, problems[0]?.problem])).toEqual([
			[2, 'number_known'],
			[3, 'number_known']
		]);
		const renamed = await importing('编号,姓名,性别,接收日期,出生日期\nYL-9,小虎,男,2026-03-24,2021-05-01\n');
		expect(renamed.refused[0]?.problems[0]?.problem).toBe('child_known');
		expect(await children()).toHaveLength(2);
	});
});
