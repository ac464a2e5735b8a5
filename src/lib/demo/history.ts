import type { CivilDate } from '#lib/domain/time.ts';
import { recordCare } from './care-record.ts';
import type { DemoChild } from './facts.ts';
import type { DemoHouses, HousesByKey } from './houses.ts';
import { recordDecisions } from './decisions-record.ts';
import { recordIntake } from './intake-record.ts';
import { lifeOf } from './life.ts';
import { recordNotice } from './notice-record.ts';
import { recordPapers } from './papers-record.ts';
import { randomOf } from './random.ts';
import { Recorder } from './recorder.ts';
import type { HistoryLength, Telling } from './telling.ts';

/** The history of the child with this number, the same for the same seed, number and day. */
export function childHistory(
	seed: number,
	index: number,
	today: CivilDate,
	houses: DemoHouses & { readonly byKey: HousesByKey },
	length: HistoryLength
): DemoChild {
	const random = randomOf(seed, 'child', index);
	const life = lifeOf(random, index, today, houses.byKey);
	const recorder = new Recorder(random, houses, today);
	const childId = recorder.childId(life.handover);
	const stage = stageOf(life.rank);
	const telling: Telling = { childId, random, life, recorder, houses: houses.byKey, length, stage };

	const intake = recordIntake(telling);
	if (telling.stage === 'unfinished') return { childId, facts: recorder.facts() };
	const milestones = recordNotice(telling, intake);
	recordPapers(telling, milestones);
	if (length === 'whole') recordCare(telling, milestones);
	recordDecisions(telling, milestones);
	return { childId, facts: recorder.facts() };
}

const takenDownRanks = new Set([60, 100, 140, 180, 220, 260]);

function stageOf(rank: number): Telling['stage'] {
	if (rank < 8) return 'unfinished';
	if (rank < 16) return 'no_notice';
	if (rank < 32) return 'draft';
	return takenDownRanks.has(rank) ? 'taken_down' : 'published';
}
