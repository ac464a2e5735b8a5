import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/*
 * Chromium keeps what stands in a form's boxes in the profile's session files, in clear, so that a crashed tab comes back
 * with them; for <textarea> and <select> only a form with autocomplete="off" keeps it from that. The browser test of a
 * killed tablet (tests/e2e/profile.e2e.ts) found two fields of a child there once.
 */
const app = join(import.meta.dirname, '../src/routes/app');
const screens = readdirSync(app, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.svelte'))
	.map((file) => ({ file, source: readFileSync(join(app, file), 'utf8') }));

it.each(screens.filter(({ source }) => source.includes('<form')))(
	'$file: no form leaves its words to the browser',
	({ source }) => {
		for (const form of source.match(/<form\b[^>]*>/g) ?? []) expect(form).toContain('autocomplete="off"');
	}
);

/** Parts that a form of their page contains. */
const insideTheirPagesForm = ['children/Filters.svelte'];
const withBoxes = screens.filter(
	({ file, source }) =>
		!insideTheirPagesForm.includes(file) && /<(textarea|select|FieldControl|TextField|SelectField)\b/.test(source)
);

it.each(withBoxes)('$file: no box stands outside a form', ({ source }) => {
	const first = source.search(/<(textarea|select|FieldControl|TextField|SelectField)\b/);
	expect(source.slice(0, first)).toContain('<form');
});

/** What a family types on a telephone that is lent, or in an internet café. */
const publicPages = join(import.meta.dirname, '../src/routes/(public)');
const familyForms = readdirSync(publicPages, { recursive: true, encoding: 'utf8' })
	.filter((file) => /(^|\/)(family|claim|report)\/.*\.svelte$/.test(file))
	.map((file) => ({ file, source: readFileSync(join(publicPages, file), 'utf8') }))
	.filter(({ source }) => source.includes('<form'));

it('the pages of a claim have forms to look at', () => expect(familyForms.length).toBeGreaterThan(5));

it.each(familyForms)('$file: no form of a family leaves its words to the browser', ({ source }) => {
	for (const form of source.match(/<form\b[^>]*>/g) ?? []) expect(form).toContain('autocomplete="off"');
});
