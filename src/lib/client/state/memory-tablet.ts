import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { writeBadge } from '#lib/domain/badge.ts';
import { contactAfter } from '#lib/domain/access/contact.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import type { VaultStatus } from '../tablet.ts';
import { inventChildren, inventedRoster } from './memory-children.ts';
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
 * clock. `silent=25` lets the registry be silent for so many days. Passphrase: five times `deng`; PIN: 135790; badge: see below.
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
		badge: inventedBadge
	});
	if (asked.get('children') !== 'none') await inventChildren(vault, now(), browser);
	const silent = asked.get('silent');
	if (silent !== null) vault.silentFor(contactAfter(Number(silent), new Date(now()).toISOString()));
	vault.become(statusOf(asked.get('status')));
	return { ...browser, now, vault };
}

function statusOf(asked: string | null): VaultStatus['status'] {
	return asked === 'locked' || asked === 'resting' || asked === 'not_enrolled' ? asked : 'open';
}
