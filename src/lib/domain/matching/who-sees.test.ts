import { expect, test } from 'vitest';
import { readsStatements, roles } from '../disclosure/roles.ts';
import { compareProfiles } from './compare.ts';
import type { MatchProfile } from './profile.ts';
import { shownTo } from './who-sees.ts';

const profile: MatchProfile = { form: 1, sex: '1', bloodGroup: 'AB', places: [], names: [], marks: [] };
const { contributions } = compareProfiles(profile, profile);

test('a blood group is shown to whoever reads what is medical, and to nobody else', () => {
	const sees = roles.filter((role) => JSON.stringify(shownTo(role, contributions)).includes('AB'));
	expect(sees).toEqual(['supervisor']);
});

test('what a family says is shown to those alone who read statements', () => {
	const seeing = roles.filter((role) => shownTo(role, contributions).some(({ hidden }) => !hidden));
	expect(seeing).toEqual(readsStatements);
});

test('what is hidden keeps its verdict and its weight, so that the sum is still the score', () => {
	const hidden = shownTo('police_liaison', contributions);
	expect(hidden.map(({ verdict, weight }) => [verdict, weight])).toEqual(
		contributions.map(({ verdict, weight }) => [verdict, weight])
	);
	expect(hidden.find(({ field }) => field === 'bloodGroup')).toMatchObject({ hidden: true });
	expect(hidden.find(({ field }) => field === 'sex')).toMatchObject({ hidden: false });
});
