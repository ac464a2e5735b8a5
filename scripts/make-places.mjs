/**
 * Makes src/lib/domain/codes/data/places.json again from the npm packages `gb2260` (19 dated revisions of GB/T 2260,
 * 2002-12 to 2016-07) and `@vant/area-data` (as of 2024-12). See src/lib/domain/codes/data/SOURCES.md.
 *
 *   node scripts/make-places.mjs           writes the file
 *   node scripts/make-places.mjs --check   exit 1 when the file differs from the installed packages
 *
 * One line per code, name and unbroken run of revisions: `110103 崇文区 0-12`, the numbers being the first and the last
 * revision in force, counted in `revisions`; no numbers where the name held in all of them. Provinces come first.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { areaList } from '@vant/area-data';

/** The newest change found in @vant/area-data 2.1.0 is 和康县 (653228), set up in December 2024. */
const newestRevision = '2024-12';

const root = new URL('../', import.meta.url);
const target = new URL('src/lib/domain/codes/data/places.json', root);
const datedPackage = new URL('node_modules/gb2260/', root);

/** Tables of code to name, oldest first. */
const tables = new Map();
for (const revision of json(new URL('lib/revisions.json', datedPackage)).sort()) {
	tables.set(`${revision.slice(0, 4)}-${revision.slice(4)}`, json(new URL(`lib/${revision}.json`, datedPackage)));
}
tables.set(newestRevision, { ...areaList.province_list, ...areaList.city_list, ...areaList.county_list });

const revisions = [...tables.keys()];
const codes = [...new Set([...tables.values()].flatMap((table) => Object.keys(table)))].sort(
	(a, b) => Number(isProvince(b)) - Number(isProvince(a)) || (a < b ? -1 : 1)
);

const source = `gb2260 ${json(new URL('package.json', datedPackage)).version} (MIT), @vant/area-data ${json(new URL('node_modules/@vant/area-data/package.json', root)).version} (MIT)`;
const places = codes.flatMap(runs);
const text = `{
	"source": ${JSON.stringify(source)},
	"revisions": ${JSON.stringify(revisions)},
	"places": [
${places.map((line) => `\t\t${JSON.stringify(line)}`).join(',\n')}
	]
}
`;

if (process.argv.includes('--check')) {
	if (readFileSync(target, 'utf8') !== text) {
		console.error('places.json differs from the installed packages: run node scripts/make-places.mjs');
		process.exit(1);
	}
} else {
	writeFileSync(target, text);
	console.log(`${codes.length} codes in ${revisions.length} revisions, ${places.length} lines written`);
}

function runs(code) {
	if (!/^\d{6}$/.test(code)) throw new Error(`'${code}' is not a code of six digits.`);
	const names = revisions.map((revision) => tables.get(revision)[code]);
	const lines = [];
	for (let first = 0; first < names.length; first++) {
		const name = names[first];
		if (name === undefined) continue;
		if (/[\s\d]/.test(name)) throw new Error(`The name of ${code}, '${name}', would not survive the file's form.`);
		let last = first;
		while (names[last + 1] === name) last++;
		lines.push(first === 0 && last === names.length - 1 ? `${code} ${name}` : `${code} ${name} ${first}-${last}`);
		first = last;
	}
	return lines;
}

function isProvince(code) {
	return code.endsWith('0000');
}

function json(url) {
	return JSON.parse(readFileSync(url, 'utf8'));
}
