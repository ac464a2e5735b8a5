import type { Envelope } from '#lib/domain/case-file/entry.ts';
import type { InstitutionId } from '#lib/domain/ids.ts';
import { ok } from '#lib/domain/result.ts';
import type { EntryLog, FeedPage, Sender } from '../entry-log.ts';
import type { MemoryEntryLog } from '../memory-entry-log.ts';
import { cursorAt, cursorPosition, type Cursor, type PullAnswer, type Receipt } from '../protocol.ts';
import type { Keep, SyncEvent } from '../sync-state.ts';
import type { Chance } from './chance.ts';
import { SimulatedTablet } from './tablet.ts';
import { RegistryFault, type Fault, type FaultyLog } from './world.ts';

/*
 * Mistakes that real systems made, planted one at a time. Each must be caught; a simulation that misses one proves
 * nothing by passing. They live beside the simulation: a faulty port or a faulty tablet, never a switch in the product.
 */

/** The server makes the ids: a push whose answer was lost is stored twice. */
function insertsAgain(log: MemoryEntryLog, chance: Chance): FaultyLog {
	let number = 1_000_000;
	return {
		read: (...asked) => log.read(...asked),
		append: async (sender, items, receivedAt) => {
			const renamed = items.map((item) => ({ ...(item as Envelope), id: chance.uuid(0), deviceSeq: number++ }));
			const receipts = await log.append(sender, renamed, receivedAt);
			return receipts.map((receipt, index) => ({ ...receipt, id: (items[index] as Envelope).id }));
		}
	};
}

/** Answers first, commits when there is time: a crash in between takes what was confirmed. */
function answersBeforeCommit(log: MemoryEntryLog, chance: Chance): FaultyLog {
	let committed = log.backup();
	return {
		read: (...asked) => log.read(...asked),
		append: async (...pushed) => {
			const receipts = await log.append(...pushed);
			if (chance.happens(0.7)) committed = log.backup();
			return receipts;
		},
		crash: () => log.restore(committed, committed.state.epoch)
	};
}

/** One bad item fails the whole push. */
function allOrNothing(log: MemoryEntryLog): FaultyLog {
	return {
		read: (...asked) => log.read(...asked),
		append: async (sender, items, receivedAt) => {
			const probe = log.backup();
			const receipts = await log.append(sender, items, receivedAt);
			if (receipts.every(({ outcome }) => outcome !== 'quarantined')) return receipts;
			log.restore(probe, probe.state.epoch);
			throw new RegistryFault();
		}
	};
}

/** What cannot be read is thrown away. */
function dropsPoison(log: MemoryEntryLog): FaultyLog {
	return {
		read: (...asked) => log.read(...asked),
		append: async (sender, items, receivedAt) => {
			const readable = items.filter((item) => (item as Envelope).payload['itemId'] !== 'none');
			const receipts = await log.append(sender, readable, receivedAt);
			return items.map((item, index): Receipt => {
				const { id } = item as Envelope;
				const receipt = receipts.find((other) => other.id === id);
				return receipt ?? { outcome: 'quarantined', id, index, reason: { type: 'signature_wrong' } };
			});
		}
	};
}

/** Reads like `WHERE id > cursor` on a sequence: a transaction that is still open is skipped, and never read again. */
function skipsOpenTransactions(log: MemoryEntryLog, chance: Chance): FaultyLog {
	return reading(log, (page) => ({ ...page, entries: page.entries.filter(() => !chance.happens(0.05)) }));
}

/** LIMIT without ORDER BY: some page of what is there, and the cursor at its highest position. */
function readsOutOfOrder(log: MemoryEntryLog, chance: Chance): FaultyLog {
	return {
		append: (...pushed) => log.append(...pushed),
		read: async (house, after, limit) => {
			const all = await log.read(house, after, 1_000);
			if (!all.ok) return all;
			const shuffled = [...all.value.entries].sort(() => chance.next() - 0.5).slice(0, limit);
			const last = Math.max(cursorPosition(after), ...shuffled.map(({ position }) => position));
			const hash = log.feed(house)[last - 1]?.hash ?? '';
			const next = last === cursorPosition(after) ? after : cursorAt(last, hash);
			return ok({ ...all.value, entries: shuffled, next, more: last < all.value.head });
		}
	};
}

/** A cursor that does not fit is taken for "nothing new": a database that was put back goes unnoticed. */
function ignoresTheHash(log: MemoryEntryLog): FaultyLog {
	return {
		append: (...pushed) => log.append(...pushed),
		read: async (house, after, limit) => {
			const from = cursorPosition(after);
			const hash = log.feed(house)[from - 1]?.hash;
			const head = log.feed(house).length;
			if (from > 0 && hash === undefined) return ok({ entries: [], next: after, more: false, head });
			return log.read(house, from === 0 ? 'start' : cursorAt(from, hash ?? ''), limit);
		}
	};
}

