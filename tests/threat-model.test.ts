import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/* The threat model says which test proves what: a test that is renamed or taken out is told here. */

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');
const threats = page
	.split(/^## (?=T\d+ )/m)
	.slice(1)
	.map((text) => ({ number: Number(/^T(\d+)/.exec(text)?.[1]), title: text.split('\n')[0] ?? '', text }));

test('the threats are numbered without a gap, the twenty of the design among them', () => {
	expect(threats.map(({ number }) => number)).toEqual(threats.map((_, index) => index + 1));
	expect(threats.length).toBeGreaterThanOrEqual(20);
});

describe.each(threats)('$title', ({ text }) => {
	const proofs = [...text.matchAll(/^- `([^`]+)` › “([^\n]+)”$/gm)].map(([, file = '', title = '']) => ({
		file,
		title
	}));

	test('has a defence, and a test that proves it or an open word that it is in work', () => {
		expect(text).toMatch(/^Defence: /m);
		expect(proofs.length > 0 || /^In work: /m.test(text)).toBe(true);
		if (proofs.length > 0) expect(text).toMatch(/^Not defended: /m);
		// A line that looks like a proof and is not read as one would prove nothing.
		expect(text.match(/^- /gm)?.length ?? 0).toBe(proofs.length);
	});

	test('names tests that exist', () => {
		const gone = proofs.filter(({ file, title }) => {
			const path = join(root, file);
			return !existsSync(path) || !titlesIn(readFileSync(path, 'utf8')).includes(title);
		});
		expect(gone).toEqual([]);
	});

	test('names files that exist', () => {
		const named = [...text.matchAll(/`((?:src|tests|scripts|docs)\/[^`]+)`/g)].map(([, file = '']) => file);
		expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
	});
});

/** Titles as they stand in the source, `%s` and `${…}` and all; of tests that are skipped none. */
function titlesIn(source: string): string[] {
	return [
		...source.matchAll(/(?<!\.skip|\.todo)\(\s*(['"`])((?:\\.|(?!\1)[^\\])+)\1,\s*(?:\{|async|\(|function)/g)
	].map(([, , title = '']) => title.replaceAll(/\\(['"`])/g, '$1'));
}
