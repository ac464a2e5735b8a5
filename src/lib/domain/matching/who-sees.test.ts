import { expect, test } from 'vitest';
import { roles } from '../disclosure/roles.ts';
import { compareProfiles } from './compare.ts';
import type { MatchProfile } from './profile.ts';
import { shownTo } from './who-sees.ts';

const profile: MatchProfile = { form: 1, sex: '1', bloodGroup: 'AB', places: [], names: [], marks: [] };
const { contributions } = compareProfiles(profile, profile);

test('a blood group is shown to whoever reads what is medical, and to nobody else', () => {
	const sees = roles.filter((role) => JSON.stringify(shownTo(role, contributions)).includes('AB'));
	expect(sees).toEqual(['supervisor']);
});

test('what is hidden keeps its verdict and its weight, so that the sum is still the score', () => {
	const hidden = shownTo('auditor', contributions);
	expect(hidden.map(({ verdict, weight }) => [verdict, weight])).toEqual(
		contributions.map(({ verdict, weight }) => [verdict, weight])
	);
	expect(hidden.find(({ field }) => field === 'birth')).toMatchObject({ hidden: true });
	expect(hidden.find(({ field }) => field === 'sex')).toMatchObject({ hidden: false });
});
