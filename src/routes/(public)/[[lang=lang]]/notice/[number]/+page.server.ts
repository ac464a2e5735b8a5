import { noticeOr404 } from './notice.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => ({ notice: await noticeOr404(params.number, url) });
