import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { RegionOfHouse } from '#lib/domain/case-file/child-hold.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { KindOfHouse } from '#lib/domain/case-file/hold-facts.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { RosterRules } from '#lib/sync/protocol.ts';
import type { LampkeepDatabase } from '../db/database.ts';
import type { Pinyin } from '../search/pinyin.ts';
import type { Argon2id, ArgonParameters } from './argon.ts';
import type { Clock } from './authoring.ts';
import type { Bytes } from './bytes.ts';
import type { JournalDisk } from './journal-disk.ts';

/** Everything the vault needs from the world, handed in so that the core runs in a worker, in a page and in Node alike. */
export interface VaultPlatform {
	readonly openDatabase: () => LampkeepDatabase;
	/** Another database beside the first, where the first does not open; undefined where the browser has no storage buckets. */
	readonly openLife: (life: string) => Promise<LampkeepDatabase | undefined>;
	readonly deleteLife: (life: string) => Promise<void>;
	/** The files beside the database; undefined where the browser gives none. */
	readonly openDisk: () => Promise<JournalDisk | undefined>;
	readonly clock: Clock;
	/** Milliseconds since some moment; never set by anybody, but may stand still while the tablet sleeps. */
	readonly uptime: () => number;
	/** Calls once after so many milliseconds; the answer takes it back. */
	readonly after: (milliseconds: number, work: () => void) => () => void;
	readonly random: (length: number) => Bytes;
	readonly argon2id: Argon2id;
	readonly parameters: { readonly cold: ArgonParameters; readonly warm: ArgonParameters };
	/** Runs `work` while no other tab holds the lock of that name (Web Locks). */
	readonly exclusively: <T>(lock: 'write' | 'unlock', work: () => Promise<T>) => Promise<T>;
	/** Between tabs: carries one word and never anything about a child. */
	readonly channel: {
		readonly post: (word: ChannelWord) => void;
		readonly listen: (listener: (word: ChannelWord) => void) => void;
	};
	/** Big, and needed only once the vault is open. */
	readonly loadPinyin: () => Promise<Pinyin>;
	readonly loadRowRules: () => Promise<RowRules>;
	/** Names the rules that `loadRowRules` brings. Lines made by others are made again after unlocking. */
	readonly rowsVersion: string;
	/** Lets messages in between two stretches of long work. */
	readonly breathe: () => Promise<void>;
	/** A fault that no caller waits for. */
	readonly report: (fault: unknown) => void;
}

/** What the lines of the list take from the roster. */
export interface RosterWord {
	readonly kindOfHouse: KindOfHouse;
	readonly regionOfHouse: RegionOfHouse;
	/** What the registry loaded beside the program's own rules; undefined where that is nothing. */
	readonly rules: RosterRules | undefined;
}

/** How the lines of lists are made and ordered, under the rules in force. See row-rules.ts. */
export interface RowRules {
	readonly makeRow: (caseFile: CaseFile, roster: RosterWord) => ChildRow;
	/** How pressing a child's worst duty is among those due on or before `until`; undefined: none. */
	readonly pressingOn: (row: ChildRow, today: CivilDate, until: CivilDate) => number | undefined;
}

/** What tabs tell each other: what changed, or that somebody locked the tablet. */
export type ChannelWord = 'status' | 'records' | 'queue' | 'drafts' | 'lock';
