import { clearClaimCookie } from '#lib/server/auth/claim-cookie.ts';
import { goTo } from '../../../family/family.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = ({ cookies, url, locals }) => {
	clearClaimCookie(cookies, url);
	goTo(locals, '/claim/back', { left: 'yes' });
};
