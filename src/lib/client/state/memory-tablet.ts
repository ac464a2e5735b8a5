import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { writeBadge } from '#lib/domain/badge.ts';
import { contactAfter } from '#lib/domain/access/contact.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import type { RecoveryReport, VaultStatus } from '../tablet.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import { inventChildren, inventedRoster, inventOverdue } from './memory-children.ts';
import { createMemoryEngine, inventedProgress } from './memory-engine.ts';
import { createMemoryVault } from './memory-vault.ts';
import { memoryRow } from './memory-row.ts';
import type { TabletParts } from './tablet.svelte.ts';

/** Sixteen bytes of 17, for trying the lock screen. */
export const inventedBadge = writeBadge(new Uint8Array(16).fill(17));

type BrowserParts = Pick<TabletParts, 'preparePhoto' | 'now' | 'random' | 'timeZone'>;

/**
 * A tablet of invented children that forgets them when the page closes.
 *
 * `status=locked|resting|open|not_enrolled` says how it begins, `children=none` leaves it empty, `day=2026-11-22` sets its
 * clock. `silent=25` lets the registry be silent for so many days, `person=wang` begins with the supervisor, `overdue=5` leaves an
 * entry unsent for so many days, `damaged=mended|again|lost` tells of a damaged store, `engine=` puts sync into a state of
 * memory-engine.ts and `clock=-90` sets this tablet's clock wrong by so many minutes. Passphrase: five times `deng`; PIN: 135790; badge: see below.
 */
export async function memoryParts(browser: BrowserParts, asked: URLSearchParams): Promise<TabletParts> {
	const day = asked.get('day');
	const offset = day === null ? 0 : Date.parse(`${day}T01:14:00Z`) - browser.now();
	const now = () => browser.now() + offset;
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('The policy of the rescued child is missing');
	const restDays = restDaysFor(policy.value.calendar);
	const vault = createMemoryVault({
		now,
		random: browser.random,
		roster: inventedRoster,
		rowOf: (file) => {
			const today = civilDateAt(now(), browser.timeZone);
			return memoryRow(file, today, policy.value, restDays, inventedRoster);
		},
		passphrase: 'deng deng deng deng deng',
		pin: '135790',
		badge: inventedBadge,
		...(asked.get('person') === 'wang' && { begins: inventedRoster.staff[1]?.id })
	});
	if (asked.get('children') !== 'none') await inventChildren(vault, now(), browser);
	const silent = asked.get('silent');
	if (silent !== null) vault.silentFor(contactAfter(Number(silent), new Date(now()).toISOString()));
	const overdue = asked.get('overdue');
	if (overdue !== null) await inventOverdue(vault, now() - Number(overdue) * 86_400_000);
	const damage = inventedDamage(asked.get('damaged'), now());
	if (damage) vault.recovered(damage);
	vault.become(statusOf(asked.get('status')));
	const waiting = (await vault.queue({ show: 'waiting', offset: 0, limit: 20 })).items.map(({ id }) => id as EntryId);
	const state = inventedProgress(asked.get('engine') ?? '', now(), waiting);
	const clock = asked.get('clock');
	if (!state && clock === null) return { ...browser, now, vault };
	const clockOffset = clock === null ? undefined : -Number(clock) * 60_000;
	return { ...browser, now, vault, engine: createMemoryEngine({ ...state, clockOffset }) };
}

function inventedDamage(asked: string | null, now: number): RecoveryReport | undefined {
	const at = new Date(now - 600_000).toISOString();
	switch (asked) {
		case 'mended':
			return {
				at,
				found: [{ type: 'database_older', saves: 3 }],
				cameBack: { entries: 3, photos: 1 },
				lost: { entries: 0 },
				readingAgain: false
			};
		case 'again':
			return {
				at,
				found: [{ type: 'database_empty' }],
				cameBack: { entries: 12, photos: 0 },
				lost: { entries: 0 },
				readingAgain: true
			};
		case 'lost':
			return {
				at,
				found: [
					{ type: 'database_unopenable', detail: 'UnknownError' },
					{ type: 'records_missing', table: 'segments', count: 2 },
					{ type: 'records_unreadable', table: 'segments', count: 1 },
					{ type: 'journal_damaged', stretches: 1 }
				],
				cameBack: { entries: 11, photos: 2 },
				lost: { entries: 1 },
				readingAgain: false
			};
		default:
			return undefined;
	}
}

function statusOf(asked: string | null): VaultStatus['status'] {
	return asked === 'locked' || asked === 'resting' || asked === 'not_enrolled' ? asked : 'open';
}
