import type { Fact, Saved, StorageFault } from '#lib/client/tablet.ts';
import type { Result } from '#lib/domain/result.ts';

/** How a form of this folder records: the page that shows it keeps its own case file fresh. */
export type RecordFacts = (facts: readonly Fact[]) => Promise<Result<Saved, StorageFault>>;
