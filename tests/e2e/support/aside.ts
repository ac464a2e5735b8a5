import { createHash, randomUUID } from 'node:crypto';
import { asideReasons } from '#lib/server/entry-log/set-aside.ts';
import { sealedProblems, type SealedProblem } from '#lib/server/sync/sealed-problem.ts';
import type { TestRegistry } from './registry.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const isSealed = (reason: string): reason is SealedProblem => (sealedProblems as readonly string[]).includes(reason);

/**
 * Puts where the registry keeps such things what a tablet of the house might have brought in a bad year: one of each reason,
 * about the newest of its children.
 */
export async function setAsideOneOfEach(registry: TestRegistry): Promise<void> {
	const [tablet] = await registry.query<{ deviceId: string; institutionId: string; staffId: string }>(
		`SELECT devices.id AS "deviceId", devices.institution_id AS "institutionId", users.id AS "staffId"
		FROM devices JOIN users ON users.institution_id = devices.institution_id ORDER BY enrolled_at, users.role LIMIT 1`,
		[]
	);
	const [child] = await registry.query<{ childId: string }>(
		'SELECT child_id AS "childId" FROM child_rows ORDER BY case_number DESC NULLS LAST LIMIT 1',
		[]
	);
	if (!tablet || !child) throw new Error('no tablet or no child to set something aside of');
	const { deviceId, institutionId, staffId } = tablet;
	for (const [index, reason] of asideReasons.entries()) {
		const at = new Date(Date.UTC(2026, 10, 20, 1, index)).toISOString();
		if (isSealed(reason)) {
			const body = JSON.stringify({ number: index });
			await registry.query(
				`INSERT INTO sealed_aside (institution_id, device_id, number, problem, body, body_hash, received_at)
				VALUES ($1, $2, $3, $4, $5, $6, $7)`,
				[institutionId, deviceId, index, reason, body, sha256(body), at]
			);
			continue;
		}
		const merge = reason === 'not_yours_to_merge';
		const id = randomUUID();
		const body = JSON.stringify({
			id,
			childId: child.childId,
			type: merge ? 'child.merged' : reason === 'decision_not_here' ? 'notice.taken_down' : 'care.recorded',
			version: 1,
			replaces: [],
			occurredOn: '2026-11-20',
			recordedAt: '2026-11-20T09:00:00+08:00',
			staffId,
			institutionId,
			deviceId,
			deviceSeq: 900 + index,
			previous: 'a'.repeat(64),
			payload: merge
				? { itemId: randomUUID(), merge: { other: randomUUID(), reason: '照片上是同一个孩子' } }
				: reason === 'decision_not_here'
					? { takeDown: { reason: 'found' } }
					: { itemId: randomUUID(), care: { kind: 'daily', note: '午饭吃了一碗面，精神好' } },
			signature: 'A'.repeat(86)
		});
		const readable = reason !== 'unreadable' && reason !== 'too_deep';
		const facts = reason === 'unreadable' ? { path: 'payload.care.note', problem: 'x' } : {};
		await registry.query(
			`INSERT INTO quarantine (institution_id, device_id, entry_id, child_id, reason_type, reason, body, body_hash, received_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			[
				institutionId,
				deviceId,
				id,
				readable ? child.childId : null,
				reason,
				JSON.stringify({ type: reason, ...facts }),
				body,
				sha256(body),
				at
			]
		);
	}
}
