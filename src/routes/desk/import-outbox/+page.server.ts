import { error, fail } from '@sveltejs/kit';
import { managesTablets } from '#lib/domain/disclosure/roles.ts';
import { outboxFileMaximum } from '#lib/sync/outbox-file.ts';
import { writeAudit } from '#lib/server/audit/audit.ts';
import type { SignedInUser } from '#lib/server/auth/sign-in.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { scopeOf } from '#lib/server/notices/case-reading.ts';
import { photoDoor } from '#lib/server/photos/door.ts';
import { importOutbox, tabletOfFile } from '#lib/server/sync/import-outbox.ts';
import { signedIn, wallTime } from '../desk.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	importer(locals, url);
	return { maximum: outboxFileMaximum };
};

export const actions: Actions = {
	default: async ({ locals, url, request }) => {
		const user = importer(locals, url);
		const upload = (await request.formData()).get('file');
		if (!(upload instanceof File) || upload.size === 0) return fail(400, { fault: 'fileNeeded' } as const);
		if (upload.size > outboxFileMaximum) return fail(413, { fault: 'fileTooLarge' } as const);
		const database = theDatabase();
		const imported = await importOutbox(await photoDoor(), await upload.text(), (id) =>
			database.inScope(scopeOf(user), (session) => tabletOfFile(session, id))
		);
		if (!imported.ok) return fail(400, { fault: imported.error.type });
		const report = imported.value;
		await database.inScope(scopeOf(user), (session) =>
			writeAudit(session, {
				institutionId: user.institutionId,
				userId: user.id,
				action: 'tablet.outbox_imported',
				details: {
					tablet: report.deviceId,
					records: report.records,
					accepted: report.accepted,
					known: report.known,
					unreadable: report.unreadable
				}
			})
		);
		const at = Date.parse(report.at);
		return { report: { ...report, at: Number.isNaN(at) ? '' : wallTime(report.at) } };
	}
};

function importer(locals: App.Locals, url: URL): SignedInUser {
	const user = signedIn(locals, url);
	if (!managesTablets.includes(user.role)) error(403, 'not_yours');
	return user;
}
