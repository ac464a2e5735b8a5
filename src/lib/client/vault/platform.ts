import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { LampkeepDatabase } from '../db/database.ts';
import type { Pinyin } from '../search/pinyin.ts';
import type { Argon2id, ArgonParameters } from './argon.ts';
import type { Clock } from './authoring.ts';
import type { Bytes } from './bytes.ts';

/** Everything the vault needs from the world, handed in so that the core runs in a worker, in a page and in Node alike. */
export interface VaultPlatform {
	readonly openDatabase: () => LampkeepDatabase;
	readonly clock: Clock;
	readonly random: (length: number) => Bytes;
	readonly argon2id: Argon2id;
	readonly parameters: { readonly cold: ArgonParameters; readonly warm: ArgonParameters };
	/** Runs `work` while no other tab holds the lock of that name (Web Locks). */
	readonly exclusively: <T>(lock: 'write' | 'unlock', work: () => Promise<T>) => Promise<T>;
	/** Between tabs: carries one word and never anything about a child. */
	readonly channel: { readonly post: (word: ChannelWord) => void; readonly listen: (listener: (word: ChannelWord) => void) => void };
	/** Big, and needed only once the vault is open. */
	readonly loadPinyin: () => Promise<Pinyin>;
	readonly loadRowMaker: () => Promise<RowMaker>;
	/** Names the rules that `loadRowMaker` brings. Lines made by others are made again after unlocking. */
	readonly rowsVersion: string;
	/** Lets messages in between two stretches of long work. */
	readonly breathe: () => Promise<void>;
	/** A fault that no caller waits for. */
	readonly report: (fault: unknown) => void;
}

/** Makes the line of a list from a case file, under the rules this program carries. */
export type RowMaker = (caseFile: CaseFile) => ChildRow;

/** What tabs tell each other: what changed, or that somebody locked the tablet. */
export type ChannelWord = 'status' | 'records' | 'queue' | 'drafts' | 'lock';
