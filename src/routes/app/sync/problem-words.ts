import type { Held } from '#lib/client/sync/progress.ts';
import type { QueueItem } from '#lib/client/tablet.ts';
import { heldProblems } from '#lib/messages/queue.ts';
import type { Translate } from '#lib/messages/message.ts';
import { syncReasons } from '#lib/messages/sync.ts';
import { clockTime } from '#lib/ui/dates.ts';

/** Why a thing is not on the registry, as far as somebody has said so; undefined for what just waits its turn. */
export function problemWords(
	item: Pick<QueueItem, 'delivery'>,
	held: Held | undefined,
	t: Translate
): string | undefined {
	if (item.delivery.state === 'quarantined') return t(syncReasons[item.delivery.reason.type]);
	if (item.delivery.state === 'waiting' && held) return t(heldProblems[held.problem], { time: clockTime(held.until) });
	return undefined;
}
