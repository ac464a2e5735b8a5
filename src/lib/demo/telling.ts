import { fold, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { Entry } from '#lib/domain/case-file/entry.ts';
import type { ChildId, DeviceId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { HousesByKey } from './houses.ts';
import type { Life } from './life.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';

/** `short` leaves out care, most papers and all photos but the front one. */
export type HistoryLength = 'whole' | 'short';

/** What the parts of a history share. */
export interface Telling {
	readonly childId: ChildId;
	readonly random: Random;
	readonly life: Life;
	readonly recorder: Recorder;
	readonly houses: HousesByKey;
	readonly length: HistoryLength;
	/** How far the case has come, by rank; the counts are in demo-world.ts. */
	readonly stage: 'unfinished' | 'no_notice' | 'draft' | 'published' | 'taken_down';
}

/** When things happened that later parts hang on; a day after `today` has not come. */
export interface Milestones {
	readonly platform: CivilDate | undefined;
	readonly newspaper: CivilDate | undefined;
	/** The day the second house received the child. */
	readonly received: CivilDate | undefined;
}

/** The case file as the supervisor has it open. Tablet, chain and signature mean nothing to what it says. */
export function fileSoFar({ recorder, childId }: Telling): CaseFile {
	const unsigned = { childId, version: 1, deviceId: '' as DeviceId, previous: null, signature: '' };
	return fold(
		childId,
		recorder.facts().map((fact, i) => ({
			known: true,
			entry: { ...fact, ...unsigned, replaces: [...fact.replaces], deviceSeq: i + 1 } as Entry
		}))
	);
}
