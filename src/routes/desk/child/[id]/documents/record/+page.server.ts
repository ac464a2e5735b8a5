import { randomBytes } from 'node:crypto';
import { error, fail, redirect } from '@sveltejs/kit';
import { items } from '#lib/domain/case-file/case-file.ts';
import { recordsDocuments } from '#lib/domain/disclosure/roles.ts';
import { documentCodes } from '#lib/domain/document/document.ts';
import { filesPaper } from '#lib/domain/document/judge-document.ts';
import { itemIdSchema } from '#lib/domain/ids.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { groundOf } from '#lib/server/decisions/case-desk.ts';
import { filePaper } from '#lib/server/decisions/document-desk.ts';
import { theCaseDesk } from '#lib/server/decisions/the-case-desk.ts';
import { readCase, scopeOf } from '#lib/server/notices/case-reading.ts';
import { keepScan, keptScans, type Scan, type ScanDesk } from '#lib/server/photos/desk-scans.ts';
import { photoDoor } from '#lib/server/photos/door.ts';
import { childOf, registryToday, signedIn, withFullFile } from '../../../../desk.server.ts';
import { versionIn } from '../../version.server.ts';
import { emptyPaper, formOfPaper, paperIn, readPaperForm, type PaperForm } from '../paper-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const user = signedIn(locals, url);
	const childId = childOf(params);
	if (!recordsDocuments.includes(user.role)) error(404, 'child_unknown');
	const itemId = itemIdSchema.safeParse(url.searchParams.get('item'));
	const codes = documentCodes.filter((code) => filesPaper(user.role, code));
	const today = registryToday();
	// A correction begins with what the paper says: that is a reading.
	if (itemId.success)
		return withFullFile(user, childId, url, { what: 'full' }, async (session, { caseFile, version }) => {
			const { policy } = await groundOf(session, caseFile, today);
			const paper = items(caseFile, 'document').find((candidate) => candidate.itemId === itemId.data);
			if (!paper) error(404, 'child_unknown');
			return {
				childId,
				version,
				policy,
				itemId: itemId.data,
				codes,
				form: formOfPaper(paper.value, paper.version.occurredOn),
				scansOnFile: items(caseFile, 'photo').filter(({ value }) => value.of === paper.itemId).length
			};
		});
	// Recording is none: whoever may file a paper of this child files it, and sees nothing of the file by that.
	return theDatabase().inScope(scopeOf(user), async (session) => {
		const found = await readCase(session, childId);
		if (!found) error(404, 'child_unknown');
		const { policy } = await groundOf(session, found.caseFile, today);
		const wanted = documentCodes.find((code) => code === url.searchParams.get('code'));
		return {
			childId,
			version: found.version,
			policy,
			itemId: undefined,
			codes,
			form: { ...emptyPaper, code: wanted ?? '', received: today },
			scansOnFile: 0
		};
	});
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const user = signedIn(locals, url);
		const childId = childOf(params);
		// Rights before anything is kept of what was sent.
		if (!recordsDocuments.includes(user.role)) error(404, 'child_unknown');
		const data = await request.formData();
		const form = readPaperForm(data);
		const { photos, database } = await photoDoor();
		const scanDesk: ScanDesk = { database, photos, random: randomBytes, now: () => new Date() };

		const carried = await keptScans(scanDesk, user, form.scans);
		const scanFaults: string[] = carried.length < form.scans.length ? ['scan_lost'] : [];
		const scans: Scan[] = [...carried];
		for (const file of data.getAll('scan')) {
			if (typeof file === 'string' || file.size === 0) continue;
			const kept = await keepScan(scanDesk, user, file);
			if (kept.ok) scans.push(kept.value);
			else scanFaults.push(`scan_${kept.error.type}`);
		}
		// Pictures are not lost when a box is wrong: a browser does not send them a second time by itself.
		const again: PaperForm = { ...form, scans: scans.map(({ sha256 }) => sha256) };
		const paper = paperIn(form);
		if (!paper.ok || scanFaults.length > 0)
			return fail(400, { form: again, faults: paper.ok ? [] : paper.error, scanFaults });

		const itemId = itemIdSchema.safeParse(data.get('item'));
		const given = { ...paper.value, ...(itemId.success && { itemId: itemId.data }), scans };
		const filed = await filePaper(await theCaseDesk(), user, childId, versionIn(data), given);
		if (filed.ok) redirect(303, `/desk/child/${childId}/documents?done=${itemId.success ? 'corrected' : 'filed'}`);
		const fault = filed.error;
		if (fault.type === 'paper_odd') return fail(400, { form: again, warnings: fault.warnings });
		if (fault.type === 'title_needed' || fault.type === 'paper_not_yours') return fail(400, { form: again, fault });
		if (fault.type === 'child_unknown') error(404, 'child_unknown');
		return fail(fault.type === 'file_changed' ? 409 : 400, { form: again, refusal: fault });
	}
};
