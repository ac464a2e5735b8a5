import { fail, redirect } from '@sveltejs/kit';
import { setSessionCookie } from '#lib/server/auth/session-cookie.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.user) redirect(303, '/desk');
	return { cameFrom: url.searchParams.has('to') };
};

export const actions: Actions = {
	default: async ({ request, cookies, url, getClientAddress }) => {
		const form = await request.formData();
		const login = String(form.get('login') ?? '').trim();
		const password = String(form.get('password') ?? '');
		if (login === '' || password === '')
			return fail(400, { login, fault: login === '' ? 'login_empty' : 'password_empty', minutes: 0 } as const);
		const signed = await signIn(theDatabase(), { login, password, address: getClientAddress() }, new Date());
		if (!signed.ok) {
			const minutes = signed.error.type === 'too_many_tries' ? Math.ceil(signed.error.retryAfterSeconds / 60) : 0;
			return fail(signed.error.type === 'too_many_tries' ? 429 : 400, { login, fault: signed.error.type, minutes });
		}
		setSessionCookie(cookies, url, signed.value.token);
		redirect(303, deskPath(url.searchParams.get('to')));
	}
};

/** Back to where the person was going, if that is a page of the desk and of nobody else. */
function deskPath(wanted: string | null): string {
	return wanted !== null && /^\/desk(\/[A-Za-z0-9/-]*)?$/.test(wanted) && !wanted.startsWith('/desk/sign-')
		? wanted
		: '/desk';
}
