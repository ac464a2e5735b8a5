import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, 'e2e');
const journeys = readdirSync(folder).filter((name) => name.endsWith('.e2e.ts'));

test('there are journeys to judge', () => {
	expect(journeys.length).toBeGreaterThanOrEqual(5);
});

test.each(journeys)('%s runs under the watch of the content security policies', (name) => {
	const source = readFileSync(join(folder, name), 'utf8');
	expect(source).toMatch(/import \{[^}]*\btest\b[^}]*\} from '\.\/support\/test\.ts'/);
	expect(source).not.toMatch(/import \{[^}]*\btest\b[^}]*\} from '@playwright\/test'/);
});
