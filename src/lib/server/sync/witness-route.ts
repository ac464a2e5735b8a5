import { witnessMaximum, witnessRequestSchema, type SignedStatement, type WitnessAnswer } from '#lib/sync/protocol.ts';
import { readStatement, treeHeadSchema, type TreeHead } from '#lib/sync/statements.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Session } from '../db/connection.ts';
import { notify } from '../inbox/inbox.ts';
import { answerHead, jsonAnswer } from './answers.ts';
import type { KnownDevice } from './device-request.ts';
import type { SyncDoor } from './door.ts';
import { signedMessage } from './signed-message.ts';

/** Twenty statements of some 500 bytes. */
const witnessBytesMaximum = 40_000;

type Verdict = WitnessAnswer['heads'][number];

/**
 * `POST /api/sync/witness`: a tablet shows the tree heads it was given. The registry's own signature proves that it once said
 * so; if its feed has no such entry there now, it has lost or changed what it had: written into the log and told to registry
 * officers. The tablets send their own entries again; whatever else was lost is in backups, or on other tablets.
 */
export async function witness(door: SyncDoor, request: Request): Promise<Response> {
	const read = await signedMessage(door, request, {
		schema: witnessRequestSchema,
		bytes: witnessBytesMaximum,
		list: 'treeHeads',
		listMaximum: witnessMaximum,
		closedToo: false
	});
	if (!read.ok) return read.error;
	const { sender, message } = read.value;
	const heads: Verdict[] = [];
	for (const statement of message.treeHeads) heads.push(await judged(door, sender, statement));
	const head = await answerHead(door);
	return jsonAnswer(request, head, JSON.stringify({ ...head, heads }));
}

async function judged(door: SyncDoor, sender: KnownDevice, statement: SignedStatement): Promise<Verdict> {
	const said = await readStatement(treeHeadSchema, statement, door.keys.signed);
	// A tree head of another house is none of this tablet's.
	if (!said.ok || said.value.institutionId !== sender.institutionId) return 'not_ours';
	return door.database.inScope({ kind: 'registry' }, async (session) => {
		const { rows } = await session.query<{ hash: string }>(
			'SELECT hash FROM feed WHERE institution_id = $1 AND position = $2',
			[said.value.institutionId, said.value.position]
		);
		if (rows[0]?.hash === said.value.hash) return 'holds';
		await tellForgotten(session, sender, said.value);
		return 'forgotten';
	});
}

/** Told once for each head, however many tablets hold it. */
async function tellForgotten(session: Session, { deviceId }: KnownDevice, head: TreeHead): Promise<void> {
	const { institutionId, epoch, position, hash } = head;
	const { rowCount } = await session.query(
		`SELECT 1 FROM audit_events WHERE institution_id = $1 AND action = 'registry.forgot' AND details ->> 'hash' = $2 LIMIT 1`,
		[institutionId, hash]
	);
	if (rowCount > 0) return;
	await writeAudit(session, {
		institutionId,
		action: 'registry.forgot',
		details: { device: deviceId, epoch, position, hash, signedAt: head.at }
	});
	await notify(session, { to: { role: 'registry_officer' }, code: 'registry_forgot', refs: { ref: institutionId } });
}
