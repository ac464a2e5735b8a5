import type { Hold } from '#lib/domain/hold/hold.ts';
import { handoverDays } from '#lib/messages/handover.ts';
import type { Translate } from '#lib/messages/message.ts';

/** How the seven days to move a child from the station stand (K3), in one sentence, with the look of a chip. */
export interface HandoverDaysSaid {
	readonly tint: '' | 'pri' | 'ok' | 'warn' | 'bad';
	readonly icon: 'i-clock' | 'i-check' | 'i-warn';
	readonly words: string;
}

/** Undefined where the policy has no such clock. */
export function handoverDaysSaid(hold: Hold, t: Translate): HandoverDaysSaid | undefined {
	const clock = hold.clocks.find(({ id }) => id === 'station-handover');
	if (!clock) return undefined;
	switch (clock.status) {
		case 'not_started':
			return {
				tint: '',
				icon: 'i-clock',
				words: clock.planned ? t(handoverDays.planned, { last: clock.planned.lastDay }) : t(handoverDays.notStarted)
			};
		case 'running':
		case 'elapsed':
			return {
				tint: clock.daysLeft <= 2 ? 'warn' : 'pri',
				icon: 'i-clock',
				words: t(handoverDays.running, { last: clock.lastDay, n: clock.daysLeft })
			};
		case 'overdue':
			return { tint: 'bad', icon: 'i-warn', words: t(handoverDays.overdue, { last: clock.lastDay }) };
		case 'met':
			return {
				tint: clock.late ? 'warn' : 'ok',
				icon: 'i-check',
				words: t(clock.late ? handoverDays.metLate : handoverDays.met, { on: clock.metOn ?? '?', last: clock.lastDay })
			};
	}
}
