import { redirect } from '@sveltejs/kit';
import { deskLanguage } from '#lib/server/auth/session-cookie.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ cookies, request, url }) => {
	const form = await request.formData();
	const to = form.get('to') === 'en' ? 'en' : 'zh-CN';
	const secure = url.protocol === 'https:';
	cookies.set(deskLanguage, to, { path: '/desk', httpOnly: true, secure, sameSite: 'strict', maxAge: 365 * 86_400 });
	const back = String(form.get('back') ?? '');
	redirect(303, /^\/desk(\/[A-Za-z0-9/-]*)?(\?[\w=&%.+-]*)?$/.test(back) ? back : '/desk');
};
