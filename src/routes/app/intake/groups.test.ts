import { expect, test } from 'vitest';
import { fieldDefinition, fieldKeys, intakeSteps } from '#lib/domain/intake/fields.ts';
import { groupsOf } from './groups.ts';

test('every field of the intake is asked for exactly once, in the step it belongs to', () => {
	const asked = intakeSteps.flatMap((step) =>
		groupsOf(step).flatMap((group) => group.fields.map((key) => ({ step, key })))
	);
	expect(asked.map(({ key }) => key).sort()).toEqual([...fieldKeys].sort());
	for (const { step, key } of asked) expect([key, fieldDefinition(key).step]).toEqual([key, step]);
});
