import type { ClaimCommand } from '#lib/domain/claim/decide-claim.ts';
import { claimDecisions, fitnesses, kinshipResults, policeFindings } from '#lib/domain/claim/events.ts';
import { topics } from '#lib/domain/claim/statement.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { ClaimRefusal, formTitles } from '#lib/messages/claims-desk.ts';
import { typedDay } from '../../typed-day.server.ts';
import { noteMaximum, referenceMaximum } from './box-limits.ts';

/** One for each command that a person can give at a desk. */
export type FormName = keyof typeof formTitles;

/** Why a box is not filled in rightly: the box, and a key of the messages (area `claimDesk`). */
export interface FormFault {
	readonly field: string;
	readonly because:
		| 'verdictNeeded'
		| 'topicNeeded'
		| 'noteNeeded'
		| 'tooLong'
		| 'choiceNeeded'
		| 'referenceNeeded'
		| 'dateNeeded'
		| 'dateForm'
		| 'dateMissing'
		| 'lociForm'
		| 'linkNeeded'
		| 'linkUnknown'
		| 'linkMany'
		| 'confirmNeeded';
}

/** What a form that was not taken is given back: everything typed, what is wrong, and why the command was refused. */
export interface ClaimFormAnswer {
	readonly in: FormName;
	readonly texts: Readonly<Record<string, string>>;
	/** Boxes that were ticked, of those that are several. */
	readonly ticked: readonly string[];
	readonly faults: readonly FormFault[];
	readonly refusal?: ClaimRefusal;
}

/** Decisions that are ticked off before they are proposed: they end a family's claim against its will. */
const hurtfulDecisions: readonly string[] = ['refuse', 'fraudulent'];

/** A form as it was typed: single boxes by name, and what was ticked. */
export interface TypedForm {
	readonly texts: Readonly<Record<string, string>>;
	readonly ticked: readonly string[];
}

/** The commands a form gives, in their order; none where a box is not filled in rightly. */
export interface ReadForm {
	readonly commands: readonly ClaimCommand[];
	readonly faults: readonly FormFault[];
}

/** Reads every form but `link`, whose number must be looked up. Which commands may be given is the domain's to say. */
export function readForm(form: Exclude<FormName, 'link'>, typed: TypedForm): ReadForm {
	const boxes = new Boxes(typed);
	const command = commandsOf(form, boxes);
	return boxes.faults.length > 0 || !command
		? { commands: [], faults: boxes.faults }
		: { commands: command, faults: [] };
}

function commandsOf(form: Exclude<FormName, 'link'>, boxes: Boxes): readonly ClaimCommand[] | undefined {
	switch (form) {
		case 'unlink':
		case 'noteEvidence':
		case 'withdraw': {
			const note = boxes.neededNote();
			return note === undefined ? undefined : [{ type: form, note }];
		}
		case 'appeal':
		case 'restore':
			return [{ type: form, ...boxes.note() }];
		case 'screen': {
			const verdict = boxes.choice('verdict', ['plausible', 'not_plausible', 'ask_more'] as const, 'verdictNeeded');
			const note = boxes.note();
			if (verdict === undefined) return undefined;
			if (verdict === 'not_plausible' && note.note === undefined) boxes.wrong('note', 'noteNeeded');
			if (verdict !== 'ask_more') return [{ type: 'screen', verdict, ...note }];
			const asked = boxes.topics();
			return (
				asked && [
					{ type: 'screen', verdict, ...note },
					{ type: 'ask', topics: asked }
				]
			);
		}
		case 'ask': {
			const asked = boxes.topics();
			const note = boxes.note();
			return asked && [{ type: 'ask', topics: asked, ...note }];
		}
		case 'recordSample': {
			const of = boxes.choice('of', ['family', 'child'] as const);
			const takenOn = boxes.day('day');
			const reference = boxes.optionalReference();
			return of && takenOn && [{ type: 'recordSample', of, takenOn, ...reference }];
		}
		case 'reportKinship': {
			const result = boxes.choice('result', kinshipResults);
			const reference = boxes.reference();
			const reportedOn = boxes.day('day');
			const loci = boxes.loci();
			const note = boxes.note();
			return result && reference !== undefined && reportedOn
				? [{ type: 'reportKinship', result, reference, reportedOn, ...loci, ...note }]
				: undefined;
		}
		case 'recordPoliceFinding': {
			const finding = boxes.choice('finding', policeFindings);
			const reference = boxes.reference();
			const foundOn = boxes.day('day');
			const note = boxes.note();
			return finding && reference !== undefined && foundOn
				? [{ type: 'recordPoliceFinding', finding, reference, foundOn, ...note }]
				: undefined;
		}
		case 'assessFitness': {
			const fitness = boxes.choice('fitness', fitnesses);
			const reference = boxes.reference();
			const assessedOn = boxes.day('day');
			const note = boxes.note();
			return fitness && reference !== undefined && assessedOn
				? [{ type: 'assessFitness', fitness, reference, assessedOn, ...note }]
				: undefined;
		}
		case 'recordParentsAsk': {
			const ask = boxes.choice('ask', ['yes', 'no'] as const);
			const askedOn = boxes.day('day');
			return ask && askedOn && [{ type: 'recordParentsAsk', ask: ask === 'yes', askedOn }];
		}
		case 'proposeDecision': {
			const decision = boxes.choice('decision', claimDecisions);
			const reasons = boxes.neededNote();
			if (decision !== undefined && hurtfulDecisions.includes(decision)) boxes.confirmed();
			return decision && reasons ? [{ type: 'proposeDecision', decision, reasons }] : undefined;
		}
		case 'signDecision':
			boxes.confirmed();
			return [{ type: 'signDecision', proposal: boxes.proposal() }];
		case 'returnDecision': {
			const note = boxes.neededNote();
			return note === undefined ? undefined : [{ type: 'returnDecision', proposal: boxes.proposal(), note }];
		}
	}
}

