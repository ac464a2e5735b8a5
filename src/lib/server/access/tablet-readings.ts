import { mayReadFull, type Grant, type ReadChild, type Reader } from '#lib/domain/access/grant.ts';
import { tabletReadingSchema, type TabletReading } from '#lib/domain/access/reading.ts';
import type { ChildId, ReadingId, StaffId } from '#lib/domain/ids.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import type { ReadingsAnswer } from '#lib/sync/protocol.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import type { KnownDevice } from '../sync/device-request.ts';
import { childToRead, grantsAbout } from './grants.ts';
import { logReadings, type Basis, type NewReading } from './readings.ts';

/**
 * Takes what a tablet tells of the files opened on it, weeks ago perhaps. Whatever it says is kept, a child of another
 * house and a person nobody knows included: that somebody read what was not theirs is worth more than a tidy list.
 * From which grant it was read is looked up here, for the day the tablet says.
 *
 * @param sender the tablet that signed the request; `closed` where a supervisor has closed it
 * @param now the registry's clock
 */
export async function receiveReadings(
	database: ProgramDatabase,
	sender: KnownDevice & { readonly closed: boolean },
	told: readonly unknown[],
	now: Date
): Promise<Pick<ReadingsAnswer, 'kept' | 'refused'>> {
	const readings: TabletReading[] = [];
	const refused: ReadingsAnswer['refused'] = [];
	for (const [index, each] of told.entries()) {
		const parsed = tabletReadingSchema.safeParse(each);
		if (parsed.success) readings.push(parsed.data);
		else {
			const issue = parsed.error.issues[0];
			refused.push({ index, path: (issue?.path ?? []).join('.'), problem: issue?.code ?? 'invalid' });
		}
	}
	const kept = readings.map(({ id }): ReadingId => id);
	if (readings.length === 0) return { kept, refused };
	await database.inScope({ kind: 'registry' }, async (session) => {
		const known = await knownAbout(session, readings);
		const rows = readings.map((reading): NewReading => {
			const { id, childId, staffId, at, purpose } = reading;
			return {
				id,
				institutionId: sender.institutionId,
				staffId,
				childId,
				at,
				receivedAt: now.toISOString(),
				from: { place: 'tablet', deviceId: sender.deviceId, closed: sender.closed },
				what: 'full',
				purpose,
				basis: basisOf(reading, sender, known)
			};
		});
		await logReadings(session, rows);
	});
	return { kept, refused };
}

interface Known {
	readonly readers: ReadonlyMap<StaffId, Reader>;
	readonly children: ReadonlyMap<ChildId, ReadChild>;
	readonly grants: readonly Grant[];
}

async function knownAbout(session: Session, readings: readonly TabletReading[]): Promise<Known> {
	const staffIds = [...new Set(readings.map(({ staffId }) => staffId))];
	const childIds = [...new Set(readings.map(({ childId }) => childId))];
	const { rows } = await session.query<Reader>(
		`SELECT id, role, institution_id AS "institutionId" FROM users WHERE id = ANY ($1::uuid[])`,
		[staffIds]
	);
	const children = new Map<ChildId, ReadChild>();
	for (const childId of childIds) {
		const child = await childToRead(session, childId);
		if (child) children.set(childId, child);
	}
	return {
		readers: new Map(rows.map((reader) => [reader.id, reader])),
		children,
		grants: await grantsAbout(session, staffIds, childIds)
	};
}

function basisOf({ childId, staffId, at, purpose }: TabletReading, sender: KnownDevice, known: Known): Basis {
	const reader = known.readers.get(staffId);
	// A person of another house has no key on this tablet: whoever it was, no grant is looked up for them.
	if (!reader || reader.institutionId !== sender.institutionId) return { basis: 'none' };
	// A child the registry has not heard of was recorded here, and its entries are still on the way.
	const child = known.children.get(childId) ?? { childId, custodian: sender.institutionId, arrivingAt: [] };
	const permission = mayReadFull(reader, child, purpose, known.grants, civilDateAt(Date.parse(at), 'Asia/Shanghai'));
	if (!permission.ok) return { basis: 'none' };
	const { grant } = permission.value;
	return grant === 'duty' ? { basis: 'duty' } : { basis: 'grant', grantId: grant };
}
