import type { ChildId, DeviceId, EntryId, InstitutionId, StaffId } from '../ids.ts';
import type { CivilDate } from '../time.ts';
import type { Entry } from './entry.ts';

/** Who said something, where and when (by the device's clock: a claim). */
export interface Origin {
	readonly entryId: EntryId;
	readonly childId: ChildId;
	readonly occurredOn: CivilDate;
	readonly recordedAt: string;
	readonly staffId: StaffId;
	readonly institutionId: InstitutionId;
	readonly deviceId: DeviceId;
}

/** One thing said about one value. */
export interface Version<T> extends Origin {
	readonly value: T;
	readonly replaces: readonly EntryId[];
}

/** Everything ever said about one value, ordered by entry id: a set, so the order of arrival cannot show. */
export type Versions<T> = readonly Version<T>[];

export function originOf(entry: Entry): Origin {
	const { id, childId, occurredOn, recordedAt, staffId, institutionId, deviceId } = entry;
	return { entryId: id, childId, occurredOn, recordedAt, staffId, institutionId, deviceId };
}

/** The set with one more version; saying it twice changes nothing. */
export function withVersion<T>(versions: Versions<T> | undefined, version: Version<T>): Versions<T> {
	if (!versions || versions.length === 0) return [version];
	const at = versions.findIndex((other) => other.entryId >= version.entryId);
	if (at === -1) return [...versions, version];
	if (versions[at]?.entryId === version.entryId) return versions;
	return [...versions.slice(0, at), version, ...versions.slice(at)];
}

/**
 * The versions that no other version replaces: one is the value, two or more are a conflict for a person to settle.
 * Honest authors cannot replace each other in a circle (an entry names only entries it has seen); forged ones could
 * make a value vanish, so where nothing is left everything is live.
 */
export function live<T>(versions: Versions<T> | undefined): Versions<T> {
	if (!versions || versions.length < 2) return versions ?? [];
	const replaced = new Set(versions.flatMap((version) => version.replaces.filter((id) => id !== version.entryId)));
	const remaining = versions.filter((version) => !replaced.has(version.entryId));
	return remaining.length > 0 ? remaining : versions;
}
