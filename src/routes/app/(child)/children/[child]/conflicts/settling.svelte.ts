import type { OpenChild } from '#lib/client/state/open-child.svelte.ts';
import type { Fact, Saved, StorageFault } from '#lib/client/tablet.ts';
import { conflictsOf, type Conflict } from '#lib/domain/case-file/conflict.ts';
import type { EntryId, StaffId } from '#lib/domain/ids.ts';
import type { Answer, Answers, FieldKey } from '#lib/domain/intake/fields.ts';
import type { Remark } from '#lib/domain/remark/remark.ts';
import type { Result } from '#lib/domain/result.ts';

/** What a person chooses on the screen, until it is saved. Choices are kept by what was said, never by where it stood. */
export class Settling {
	readonly #child: OpenChild;
	readonly #only: () => FieldKey | undefined;
	/** By field: the entry of the side that is kept, or 'both'. */
	chosen = $state<{ [K in FieldKey]?: string }>({});
	why = $state<{ [K in FieldKey]?: string }>({});

	readonly conflicts: readonly Conflict[] = $derived.by(() => {
		const only = this.#only();
		return conflictsOf(this.#child.file).filter(({ key }) => only === undefined || key === only);
	});

	constructor(child: OpenChild, only: () => FieldKey | undefined) {
		this.#child = child;
		this.#only = only;
	}

	/** The answer that is kept; undefined while nothing is chosen, or where what was chosen is not among the sides any more. */
	answerFor({ key, sides, both }: Conflict): Answer<unknown> | undefined {
		const choice = this.chosen[key];
		if (choice === 'both') return both;
		return sides.find((side) => sideKey(side) === choice)?.answer;
	}

	/** Saves what was chosen: for each field one entry that replaces every side of it, and the reason beside it. */
	async save(): Promise<Result<Saved & { readonly fields: number }, StorageFault> | undefined> {
		const facts: Fact[] = [];
		const fields: FieldKey[] = [];
		for (const conflict of this.conflicts) {
			const answer = this.answerFor(conflict);
			if (!answer) continue;
			fields.push(conflict.key);
			const replaces = entriesOf(conflict);
			facts.push({
				type: 'intake.recorded',
				childId: this.#child.file.childId,
				occurredOn: this.#child.tablet.today,
				replaces,
				payload: { answers: { [conflict.key]: answer } as Answers }
			});
			const words = this.why[conflict.key]?.trim();
			if (words) facts.push(this.#remark({ kind: 'because', field: conflict.key, about: [...replaces], words }));
		}
		if (fields.length === 0) return undefined;
		const saved = await this.#child.record(facts);
		if (!saved.ok) return saved;
		for (const key of fields) {
			delete this.chosen[key];
			delete this.why[key];
		}
		return { ok: true, value: { ...saved.value, fields: fields.length } };
	}

	/** Leaves a question in the file about every field on the screen for which nothing is chosen, or about all of them. */
	async ask(words: string, to: StaffId | undefined): Promise<Result<Saved, StorageFault>> {
		const open = this.conflicts.filter((conflict) => this.answerFor(conflict) === undefined);
		const about = open.length > 0 ? open : this.conflicts;
		return this.#child.record(
			about.map((conflict) =>
				this.#remark({
					kind: 'asked',
					field: conflict.key,
					about: [...entriesOf(conflict)],
					...(to !== undefined && { to }),
					...(words.trim() !== '' && { words: words.trim() })
				})
			)
		);
	}

	#remark(remark: Remark): Fact {
		return {
			type: 'remark.recorded',
			childId: this.#child.file.childId,
			occurredOn: this.#child.tablet.today,
			replaces: [],
			payload: { itemId: this.#child.tablet.newItemId(), remark }
		};
	}
}

/** Names a side: the first entry that said it. */
export function sideKey({ versions }: Conflict['sides'][number]): string {
	return versions[0]?.entryId ?? '';
}

function entriesOf({ sides }: Conflict): readonly EntryId[] {
	return sides.flatMap(({ versions }) => versions.map(({ entryId }) => entryId));
}
