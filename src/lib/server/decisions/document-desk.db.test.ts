import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { items } from '#lib/domain/case-file/case-file.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { CaseDocument } from '#lib/domain/document/document.ts';
import type { ChildId, EntryId } from '#lib/domain/ids.ts';
import { caseOffice, registryScope, signedIn, type CaseOffice } from '../../../../tests/support/case-office.ts';
import { day, policeId, receivedChild } from '../../../../tests/support/leaving-story.ts';
import { childId, itemId, Story } from '../../../../tests/support/notice-story.ts';
import { readAudit } from '../audit/audit.ts';
import { readCase } from '../notices/case-reading.ts';
import { DiskPhotoStore } from '../photos/photo-store.ts';
import { RegistryPhotos } from '../photos/registry-photos.ts';
import { keepScan, keptScans, type ScanDesk } from '../photos/desk-scans.ts';
import { rebuild } from '../read-models/rebuild.ts';
import { filePaper, withdrawDocument } from './document-desk.ts';

const certificate: CaseDocument = {
	code: 'DOC-C',
	number: '云公查〔2025〕3号',
	date: day('2025-11-10'),
	issuer: '云岭县公安局',
	originalSeenBy: '陈国华'
};
const today = day('2025-11-20');

function office(): Promise<CaseOffice> {
	return caseOffice(receivedChild().story.entries, today);
}

async function filed(place: CaseOffice, document = certificate, by = signedIn('a'), more = {}) {
	const given = { document, receivedOn: today, scans: [], seen: [], ...more };
	return filePaper(place.desk, by, childId, await place.version(), given);
}

async function paperOnFile(place: CaseOffice, code: CaseDocument['code']) {
	const found = await place.database.inScope(registryScope, (session) => readCase(session, childId));
	return found && items(found.caseFile, 'document').find(({ value }) => value.code === code);
}

/** Another child, of the same house, with the certificate of the first. */
const otherChild = '00000000-0000-7000-8000-00000000c002' as ChildId;
function otherChildWith(number: string): readonly ParsedEntry[] {
	const story = new Story();
	story.tell('intake.recorded', { answers: { sex: { state: 'known', value: '2' } } }, { by: 'c' });
	story.tell('document.recorded', { itemId: itemId(77), document: { code: 'DOC-C', number } }, { by: 'c' });
	return story.entries.map((parsed, index) => ({
		...parsed,
		entry: {
			...parsed.entry,
			childId: otherChild,
			id: `00000000-0000-7000-8000-00000000ee${String(index).padStart(2, '0')}` as EntryId,
			deviceSeq: 1000 + index
		}
	})) as readonly ParsedEntry[];
}

test('a paper is filed, corrected and withdrawn, each step in the log', async () => {
	const place = await office();
	expect((await filed(place)).ok).toBe(true);
	const paper = await paperOnFile(place, 'DOC-C');
	if (!paper) throw new Error('not on file');
	const corrected = await filed(place, { ...certificate, number: '云公查〔2025〕4号' }, signedIn('b'), {
		itemId: paper.itemId
	});
	expect(corrected.ok).toBe(true);
	expect((await paperOnFile(place, 'DOC-C'))?.live.map(({ value }) => value.number)).toEqual(['云公查〔2025〕4号']);
	const withdrawn = await withdrawDocument(
		place.desk,
		signedIn('a'),
		childId,
		await place.version(),
		paper.itemId,
		'另一个孩子的'
	);
	expect(withdrawn.ok).toBe(true);
	expect(await paperOnFile(place, 'DOC-C')).toBeUndefined();
	const lines = await place.database.inScope(registryScope, (session) => readAudit(session, 3));
	expect(lines.map(({ action, details }) => [action, details])).toEqual([
		['document.withdrawn', {}],
		['document.recorded', { code: 'DOC-C' }],
		['document.recorded', { code: 'DOC-C' }]
	]);
});

test('of two who file from the same screen the second is told to look again, and nothing is written', async () => {
	const place = await office();
	const seen = await place.version();
	const given = { document: certificate, receivedOn: today, scans: [], seen: [] };
	expect((await filePaper(place.desk, signedIn('a'), childId, seen, given)).ok).toBe(true);
	expect(await filePaper(place.desk, signedIn('b'), childId, seen, given)).toEqual({
		ok: false,
		error: { type: 'file_changed', version: seen + 1 }
	});
	expect(await place.version()).toBe(seen + 1);
});

test('a number that stands in another child’s file is told, and where only to who may open that file', async () => {
	const place = await office();
	await place.put(otherChildWith('云公查 [2025] 3号'));
	const told = await filed(place);
	expect(told).toMatchObject({ error: { warnings: [{ code: 'number_elsewhere', files: [otherChild], hidden: 0 }] } });
	// The police see every house.
	expect(await filed(place, certificate, signedIn('p'))).toMatchObject({
		error: { warnings: [{ code: 'number_elsewhere', files: [otherChild] }] }
	});
	// The first house handed the other child on and reads it no more.
	await place.database.asOwner(
		(session) => session.query('UPDATE child_rows SET houses = $2 WHERE child_id = $1', [otherChild, [policeId]]),
		{ scope: registryScope }
	);
	expect(await filed(place)).toMatchObject({
		error: { warnings: [{ code: 'number_elsewhere', files: [], hidden: 1 }] }
	});
	const taken = await filed(place, certificate, signedIn('a'), {
		seen: ['number_elsewhere'],
		reason: '一份证明写了两个孩子'
	});
	expect(taken.ok).toBe(true);
	expect((await paperOnFile(place, 'DOC-C'))?.value.accepted).toEqual({
		warnings: ['number_elsewhere'],
		reason: '一份证明写了两个孩子'
	});
});

