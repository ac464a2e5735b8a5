import { createHash } from 'node:crypto';
import { fold, type CaseFile } from '../src/lib/domain/case-file/case-file.ts';
import { entryTypes, type Entry, type ParsedEntry } from '../src/lib/domain/case-file/entry.ts';
import { disclose } from '../src/lib/domain/disclosure/disclose.ts';
import { defaultPolicyId, policyById } from '../src/lib/domain/hold/policy.ts';
import type { DeviceId } from '../src/lib/domain/ids.ts';
import { noticeState } from '../src/lib/domain/notice/notice-state.ts';
import { civilDate } from '../src/lib/domain/time.ts';
import { demoChildren } from '../src/lib/demo/demo-world.ts';
import type { DemoChild } from '../src/lib/demo/facts.ts';
import { listNotice } from '../src/lib/server/notices/public-tables.ts';
import type { OpenDatabase } from '../src/lib/server/db/open.ts';

/*
 * Published notices of the demo's children, disclosed and listed by the product's own functions. The pictures are left
 * out: the pages name them, and what is measured is pages.
 */
const seed = 20_150_919;
const today = civilDate('2026-11-01');

/** @returns the public numbers, in the order they were listed */
export async function listNotices(database: OpenDatabase, count: number): Promise<readonly string[]> {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error(`There is no policy ${defaultPolicyId}.`);
	const numbers: string[] = [];
	await database.inScope({ kind: 'registry' }, async (session) => {
		for (const child of demoChildren(seed, 2 * count, today, 'short')) {
			if (numbers.length === count) return;
			const caseFile = caseFileOf(child);
			const { published, publicNumber } = noticeState(caseFile);
			if (!published || publicNumber === undefined || numbers.includes(publicNumber)) continue;
			const { notice } = disclose(caseFile, 'public', policy.value, published.draft);
			await listNotice(session, {
				publicNumber,
				publishedOn: published.approval.occurredOn,
				institution: { name: '云岭县儿童福利院', nameEn: 'Yunling County Children’s Home' },
				notice,
				photos: notice.photos.map(({ sha256, view }) => ({
					token: tokenOf(`${publicNumber} ${sha256}`),
					view,
					width: 640,
					height: 800
				}))
			});
			numbers.push(publicNumber);
		}
	});
	if (numbers.length < count) throw new Error(`Only ${numbers.length} of ${count} notices were published.`);
	return numbers;
}

function caseFileOf({ childId, facts }: DemoChild): CaseFile {
	const entries = facts.map(
		({ id, type, replaces, occurredOn, recordedAt, staffId, institutionId, payload }, i): ParsedEntry => ({
			known: true,
			entry: {
				id,
				childId,
				type,
				version: entryTypes[type].version,
				replaces: [...replaces],
				occurredOn,
				recordedAt,
				staffId,
				institutionId,
				deviceId: '0b8a1f7e-7777-4777-8777-777777777777' as DeviceId,
				deviceSeq: i + 1,
				previous: null,
				payload,
				signature: 'A'.repeat(86)
			} as unknown as Entry
		})
	);
	return fold(childId, entries);
}

/** 22 signs, as the registry's own tokens have. */
function tokenOf(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
