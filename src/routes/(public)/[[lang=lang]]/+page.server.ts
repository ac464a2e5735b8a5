import { provinces } from '#lib/domain/codes/provinces.ts';
import { ageBands, asksNothing, noticesPerPage, queryOf, readSearchForm } from '#lib/server/notices/public-query.ts';
import { theBoard } from '#lib/server/notices/the-notices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
	const form = readSearchForm(url.searchParams);
	const { notices, index, provinceCounts } = await theBoard().snapshot();
	const found = asksNothing(form) ? notices : index.find(queryOf(form));
	const pages = Math.max(1, Math.ceil(found.length / noticesPerPage));
	const page = Math.min(form.page, pages);
	const from = (page - 1) * noticesPerPage;
	return {
		form: { ...form, page },
		asked: !asksNothing(form),
		ageBands,
		total: notices.length,
		found: found.length,
		page,
		pages,
		from,
		children: found.slice(from, from + noticesPerPage).map((notice) => ({
			number: notice.publicNumber,
			name: notice.name,
			sexCode: notice.sexCode,
			age: notice.ageWhenRescued,
			place: notice.placeTaken,
			features: notice.features ?? notice.clothing ?? notice.accent,
			photo: notice.photos[0]?.token ?? null
		})),
		provinces: provinces.map((province) => ({ ...province, count: provinceCounts.get(province.code.slice(0, 2)) ?? 0 }))
	};
};
