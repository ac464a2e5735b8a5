import type { NoticeQuery } from './search.ts';

/*
 * The address of a search: GET parameters, so that it can be sent to a friend. Only what is named here has a meaning, and
 * it is written in one order: two spellings of one search are one page for every cache.
 */
export const noticesPerPage = 12;

/** The bands of the age select, whole months, both inclusive. */
export const ageBands = ['0-11', '12-35', '36-71', '72-119', '120-167', '168-300'] as const;
export type AgeBand = (typeof ageBands)[number];

/** Every query parameter that public pages know, in the order they are written. */
export const publicParameters = ['q', 'name', 'features', 'clothing', 'region', 'sex', 'age', 'page', 'type'] as const;

export interface SearchForm {
	readonly q: string;
	readonly name: string;
	readonly features: string;
	readonly clothing: string;
	readonly region: string;
	readonly sex: '' | '1' | '2';
	readonly age: '' | AgeBand;
	readonly page: number;
}

/** Reads what a person, or a broken link, wrote; what makes no sense counts as not written. */
export function readSearchForm(parameters: URLSearchParams): SearchForm {
	const text = (name: string) => (parameters.get(name) ?? '').trim().slice(0, 100);
	const sex = text('sex');
	const age = text('age');
	const region = text('region');
	const page = text('page');
	return {
		q: text('q'),
		name: text('name'),
		features: text('features'),
		clothing: text('clothing'),
		region: /^(\d{2}|\d{4}|\d{6})$/.test(region) ? region : '',
		sex: sex === '1' || sex === '2' ? sex : '',
		age: ageBands.find((band) => band === age) ?? '',
		page: /^\d{1,4}$/.test(page) ? Math.max(1, Number(page)) : 1
	};
}

export function queryOf(form: SearchForm): NoticeQuery {
	return {
		words: form.q,
		name: form.name,
		features: form.features,
		clothing: form.clothing,
		region: form.region,
		sex: form.sex,
		age: form.age === '' ? undefined : bandOf(form.age)
	};
}

export function bandOf(band: AgeBand): { readonly least: number; readonly most: number } {
	const [least = 0, most = 0] = band.split('-').map(Number);
	return { least, most };
}

/** Is anything asked at all? */
export function asksNothing(form: SearchForm): boolean {
	return [form.q, form.name, form.features, form.clothing, form.region, form.sex, form.age].every(
		(value) => value === ''
	);
}

/** The known parameters alone, sorted as in {@link publicParameters}, empty ones left out: '' or '?q=…'. */
export function canonicalSearch(search: string): string {
	const given = new URLSearchParams(search);
	const known = new URLSearchParams();
	for (const name of publicParameters) {
		const value = given.get(name)?.trim();
		if (value) known.set(name, value);
	}
	const text = known.toString();
	return text === '' ? '' : `?${text}`;
}
