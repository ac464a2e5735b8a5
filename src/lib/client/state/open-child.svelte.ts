import { createContext } from 'svelte';
import { emptyCaseFile, items, type CaseFile, type ItemKind } from '#lib/domain/case-file/case-file.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { fileWithSheet } from '#lib/domain/handover/sheet.ts';
import { shownName } from '#lib/domain/case-file/child-row.ts';
import { foldChild } from '#lib/domain/case-file/one-child.ts';
import { childHold, type ChildHold } from '#lib/domain/case-file/child-hold.ts';
import type { Hold } from '#lib/domain/hold/hold.ts';
import type { FirstReceiver, Policy } from '#lib/domain/hold/policy.ts';
import type { ChildId, EntryId, InstitutionId } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import { rulesOnTablet, type TabletRules } from '../rules.ts';
import { countsForFiles } from '../search/files-together.ts';
import type { EntryDelivery, Fact, OpenedChild, Saved, StorageFault } from '../tablet.ts';
import type { Tablet } from './tablet.svelte.ts';

/** One child on the screen: its entries as they are on this tablet, folded, and read again whenever they change. */
export class OpenChild {
	readonly childId: ChildId;
	readonly tablet: Tablet;
	#asked = 0;
	state = $state<'loading' | 'open' | 'missing' | 'failed'>('loading');
	fault = $state.raw<StorageFault | undefined>();
	opened = $state.raw<OpenedChild | undefined>();

	readonly file: CaseFile = $derived.by(() => (this.opened ? fileOf(this.opened) : emptyCaseFile(this.childId)));
	/** By the rules the roster carries, laid over those of this program. */
	readonly rules: TabletRules = $derived.by(() => rulesOnTablet(this.tablet.roster?.rules));
	/** The policy this child is under and why, and its hold as of this tablet's date: the registry's date decides. */
	readonly reckoned: ChildHold = $derived.by(() =>
		childHold(this.file, this.tablet.today, {
			rules: this.rules.rules,
			kindOfHouse: (id) => this.#kindOfHouse(id),
			regionOfHouse: (id) => this.tablet.roster?.institutions.find((house) => house.id === id)?.region
		})
	);
	readonly hold: Hold = $derived.by(() => this.reckoned.hold);
	readonly policy: Policy = $derived.by(() => this.reckoned.policy);
	readonly name: string | undefined = $derived.by(() => shownName(this.file)?.name);
	readonly submitted: boolean = $derived.by(() => this.file.submitted.length > 0);

	/** The files the child has, the one that names it first. */
	readonly files: readonly ChildId[] = $derived.by(() => this.opened?.files ?? [this.childId]);

	constructor(tablet: Tablet, childId: ChildId) {
		this.tablet = tablet;
		this.childId = childId;
	}

	async load(): Promise<void> {
		this.#asked += 1;
		const turn = this.#asked;
		const opened = await this.tablet.vault.open(this.childId);
		if (turn !== this.#asked) return;
		if (!opened.ok) {
			this.fault = opened.error;
			this.state = 'failed';
			return;
		}
		this.opened = opened.value;
		this.state = opened.value ? 'open' : 'missing';
	}

	/** Records facts about this child and shows them. */
	async record(facts: readonly Fact[]): Promise<Result<Saved, StorageFault>> {
		const saved = await this.tablet.vault.record(facts);
		if (saved.ok) await this.load();
		return saved;
	}

	delivery(id: EntryId): EntryDelivery {
		return this.opened?.entries.find(({ parsed }) => parsed.entry.id === id)?.delivery ?? { state: 'waiting' };
	}

	/** Written on this tablet, by whoever had it open. */
	writtenHere(id: EntryId): boolean {
		return this.opened?.entries.find(({ parsed }) => parsed.entry.id === id)?.own ?? false;
	}

	/** Every entry, the newest by its device's clock first. */
	get entriesNewestFirst(): readonly { readonly parsed: ParsedEntry; readonly delivery: EntryDelivery }[] {
		return [...(this.opened?.entries ?? [])].sort((a, b) =>
			a.parsed.entry.recordedAt < b.parsed.entry.recordedAt
				? 1
				: a.parsed.entry.recordedAt > b.parsed.entry.recordedAt
					? -1
					: 0
		);
	}

	count(kind: ItemKind): number {
		return items(this.file, kind).length;
	}

	#kindOfHouse(id: InstitutionId): FirstReceiver | undefined {
		const kind = this.tablet.roster?.institutions.find((institution) => institution.id === id)?.kind;
		return kind === 'registry' ? undefined : kind;
	}
}

/** What a hand-over sheet brought stands where nothing else is said, until the registry brings the same entries. */
function fileOf({ childId, entries, sheet }: OpenedChild): CaseFile {
	const told = entries
		.filter(({ parsed, delivery }) => delivery.state !== 'carried' && countsForFiles(parsed.entry.type, delivery))
		.map(({ parsed }) => parsed);
	return sheet ? fileWithSheet(told, sheet) : foldChild(childId, told);
}

/** The child of the page, set by the frame around its sections. */
export const [useChild, setChild] = createContext<OpenChild>();
