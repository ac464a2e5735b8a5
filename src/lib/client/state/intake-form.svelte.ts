import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { fold, emptyCaseFile, items, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { live } from '#lib/domain/case-file/versions.ts';
import type { ChildId, EntryId } from '#lib/domain/ids.ts';
import {
	answerSchema,
	fieldDefinition,
	fieldKeys,
	type Answer,
	type Answers,
	type FieldKey,
	type IntakeStep
} from '#lib/domain/intake/fields.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Fact, OpenedChild, Saved, StorageFault } from '../tablet.ts';
import { DraftKeeper } from './draft-keeper.svelte.ts';
import { needsOf, recordedAnswer, type Need } from './submission.ts';
import type { Tablet } from './tablet.svelte.ts';

/** What the draft holds: only what is not an entry yet. */
export interface IntakeDraft {
	readonly inputs: { readonly [K in FieldKey]?: { readonly answer?: Answer<unknown>; readonly raw?: string } };
	readonly photosNotNow: boolean;
	readonly lastStep: IntakeStep;
}

type Input = { readonly answer?: Answer<unknown>; readonly raw?: string };

/** Something typed that the record cannot take, with the reason of the field's schema. */
export interface UnfitAnswer {
	readonly type: 'answer_unfit';
	readonly field: FieldKey;
}

export function intakeDraftKey(childId: ChildId): string {
	return `intake/${childId}`;
}

/**
 * One intake on the screen.
 *
 *   typing ── change ──► draft (sealed, ≤ 300 ms) ── leave the step ──► intake.recorded ──► draft dropped
 *
 * The form shows the recorded answers with the draft's on top. Leaving a step records what changed as one entry that
 * replaces the versions it saw; a browser killed before that finds the draft again.
 */
export class IntakeForm {
	readonly childId: ChildId;
	readonly #tablet: Tablet;
	readonly draft: DraftKeeper<IntakeDraft>;
	#recording: Promise<unknown> = Promise.resolve();
	readonly #inputs = new SvelteMap<FieldKey, Input>();
	photosNotNow = $state(false);
	lastStep = $state<IntakeStep>('reception');
	ready = $state(false);
	/** When the draft that was found had been kept; undefined where there was none. */
	resumedFrom = $state<string | undefined>();
	opened = $state.raw<OpenedChild | undefined>();
	fault = $state.raw<StorageFault | UnfitAnswer | undefined>();
	/** The last thing known to be on the disk: an entry or a draft. */
	savedAt = $state<string | undefined>();

	readonly file: CaseFile = $derived.by(() =>
		this.opened
			? fold(
					this.childId,
					this.opened.entries.map(({ parsed }) => parsed)
				)
			: emptyCaseFile(this.childId)
	);
	readonly needs: readonly Need[] = $derived.by(() => needsOf(this.file, (key) => this.answer(key), this.photosNotNow));
	readonly submitted: boolean = $derived.by(() => this.file.submitted.length > 0);

	constructor(tablet: Tablet, childId: ChildId) {
		this.#tablet = tablet;
		this.childId = childId;
		this.draft = new DraftKeeper(tablet, intakeDraftKey(childId));
	}

	async start(): Promise<void> {
		await this.load();
		const kept = (await this.draft.start()) as IntakeDraft | undefined;
		if (kept) {
			for (const key of fieldKeys) {
				const input = kept.inputs[key];
				if (input) this.#inputs.set(key, input);
			}
			this.photosNotNow = kept.photosNotNow;
			this.lastStep = kept.lastStep;
			this.resumedFrom = this.draft.savedAt;
			this.savedAt = this.draft.savedAt;
		}
		this.ready = true;
	}

	stop(): void {
		this.draft.stop();
	}

	async load(): Promise<void> {
		const opened = await this.#tablet.vault.open(this.childId);
		if (opened.ok) this.opened = opened.value;
		else this.fault = opened.error;
	}

	/** What stands in a field now. */
	input(key: FieldKey): Input {
		const typed = this.#inputs.get(key);
		if (typed) return typed;
		const answer = recordedAnswer(this.file, key);
		return answer === undefined ? {} : { answer };
	}

	/** The answer a field would have if the form were recorded now. */
	answer(key: FieldKey): Answer<unknown> | undefined {
		return this.input(key).answer;
	}

	change(key: FieldKey, input: Input): void {
		this.#inputs.set(key, input);
		this.fault = undefined;
		this.#keep();
	}

	/** Says, or takes back, that the child cannot be photographed now. */
	setPhotosNotNow(notNow: boolean): void {
		this.photosNotNow = notNow;
		this.#keep();
	}

	/** A step was opened: the form is resumed here after a kill. */
	visit(step: IntakeStep): void {
		if (this.lastStep === step) return;
		this.lastStep = step;
		if (this.#inputs.size > 0) this.#keep();
	}

	/** Fields with text that is no answer yet. */
	get unfinished(): readonly FieldKey[] {
		return fieldKeys.filter((key) => this.#inputs.get(key)?.raw !== undefined);
	}

	/** The name on the screen, typed or recorded. */
	get name(): string | undefined {
		for (const key of ['nameGiven', 'nameAssigned', 'nameCalled'] as const) {
			const answer = this.answer(key);
			if (answer?.state === 'known') return String(answer.value);
		}
		return undefined;
	}

	/** How a step stands in the list of steps. */
	stepState(step: IntakeStep): { readonly begun: boolean; readonly missing: number } {
		const keys = fieldKeys.filter((key) => fieldDefinition(key).step === step);
		const listed =
			(step === 'photos' && (items(this.file, 'photo').length > 0 || this.photosNotNow)) ||
			(step === 'body' && items(this.file, 'mark').length > 0) ||
			(step === 'belongings' && items(this.file, 'belonging').length > 0) ||
			(step === 'sample' && items(this.file, 'sample').length > 0);
		return {
			begun: listed || keys.some((key) => this.answer(key) !== undefined),
			missing: this.needs.filter((need) => need.step === step).length
		};
	}

	/**
	 * Records everything that changed as one entry, in turn with other recordings. What is not an answer yet stays in the
	 * draft. Resolves with undefined where nothing had changed.
	 */
	recordChanges(): Promise<Result<Saved | undefined, StorageFault | UnfitAnswer>> {
		const turn = this.#recording.then(() => this.#recordChanges());
		this.#recording = turn.catch(() => undefined);
		return turn;
	}

	/** Records what changed and that the intake is complete. */
	async submit(): Promise<Result<Saved, StorageFault | UnfitAnswer>> {
		const recorded = await this.recordChanges();
		if (!recorded.ok) return recorded;
		const submitted = await this.record([
			{ type: 'intake.submitted', childId: this.childId, occurredOn: this.#tablet.today, replaces: [], payload: {} }
		]);
		if (submitted.ok) await this.draft.drop();
		return submitted;
	}

	/** Records items of this child, such as a mark, and shows them. */
	async record(facts: readonly Fact[]): Promise<Result<Saved, StorageFault>> {
		const saved = await this.#tablet.vault.record(facts);
		if (saved.ok) {
			this.savedAt = saved.value.savedAt;
			await this.load();
		}
		return saved;
	}

	async #recordChanges(): Promise<Result<Saved | undefined, StorageFault | UnfitAnswer>> {
		const answers: Record<string, Answer<unknown>> = {};
		const replaces: EntryId[] = [];
		const taken: [FieldKey, Input][] = [];
		for (const [key, input] of this.#inputs) {
			if (input.raw !== undefined) continue;
			const before = recordedAnswer(this.file, key);
			// An answer that was wiped out is not forgotten but open again.
			const answer = input.answer ?? (before === undefined ? undefined : { state: 'notNow' as const });
			taken.push([key, input]);
			if (answer === undefined || JSON.stringify(answer) === JSON.stringify(before)) continue;
			const fit = answerSchema(key).safeParse(answer);
			if (!fit.success) {
				this.fault = { type: 'answer_unfit', field: key };
				return err(this.fault);
			}
			answers[key] = fit.data as Answer<unknown>;
			for (const version of live<unknown>(this.file.fields[key])) replaces.push(version.entryId);
		}
		if (Object.keys(answers).length > 0) {
			const saved = await this.#tablet.vault.record([
				{
					type: 'intake.recorded',
					childId: this.childId,
					occurredOn: this.#tablet.today,
					replaces: replaces.filter((id, index) => replaces.indexOf(id) === index),
					payload: { answers: answers as Answers }
				}
			]);
			if (!saved.ok) {
				this.fault = saved.error;
				return saved;
			}
			this.savedAt = saved.value.savedAt;
			await this.load();
			await this.#settle(taken);
			return saved;
		}
		await this.#settle(taken);
		return ok(undefined);
	}

	/** What became an entry leaves the draft, unless it was changed meanwhile. */
	async #settle(taken: readonly (readonly [FieldKey, Input])[]): Promise<void> {
		for (const [key, input] of taken) if (this.#inputs.get(key) === input) this.#inputs.delete(key);
		if (this.#inputs.size === 0 && !this.photosNotNow) await this.draft.drop();
		else this.#keep();
	}

	#keep(): void {
		const inputs = JSON.parse(JSON.stringify(Object.fromEntries(this.#inputs))) as IntakeDraft['inputs'];
		this.draft.change({ inputs, photosNotNow: this.photosNotNow, lastStep: this.lastStep });
	}
}

/** The form of the page, set by the frame around its steps. */
export const [useIntake, setIntake] = createContext<IntakeForm>();
