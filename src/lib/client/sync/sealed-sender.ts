import { sealedBytesMaximum, sealedRecordsMaximum, type SealedKind } from '#lib/sync/sealed.ts';
import type { Vault } from '../tablet.ts';
import type { ExchangeFault, Registry } from './registry.ts';

/*
 * Sends the journal's records as they lie on the disk, without a key of anybody: what a tablet still does that is locked,
 * that everybody has forgotten how to open, or that was closed. What the registry answers is kept by the vault and applied to the records of
 * the tablet when somebody unlocks; what was sent twice, sealed and in the open, is there once.
 *
 *   texts ─► … until none waits ─► photos (where they may travel) ─► …
 *     └── 413, or a fault over one of them: half the batch; a single one is left aside, and the others go on
 */

export interface SealedSenderDeps {
	readonly vault: Pick<Vault, 'nextSealed' | 'sealedSettled'>;
	readonly registry: Pick<Registry, 'sendSealed'>;
	/** Asked before every batch of photos. */
	readonly photosMayTravel: () => boolean;
	/** Records not to be tried now, by number. */
	readonly aside: { has(number: number): boolean; readonly size: number; add(number: number): void };
	/** So many more records are settled, of so many bytes of JSON. */
	readonly onSent: (records: number, bytes: number) => void;
}

/** Bytes of JSON of one push: a line of GPRS carries it within its patience; a photo of 400 kB still fits. */
const batchBytes = Math.floor(sealedBytesMaximum / 4);

/** Undefined once nothing more can be sent now; otherwise what ended it, to be tried again later. */
export async function sendSealed(deps: SealedSenderDeps, signal: AbortSignal): Promise<ExchangeFault | undefined> {
	const texts = await sendKind(deps, ['entries', 'loose'], signal);
	if (texts !== undefined) return texts;
	return deps.photosMayTravel() ? sendKind(deps, ['photo'], signal) : undefined;
}

async function sendKind(
	{ vault, registry, photosMayTravel, aside, onSent }: SealedSenderDeps,
	kinds: readonly SealedKind[],
	signal: AbortSignal
): Promise<ExchangeFault | undefined> {
	let limit = sealedRecordsMaximum;
	while (!signal.aborted) {
		if (kinds.includes('photo') && !photosMayTravel()) return undefined;
		const next = await vault.nextSealed(limit + aside.size, batchBytes, kinds);
		const batch = next.filter(({ number }) => !aside.has(number)).slice(0, limit);
		const [first] = batch;
		if (first === undefined) return undefined;
		const sent = await registry.sendSealed(batch, signal);
		if (!sent.ok) {
			if (!isOfTheBatch(sent.error)) return sent.error;
			if (batch.length === 1) aside.add(first.number);
			limit = Math.max(1, Math.floor(batch.length / 2));
			continue;
		}
		const { epoch, outcomes } = sent.value;
		const told = new Set(outcomes.map(({ number }) => number));
		await vault.sealedSettled(epoch, outcomes);
		const settled = batch.filter(({ number }) => told.has(number));
		// What got no outcome, and what the registry cannot read, is not sent again and again in one turn.
		for (const { number } of batch) if (!told.has(number)) aside.add(number);
		for (const { number, outcome } of outcomes) if (outcome === 'unreadable') aside.add(number);
		onSent(
			settled.length,
			settled.reduce((sum, { body }) => sum + body.length, 0)
		);
		limit = Math.min(sealedRecordsMaximum, limit * 2);
	}
	return undefined;
}

/** The registry is there and stumbles over something in the push: find out over what. */
function isOfTheBatch(fault: ExchangeFault): boolean {
	if (fault.type === 'too_large') return true;
	return fault.type === 'registry_failed' && [400, 422, 500].includes(fault.status);
}
