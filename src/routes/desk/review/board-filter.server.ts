import { provinces } from '#lib/domain/codes/provinces.ts';
import { stages } from '#lib/domain/eligibility/stage.ts';
import { institutionIdSchema, type InstitutionId } from '#lib/domain/ids.ts';
import {
	boardLists,
	boardSorts,
	type BoardFilter,
	type BoardPlace,
	type BoardSort
} from '#lib/server/eligibility/board.ts';

export const wordsMaximum = 100;

/**
 * The filter an address asks for: `?stage=claimed&place=53&sort=waiting&q=石头`. What is unknown is passed over. A list has an
 * order of its own where none is asked for: what waits is listed by how long.
 *
 * @param reader the institution whose signature the list `mine` looks for
 */
export function filterIn(url: URL, reader: InstitutionId): BoardFilter {
	const { searchParams } = url;
	const stage = stages.find((known) => known === searchParams.get('stage'));
	const list = stage === undefined ? boardLists.find((known) => known === searchParams.get('list')) : undefined;
	const asked = boardSorts.find((known) => known === searchParams.get('sort'));
	const usual: BoardSort = list === 'papers' || list === 'mine' ? 'waiting' : 'last_day';
	return {
		stage,
		list,
		place: placeIn(searchParams.get('place')),
		words: (searchParams.get('q') ?? '').trim().slice(0, wordsMaximum),
		sort: asked ?? usual,
		reader
	};
}

/**
 * The address's query of a filter, in one order and without what is usual, so that the same filter has one address. With
 * `words` it is for the next page and for nothing that is kept.
 */
export function queryOf({ stage, list, place, sort, words }: BoardFilter): string {
	const query = new URLSearchParams();
	if (stage) query.set('stage', stage);
	if (list) query.set('list', list);
	const where = placeWord(place);
	if (where) query.set('place', where);
	const usual: BoardSort = list === 'papers' || list === 'mine' ? 'waiting' : 'last_day';
	if (sort !== usual) query.set('sort', sort);
	if (words) query.set('q', words);
	return query.toString();
}

/** As it stands in a query: nothing, two digits of a province, or a house's id. */
export function placeWord(place: BoardPlace): string {
	switch (place.kind) {
		case 'all':
			return '';
		case 'region':
			return place.code;
		case 'house':
			return place.id;
	}
}

function placeIn(text: string | null): BoardPlace {
	const province = provinces.find(({ code }) => code.slice(0, 2) === text);
	if (province) return { kind: 'region', code: province.code.slice(0, 2) };
	const house = institutionIdSchema.safeParse(text);
	return house.success ? { kind: 'house', id: house.data } : { kind: 'all' };
}