/** The boxes of one form; what is wrong with one is kept beside it. */
class Boxes {
	readonly faults: FormFault[] = [];
	readonly #typed: TypedForm;

	constructor(typed: TypedForm) {
		this.#typed = typed;
	}

	wrong(field: string, because: FormFault['because']): void {
		this.faults.push({ field, because });
	}

	#text(name: string): string {
		return (this.#typed.texts[name] ?? '').trim();
	}

	choice<T extends string>(
		name: string,
		known: readonly T[],
		because: FormFault['because'] = 'choiceNeeded'
	): T | undefined {
		const chosen = known.find((each) => each === this.#text(name));
		if (chosen === undefined) this.wrong(name, because);
		return chosen;
	}

	/** The questions to the family: the topics that are ticked, in their own order. */
	topics(): string[] | undefined {
		const chosen = topics.filter((topic) => this.#typed.ticked.includes(topic));
		if (chosen.length > 0) return chosen;
		this.wrong('topic', 'topicNeeded');
		return undefined;
	}

	note(): { readonly note?: string } {
		const note = this.#text('note');
		if (note.length > noteMaximum) this.wrong('note', 'tooLong');
		return note === '' ? {} : { note };
	}

	neededNote(): string | undefined {
		const { note } = this.note();
		if (note === undefined) this.wrong('note', 'noteNeeded');
		return note;
	}

	reference(): string | undefined {
		const reference = this.#text('reference');
		if (reference === '') this.wrong('reference', 'referenceNeeded');
		if (reference.length > referenceMaximum) this.wrong('reference', 'tooLong');
		return reference === '' ? undefined : reference;
	}

	optionalReference(): { readonly reference?: string } {
		const reference = this.#text('reference');
		if (reference.length > referenceMaximum) this.wrong('reference', 'tooLong');
		return reference === '' ? {} : { reference };
	}

	loci(): { readonly loci?: number } {
		const text = this.#text('loci').normalize('NFKC');
		if (text === '') return {};
		const loci = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
		if (Number.isInteger(loci) && loci <= 60) return { loci };
		this.wrong('loci', 'lociForm');
		return {};
	}

	day(name: string): CivilDate | undefined {
		const day = typedDay(this.#text(name));
		if (day.state === 'good') return day.date;
		if (day.state === 'empty') this.wrong(name, 'dateNeeded');
		else this.wrong(name, day.because === 'form' ? 'dateForm' : 'dateMissing');
		return undefined;
	}

	confirmed(): void {
		if (this.#text('confirm') !== 'yes') this.wrong('confirm', 'confirmNeeded');
	}

	/** The proposal that was on the screen; 0, which none has, where it is no number. */
	proposal(): number {
		const number = Number(this.#text('proposal'));
		return Number.isSafeInteger(number) ? number : 0;
	}
}
