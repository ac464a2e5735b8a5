import { parseArgs } from 'node:util';
import { openDatabase } from '#lib/server/db/open.ts';
import { verifyChains, type Verified } from '#lib/server/entry-log/verify.ts';
import {
	reviewsOfSnapshot,
	snapshotTyped,
	verifySnapshots,
	type ReviewOnFile,
	type VerifiedSnapshots
} from '#lib/server/entry-log/verify-snapshots.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import type { ProgramDatabase } from '#lib/server/db/connection.ts';
import { inGroups } from '#lib/domain/print/groups.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep verify [--snapshot <sha256>] [--json]

Walks the hash chain of every house from its start and names the first row that does not follow from what stands before
it; then walks what every tablet and desk wrote by its own numbers, and names the first entry that does not follow the one before
it; then hashes the evidence of every review anew and names each that is no longer what the reviewers signed. Nothing is
changed; the registry may go on running. Exit code 1 when a row is wrong.

--snapshot  Looks for the review with the snapshot at the foot of a printed sheet, in groups or not, four groups at least,
            and hashes its stored evidence anew:  lampkeep verify --snapshot "3f2a 91c0 77de 0b14"`;

/**
 * `lampkeep verify`: answers {"feeds":3,"rows":8412,"devices":4,"brokenDevices":[],"broken":[],"orphans":[],"reviews":12,"snapshots":[]}; with --snapshot
 * {"reviews":[{"childId":…,"entryId":…,"openedOn":…,"snapshot":…,"recomputed":…}]}.
 */
export async function run(context: CommandContext): Promise<void> {
	const { values } = parseArgs({ args: [...context.args], options: { snapshot: { type: 'string' } } });
	const asked = values.snapshot === undefined ? undefined : snapshotTyped(values.snapshot);
	if (values.snapshot !== undefined && asked === undefined)
		throw new OperatorError('A snapshot is 64 digits 0-9 and a-f; type at least the first four groups of four.');
	const database = await openDatabase(context.config(), { whenInUse: 'share', say: context.say });
	try {
		if (asked === undefined) await verifyAll(context, database);
		else await verifyOne(context, database, asked);
	} finally {
		await database.close();
	}
}

async function verifyAll(context: CommandContext, database: ProgramDatabase): Promise<void> {
	const verified = await verifyChains(database);
	const { reviews, broken } = await verifySnapshots(database);
	const whole =
		verified.broken.length === 0 &&
		verified.brokenDevices.length === 0 &&
		verified.orphans.length === 0 &&
		broken.length === 0;
	if (whole || context.json) {
		context.answer(
			{ ...verified, reviews, snapshots: broken },
			`${verified.feeds} feeds, ${verified.rows} rows: every chain holds, and that of each of ${verified.devices} tablets and desks. ${reviews} reviews: every snapshot fits.`
		);
	}
	if (!whole) throw new OperatorError(sentence(verified, broken));
}

async function verifyOne(context: CommandContext, database: ProgramDatabase, start: string): Promise<void> {
	const reviews = await reviewsOfSnapshot(database, start);
	if (reviews.length === 0)
		throw new OperatorError(
			'No review on file has this snapshot. Check the digits; if they are right, the sheet is not of this registry or the review was changed.'
		);
	const whole = reviews.every(({ snapshot, recomputed }) => snapshot === recomputed);
	if (whole || context.json) context.answer({ reviews }, reviews.map(told).join('\n'));
	if (!whole) throw new OperatorError(reviews.map(told).join(' '));
}

function told({ childId, openedOn, snapshot, recomputed }: ReviewOnFile): string {
	const review = `The review of ${openedOn} about child ${childId}, snapshot ${inGroups(snapshot)}`;
	if (recomputed === snapshot) return `${review}: the stored evidence gives this snapshot. Compare every group.`;
	return `${review}: the stored evidence gives ${inGroups(recomputed)}. It is not what was signed.`;
}

function sentence({ broken, brokenDevices, orphans }: Verified, snapshots: VerifiedSnapshots['broken']): string {
	const found = broken.map(({ institutionId, position, entryId, problem }) => {
		const where = `the feed of ${institutionId}, position ${position}${entryId === null ? '' : `, entry ${entryId}`}`;
		return `${where}: ${words[problem]}.`;
	});
	for (const { deviceId, deviceSeq, entryId, problem } of brokenDevices)
		found.push(`tablet or desk ${deviceId}, number ${deviceSeq}, entry ${entryId}: ${deviceWords[problem]}.`);
	if (orphans.length > 0) found.push(`${orphans.length} entries stand in no feed, the first is ${orphans[0]}.`);
	for (const { childId, entryId, problem } of snapshots)
		found.push(`a review of child ${childId}, entry ${entryId}: ${snapshotWords[problem]}.`);
	return `The log was changed by other hands than the registry's: ${found.join(' ')} Compare with a backup; nothing was changed now.`;
}

const words: Record<Verified['broken'][number]['problem'], string> = {
	hash_wrong: 'the row, its entry or the order before it was changed',
	body_changed: "the entry's text is not the one that was received",
	row_missing: 'a row is missing here',
	head_wrong: 'the feed does not end where its head says'
};

const deviceWords: Record<Verified['brokenDevices'][number]['problem'], string> = {
	previous_wrong: 'the entry does not follow the one before it',
	start_wrong: 'the chain begins where it cannot'
};

const snapshotWords: Record<VerifiedSnapshots['broken'][number]['problem'], string> = {
	evidence_changed: 'the evidence is not the one that was signed and printed',
	signed_otherwise: 'the signature is of another snapshot than its review',
	review_missing: 'the signature stands without its review',
	unreadable: 'the text is no entry of this kind'
};
