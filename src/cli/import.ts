import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import { importFaults, importProblems } from '#lib/messages/imports.ts';
import { translator } from '#lib/messages/message.ts';
import { registryKeyPair } from '#lib/server/accounts/registry-key.ts';
import { openDatabase, type OpenDatabase } from '#lib/server/db/open.ts';
import { PostgresDecisionLog } from '#lib/server/entry-log/decision-log.ts';
import { csvBytesMaximum, readChildrenCsv, type CsvFault } from '#lib/server/import/children-csv.ts';
import { FileChanged, importChildren, type ImportReport } from '#lib/server/import/import-children.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import { registrySecret } from '#lib/server/secret.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep import FILE.csv --as LOGIN [--json]

Records the children of a spreadsheet, saved as CSV, as intakes of the house of LOGIN. Needed columns: 儿童编号, 接收日期,
性别; others that are read: 姓名, 暂用名, 出生日期, 民族, 身高, 体重, 体貌特征, 接收时着装, 随身物品, 孩子自述, 被拐地点,
解救日期, 临时照料通知书编号 … UTF-8, UTF-16 and GBK are told apart by themselves.

Every row is reported. If one row is refused nothing is imported: put it right and import again.`;

const t = translator('en');

/** `lampkeep import`: answers {"imported":[{row, caseNumber, childId}],"refused":[{row, problems}],"encoding","ignoredColumns"}. */
export async function run(context: CommandContext): Promise<void> {
	const { values, positionals } = parseArgs({
		args: [...context.args],
		options: { as: { type: 'string' } },
		allowPositionals: true
	});
	const [path, ...more] = positionals;
	if (path === undefined || more.length > 0)
		throw new OperatorError('Name one CSV file; `lampkeep import --help` shows how.');
	if (values.as === undefined) throw new OperatorError('--as is missing: in whose name are the children recorded?');
	const csv = readChildrenCsv(await bytesOf(path), civilDateAt(Date.now(), 'Asia/Shanghai'));
	if (!csv.ok) throw new OperatorError(faultSentence(csv.error));

	const config = context.config();
	const database = await openDatabase(config, { whenInUse: 'share', say: context.say });
	try {
		const author = await authorOf(database, values.as);
		const { privateKey } = registryKeyPair(await registrySecret(config));
		const log = new PostgresDecisionLog(database, privateKey, () => new Date(), randomBytes);
		const desk = { database, log, now: () => new Date(), random: randomBytes };
		const report = await importChildren(desk, author, csv.value.read, csv.value.refused).catch((error: unknown) => {
			if (error instanceof FileChanged)
				throw new OperatorError('Children of the house changed meanwhile; nothing was imported. Import again.');
			throw error;
		});
		const { encoding, ignoredColumns } = csv.value;
		context.answer({ ...report, encoding, ignoredColumns }, reportText(report, ignoredColumns));
		if (report.refused.length > 0) {
			throw new OperatorError(
				`${report.refused.length} of ${csv.value.read.length + csv.value.refused.length} rows cannot be imported; nothing was. Put them right and import again.`
			);
		}
	} finally {
		await database.close();
	}
}

async function bytesOf(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
			throw new OperatorError(`The file ${path} cannot be read (${error.code}).`);
		}
		throw error;
	}
}

async function authorOf(database: OpenDatabase, login: string): Promise<{ id: StaffId; institutionId: InstitutionId }> {
	const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
		session.query<{ id: StaffId; institutionId: InstitutionId; kind: string }>(
			`SELECT users.id, users.institution_id AS "institutionId", institutions.kind
			FROM users JOIN institutions ON institutions.id = users.institution_id
			WHERE users.login = lower($1) AND users.disabled_at IS NULL`,
			[login]
		)
	);
	const author = rows[0];
	if (!author) throw new OperatorError('Nobody has the login given by --as; `lampkeep user list` shows them.');
	if (author.kind === 'registry')
		throw new OperatorError(
			'The person given by --as works at the registry; children are recorded by a house that has them.'
		);
	return { id: author.id, institutionId: author.institutionId };
}

function faultSentence(fault: CsvFault): string {
	switch (fault.type) {
		case 'columns_missing':
			return t(importFaults.columns_missing, { columns: fault.columns.join(', '), found: fault.found.join(', ') });
		case 'too_large':
			return t(importFaults.too_large, { bytes: fault.bytes, maximum: csvBytesMaximum });
		case 'too_many_rows':
			return t(importFaults.too_many_rows, { maximum: fault.maximum });
		case 'column_twice':
			return t(importFaults.column_twice, { column: fault.column });
		case 'empty':
		case 'not_text':
			return t(importFaults[fault.type]);
	}
}

function reportText(report: ImportReport, ignoredColumns: readonly string[]): string {
	const lines = [
		...report.imported.map(({ row, caseNumber }) => `row ${row}: ${caseNumber} imported`),
		...report.refused.flatMap(({ row, problems }) =>
			problems.map(
				({ column, value, problem }) =>
					`row ${row}: ${column}${value === '' ? '' : ` “${value}”`} ${t(importProblems[problem])}`
			)
		)
	];
	if (ignoredColumns.length > 0) lines.push(`not read: ${ignoredColumns.join(', ')}`);
	lines.push(`${report.imported.length} imported, ${report.refused.length} refused`);
	return lines.join('\n');
}
