/**
 * Makes src/lib/domain/hold/data/cn-rest-days.json again from the year tables of the npm package `chinese-days`
 * (see src/lib/domain/hold/data/SOURCES.md). The tables are copied, the package's functions are not used: they build dates with
 * Date.UTC and read them with local getters, so that west of Greenwich they answer for the day before.
 *
 *   node scripts/make-rest-days.mjs           writes the file
 *   node scripts/make-rest-days.mjs --check   exit 1 when the file differs from the installed package
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const packageFolder = new URL('node_modules/chinese-days/', root);
const target = new URL('src/lib/domain/hold/data/cn-rest-days.json', root);

const { version, license } = JSON.parse(readFileSync(new URL('package.json', packageFolder), 'utf8'));
const tables = readdirSync(new URL('dist/years/', packageFolder)).filter((name) => /^\d{4}\.json$/.test(name));

const years = {};
for (const name of tables.sort()) {
	const year = name.slice(0, 4);
	const table = JSON.parse(readFileSync(new URL(`dist/years/${name}`, packageFolder), 'utf8'));
	// `holidays` holds the statutory days and the days moved beside them (`inLieuDays` is a subset); `workdays` the weekend days worked for them.
	years[year] = { rest: monthDays(table.holidays, year), work: monthDays(table.workdays, year) };
}

const text = `${JSON.stringify({ calendar: 'CN', source: `chinese-days ${version} (${license}), dist/years/*.json`, years }, null, '\t')}\n`;

if (process.argv.includes('--check')) {
	if (readFileSync(target, 'utf8') !== text) {
		console.error('cn-rest-days.json differs from the installed chinese-days: run node scripts/make-rest-days.mjs');
		process.exit(1);
	}
} else {
	writeFileSync(target, text);
	console.log(`${Object.keys(years).length} years written`);
}

function monthDays(days, year) {
	const dates = Object.keys(days).sort();
	const stray = dates.find((date) => !date.startsWith(`${year}-`));
	if (stray) throw new Error(`The table of ${year} names ${stray}, a day of another year.`);
	return dates.map((date) => date.slice(5)).join(' ');
}
