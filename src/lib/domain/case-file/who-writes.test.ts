import { describe, expect, test } from 'vitest';
import { roles } from '../disclosure/roles.ts';
import { entryTypes } from './entry.ts';
import { mayWrite } from './who-writes.ts';

describe('who writes what', () => {
	test.each(['child.merged', 'child.parted'])('%s is a supervisor’s or a registry officer’s to say', (type) => {
		expect(roles.filter((role) => mayWrite(type, role))).toEqual(['supervisor', 'registry_officer']);
		expect(mayWrite(type, undefined)).toBe(false);
		expect(mayWrite(type, 'head_of_everything')).toBe(false);
	});

	test('whoever looked may tell two files apart, and everything else is everybody’s', () => {
		const others = Object.keys(entryTypes).filter((type) => !['child.merged', 'child.parted'].includes(type));
		expect(others).toContain('child.told_apart');
		for (const type of [...others, 'future.told', 'constructor']) {
			for (const role of [...roles, undefined]) expect(mayWrite(type, role), type).toBe(true);
		}
	});
});
