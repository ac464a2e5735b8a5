import { redirect } from '@sveltejs/kit';
import { writeAudit } from '#lib/server/audit/audit.ts';
import { clearSessionCookie, sessionToken } from '#lib/server/auth/session-cookie.ts';
import { closeSession } from '#lib/server/auth/sessions.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ cookies, url, locals }) => {
	const token = sessionToken(cookies, url);
	const { user } = locals;
	if (token) await closeSession(theDatabase(), token);
	if (user) {
		await theDatabase().inScope({ kind: 'registry' }, (session) =>
			writeAudit(session, { institutionId: user.institutionId, userId: user.id, action: 'desk.signed_out' })
		);
	}
	clearSessionCookie(cookies, url);
	redirect(303, '/desk/sign-in');
};
