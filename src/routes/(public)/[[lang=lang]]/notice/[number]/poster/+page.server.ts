import { encode } from 'uqr';
import { publicLink } from '../../../../links.ts';
import { noticeOr404 } from '../notice.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const notice = await noticeOr404(params.number, url);
	const address =
		url.origin + publicLink({ locale: locals.locale, largeType: false }, `/notice/${notice.publicNumber}`);
	// A quarter of the code may be torn off or dirty and it still reads.
	const { data, size } = encode(address, { ecc: 'Q', border: 2 });
	const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('');
	return { notice, qr: { path, size }, address };
};