/** A house that takes over a child gets only what is written from then on. */
function handsOverWithoutHistory(log: MemoryEntryLog): FaultyLog {
	return reading(log, (page, house) => ({
		...page,
		entries: page.entries.filter(({ text }) => {
			const entry = JSON.parse(text) as Envelope;
			return entry.institutionId === house || entry.type !== 'intake.recorded';
		})
	}));
}

function reading(log: MemoryEntryLog, change: (page: FeedPage, house: InstitutionId) => FeedPage): FaultyLog {
	return {
		append: (sender: Sender, items: readonly unknown[], receivedAt: string) => log.append(sender, items, receivedAt),
		read: async (house: InstitutionId, after: Cursor, limit: number): ReturnType<EntryLog['read']> => {
			const page = await log.read(house, after, limit);
			return page.ok ? ok(change(page.value, house)) : page;
		}
	};
}

/** Takes any receipt for good, whichever request and whichever life of the registry it belongs to. */
class BelievesLateReceipts extends SimulatedTablet {
	override receive(event: SyncEvent, chance: Chance): void {
		const { epoch } = this.position;
		if (event.type === 'pushAnswered' && epoch !== undefined && this.state.inFlight?.request !== event.request) {
			const { receipts } = event.answer;
			const sent = receipts.flatMap(({ id }) => (id === undefined ? [] : [id]));
			this.keep({ type: 'receipts', epoch, receipts, sent });
		}
		super.receive(event, chance);
	}

	// A tablet that trusts receipts so far does not look whether the feed bears them out either.
	protected override contradicts(): boolean {
		return false;
	}
}

/** Takes any page for the next one. */
class AppliesStalePages extends SimulatedTablet {
	override receive(event: SyncEvent, chance: Chance): void {
		if (event.type === 'pullAnswered' && this.state.inFlight?.request !== event.request) {
			this.applyEntries(event.answer);
			this.position = { ...this.position, cursor: event.answer.next };
		}
		super.receive(event, chance);
	}
}

/** Learns of a new epoch and goes on reading, but sends nothing again. */
class KeepsReceiptsOfOldEpochs extends SimulatedTablet {
	protected override startAgain(position: SimulatedTablet['position']): void {
		this.position = position;
		const { epoch } = position;
		if (epoch === undefined) return;
		for (const own of this.own.values()) {
			if (own.delivery.state !== 'waiting') own.delivery = { ...own.delivery, epoch };
		}
	}

	protected override contradicts(): boolean {
		return false;
	}
}

/** Throws its own entries away as soon as they are confirmed: the registry has them, has it not? */
class PurgesConfirmed extends SimulatedTablet {
	override keep(keep: Keep): void {
		super.keep(keep);
		if (keep.type !== 'receipts') return;
		for (const [id, { delivery, entry, good }] of this.own) {
			if (delivery.state !== 'registered') continue;
			if (good) this.others.set(id, this.parse(entry));
			this.own.delete(id);
		}
	}
}

/** Writes the cursor in one transaction and the page in another. */
class MovesTheCursorFirst extends SimulatedTablet {
	#held: PullAnswer | undefined;

	protected override apply(answer: PullAnswer): void {
		this.#land();
		this.position = { epoch: answer.epoch, cursor: answer.next };
		this.#held = answer;
	}

	override step(): ReturnType<SimulatedTablet['step']> {
		this.#land();
		return super.step();
	}

	override known(childId: Parameters<SimulatedTablet['known']>[0]): ReturnType<SimulatedTablet['known']> {
		this.#land();
		return super.known(childId);
	}

	override crash(): void {
		this.#held = undefined;
		super.crash();
	}

	#land(): void {
		if (this.#held) this.applyEntries(this.#held);
		this.#held = undefined;
	}
}

/** The planted mistakes by name. */
export const faults: Readonly<Record<string, Fault>> = {
	'a push that is repeated is stored again': { log: insertsAgain },
	'the registry answers before it commits': { log: answersBeforeCommit },
	'a bad item fails its whole push': { log: allOrNothing },
	'a bad item is thrown away': { log: dropsPoison },
	'a cursor skips what is committed late': { log: skipsOpenTransactions },
	'pages come out of order': { log: readsOutOfOrder },
	'a cursor that does not fit is ignored': { log: ignoresTheHash },
	'a hand-over does not bring what was before': { log: handsOverWithoutHistory },
	'a late receipt is believed': { tablet: BelievesLateReceipts },
	'a stale page is applied': { tablet: AppliesStalePages },
	'a new epoch sends nothing again': { tablet: KeepsReceiptsOfOldEpochs },
	'own entries are purged when confirmed': { tablet: PurgesConfirmed },
	'the cursor is written before the page': { tablet: MovesTheCursorFirst },
	'an edit replaces what nobody had seen': { replaces: (_, everything) => everything }
};
