import { expect, it } from 'vitest';
import { z } from 'zod';
import { PROTOCOL_VERSION, rosterSchema } from './protocol.ts';

const house = '00000000-0000-7000-8000-00000000a001';
const first = {
	version: 3,
	institutionId: house,
	institutions: [{ id: house, name: '云岭县儿童福利院', kind: 'welfare_institution' }],
	staff: [{ id: '00000000-0000-7000-8000-0000000000b1', name: '李秀兰', role: 'care_worker' }]
};
const withRules = {
	...first,
	institutions: first.institutions.map((each) => ({ ...each, region: '310104' })),
	rules: { restDays: { calendar: 'CN', source: 'test', years: {} }, sha256: 'a'.repeat(64) }
};

/** As the first program read a roster: what it does not know it leaves aside. */
const firstProgramsRoster = z.object({
	version: z.int().min(1),
	institutionId: z.string(),
	institutions: z.array(
		z.object({
			id: z.string(),
			name: z.string(),
			kind: z.enum(['rescue_station', 'welfare_institution', 'registry']),
			phone: z.string().optional()
		})
	),
	staff: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() }))
});

it('a roster without rules, of a registry that knows none, is read', () => {
	expect(rosterSchema.parse(first)).toEqual(first);
});

it('a roster with rules is read, whatever the rules are', () => {
	expect(rosterSchema.parse(withRules)).toEqual(withRules);
	expect(
		rosterSchema.safeParse({ ...withRules, rules: { policies: 'nonsense', sha256: 'b'.repeat(64) } }).success
	).toBe(true);
});

it('a tablet of the first program reads a roster with rules and has the rest of it', () => {
	expect(PROTOCOL_VERSION).toBe(1);
	expect(firstProgramsRoster.parse(withRules)).toEqual(first);
});
