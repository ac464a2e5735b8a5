import { error, redirect } from '@sveltejs/kit';
import { readPublicNumber } from '#lib/domain/notice/public-number.ts';
import type { NoticeRow } from '#lib/server/notices/notice-row.ts';
import { theBoard } from '#lib/server/notices/the-notices.ts';

/**
 * The notice under a number as it stands in an address, however it was typed.
 *
 * @throws 410 when it was taken down, 404 when there never was one
 */
export async function noticeOr404(typed: string, url: URL): Promise<NoticeRow> {
	const number = readPublicNumber(typed);
	if (number === undefined) error(404, 'not_found');
	const { byNumber, withdrawn } = await theBoard().snapshot();
	const notice = byNumber.get(number);
	if (!notice) error(withdrawn.has(number) ? 410 : 404, 'not_found');
	// One address for one notice: the posters' and the caches'.
	if (number !== typed) redirect(308, url.pathname.replace(typed, number) + url.search);
	return notice;
}
