import { bloodGroupOf, type FamilyDescription } from '../matching/profile.ts';
import { daysInMonth, toParts, type PartialDate } from '../time.ts';
import type { FamilyDate, FamilyStatement } from './statement.ts';

/*
 * What of a family's statement is compared with children (domain/matching): the looks, names, days and places of the child,
 * never who the family is, where it lives now, or how it can be reached.
 */
export function descriptionOf(statement: FamilyStatement): FamilyDescription {
	const { child, loss, looks, family } = statement;
	const birth = dateOf(child?.birth);
	const lost = dateOf(loss?.date);
	const age = child?.ageAtLoss;
	const blood = child?.bloodGroup === undefined ? undefined : bloodGroupOf(child.bloodGroup);
	const siblings = family?.siblings ?? [];
	const siblingWords = siblings
		.map(({ name, words }) => [name, words].filter((part) => part !== undefined).join(' '))
		.filter((words) => words !== '')
		.join('；')
		.slice(0, 1000);
	return {
		names: namesOf(statement),
		...((child?.sex === '1' || child?.sex === '2') && { sex: child.sex }),
		...(birth && { birth }),
		...(age && {
			ageAtLoss: {
				...(age.years !== undefined && { years: age.years }),
				// Whole years told as months ("thirty months") are read as years and the rest.
				...(age.months !== undefined && monthsOf(age)),
				...(age.approx && { about: true })
			}
		}),
		...(lost && { lost }),
		places: [loss?.place, family?.homeThen].filter((place) => place !== undefined),
		marks: (looks?.marks ?? []).map(({ kind, site, side, words }) => ({
			...(kind !== undefined && { kind }),
			...(site !== undefined && { site }),
			...(side !== undefined && { side }),
			words
		})),
		...(looks?.features !== undefined && { features: looks.features }),
		...(looks?.height && { height: looks.height.cm }),
		...(looks?.clothing !== undefined && { clothing: looks.clothing.slice(0, 1000) }),
		...(looks?.speech !== undefined && { accent: looks.speech.slice(0, 200) }),
		...(siblings.length > 0 && {
			siblings: {
				names: siblings.flatMap(({ name }) => (name === undefined ? [] : [name])),
				words: siblingWords
			}
		}),
		...(blood !== undefined && { bloodGroup: blood })
	};
}

function namesOf({ child }: FamilyStatement): NonNullable<FamilyDescription['names']> {
	const said = child?.names;
	return (
		[
			['given', said?.given],
			['milk', said?.milk],
			['school', said?.school],
			['called', said?.other]
		] as const
	).flatMap(([kind, written]) => (written === undefined ? [] : [{ kind, written }]));
}

function monthsOf(age: { readonly years?: number | undefined; readonly months?: number | undefined }) {
	const months = age.months ?? 0;
	if (months <= 36) return { months };
	return { years: (age.years ?? 0) + Math.floor(months / 12), months: months % 12 };
}

/**
 * A date as the comparison reads it: year, month and day as the family said them, with their calendar. Words alone are no
 * date, and neither is a year written with two figures.
 */
function dateOf(date: FamilyDate | undefined): { date: PartialDate; lunar?: true } | undefined {
	if (date?.y === undefined || date.y < 1900) return undefined;
	const { y, m, d, calendar, approx, text, days } = date;
	const more = { ...(text !== undefined && { text }), ...(approx && { approx: true }) };
	// One day of the lunar calendar was worked out to one day of the solar: that is exact.
	if (calendar === 'lunar' && days && days.earliest === days.latest) {
		const { year, month, day } = toParts(days.earliest);
		return { date: { y: year, m: month, d: day, ...more } };
	}
	const exists = m !== undefined && d !== undefined && d <= daysInMonth(y, m);
	return {
		date: { y, ...(m !== undefined && { m }), ...(exists && { d }), ...more },
		...(calendar === 'lunar' && { lunar: true })
	};
}