test('the list of numbers follows the file: a corrected or withdrawn number is free again, also after a rebuild', async () => {
	const place = await office();
	await place.put(otherChildWith('云公查〔2025〕3号'));
	const { rows } = await place.database.inScope(registryScope, (session) =>
		session.query('SELECT item_id FROM document_numbers WHERE child_id = $1', [otherChild])
	);
	expect(rows).toEqual([{ item_id: itemId(77) }]);
	const numbers = () =>
		place.database.inScope(registryScope, (session) =>
			session.query('SELECT child_id, item_id, code, number_key FROM document_numbers ORDER BY 1, 2')
		);
	const before = (await numbers()).rows;
	await rebuild(place.database);
	expect((await numbers()).rows).toEqual(before);
	await withdrawDocument(
		place.desk,
		signedIn('a'),
		otherChild,
		await place.version(otherChild),
		itemId(77),
		'录错了孩子'
	);
	expect((await filed(place)).ok).toBe(true);
});

test('a house sees the numbers of its own children’s papers alone', async () => {
	const place = await office();
	const count = (institutionId: Parameters<typeof place.database.inScope>[0]) =>
		place.database.inScope(institutionId, async (session) => {
			const { rows } = await session.query<{ n: number }>('SELECT count(*) AS n FROM document_numbers');
			return rows[0]?.n;
		});
	expect(await count({ kind: 'institution', institutionId: signedIn('a').institutionId })).toBe(4);
	expect(await count({ kind: 'institution', institutionId: signedIn('e').institutionId })).toBe(0);
	expect(await count({ kind: 'public' })).toBe(0);
});

test('whoever may not file papers, or not see the child, is refused before anything is told of the file', async () => {
	const place = await office();
	expect(await filed(place, certificate, signedIn('c'))).toMatchObject({ error: { type: 'not_yours_to_decide' } });
	expect(await filed(place, certificate, signedIn('e'))).toMatchObject({ error: { type: 'child_unknown' } });
	expect(await filed(place, { code: 'DOC-G' }, signedIn('p'))).toMatchObject({ error: { type: 'paper_not_yours' } });
});

async function scanDesk(place: CaseOffice): Promise<ScanDesk & { photos: RegistryPhotos }> {
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-scans-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const photos = new RegistryPhotos(place.database, new DiskPhotoStore(folder));
	return { database: place.database, photos, random: randomBytes, now: () => new Date('2025-11-20T04:00:00Z') };
}

const page = await sharp({ create: { width: 2480, height: 3508, channels: 3, background: '#ffffff' } })
	.withExif({ IFD0: { Copyright: 'CANARY-EXIF' } })
	.png()
	.toBuffer();

test('a page is kept without what the scanner wrote into it, and shown once its paper is filed', async () => {
	const place = await office();
	const scans = await scanDesk(place);
	const kept = await keepScan(scans, signedIn('a'), new Blob([new Uint8Array(page)]));
	if (!kept.ok) throw new Error(JSON.stringify(kept.error));
	expect(kept.value).toMatchObject({ mediaType: 'image/jpeg', height: 2048 });
	const own = { kind: 'institution', institutionId: signedIn('a').institutionId } as const;
	expect(await scans.photos.picture(own, kept.value.sha256, 'full')).toBeUndefined();
	expect((await filed(place, certificate, signedIn('a'), { scans: [kept.value] })).ok).toBe(true);
	const shown = await scans.photos.picture(own, kept.value.sha256, 'full');
	expect(shown && Buffer.from(shown).includes('CANARY-EXIF')).toBe(false);
	const stranger = { kind: 'institution', institutionId: signedIn('e').institutionId } as const;
	expect(await scans.photos.picture(stranger, kept.value.sha256, 'full')).toBeUndefined();
});

test('a scan that a form carries along is taken only from the desk that kept it', async () => {
	const place = await office();
	const scans = await scanDesk(place);
	const kept = await keepScan(scans, signedIn('a'), new Blob([new Uint8Array(page)]));
	if (!kept.ok) throw new Error(JSON.stringify(kept.error));
	expect(await keptScans(scans, signedIn('b'), [kept.value.sha256])).toEqual([kept.value]);
	expect(await keptScans(scans, signedIn('e'), [kept.value.sha256])).toEqual([]);
	expect(await keptScans(scans, signedIn('a'), ['0'.repeat(64), 'no hash'])).toEqual([]);
});

test('a PDF and what is no picture are refused by name', async () => {
	const place = await office();
	const scans = await scanDesk(place);
	expect(await keepScan(scans, signedIn('a'), new Blob(['%PDF-1.7 …']))).toMatchObject({ error: { type: 'pdf' } });
	expect(await keepScan(scans, signedIn('a'), new Blob(['<svg/>']))).toMatchObject({
		error: { type: 'not_a_photo' }
	});
});
