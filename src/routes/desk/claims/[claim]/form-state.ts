import { claimDesk as words, claimRefusalSentence } from '#lib/messages/claims-desk.ts';
import type { Message, Translate } from '#lib/messages/message.ts';
import { noteMaximum, referenceMaximum } from './box-limits.ts';
import type { ClaimFormAnswer, FormFault, FormName } from './forms.server.ts';

/** A line of the summary at the top of the page: what is wrong, and the box to go to where there is one. */
export interface FormError {
	readonly to: string | undefined;
	readonly sentence: string;
}

/** What the forms of the page show again after one of them was not taken. */
export interface FormState {
	readonly errors: readonly FormError[];
	/** The form that was not taken. */
	readonly failed: FormName | undefined;
	errorIn(form: FormName, field: string): string | undefined;
	typedIn(form: FormName, field: string, otherwise?: string): string;
	isTicked(form: FormName, value: string): boolean;
}

export function formState(answer: ClaimFormAnswer | null, t: Translate): FormState {
	const sentenceOf = (form: FormName, { field, because }: FormFault) =>
		t(words[because], {
			field: t(boxLabel(form, field)),
			number: answer?.texts['number'] ?? '',
			maximum: field === 'note' ? noteMaximum : referenceMaximum
		});
	const errors = answer
		? [
				...(answer.refusal
					? [{ to: boxOfRefusal(answer.in, answer.refusal.type), sentence: claimRefusalSentence(answer.refusal, t) }]
					: []),
				...answer.faults.map((fault) => ({ to: boxId(answer.in, fault.field), sentence: sentenceOf(answer.in, fault) }))
			]
		: [];
	return {
		errors,
		failed: answer?.in,
		errorIn: (form, field) => {
			if (answer?.in !== form) return undefined;
			return errors.find(({ to }) => to === boxId(form, field))?.sentence;
		},
		typedIn: (form, field, otherwise = '') => (answer?.in === form ? (answer.texts[field] ?? '') : otherwise),
		isTicked: (form, value) => answer?.in === form && answer.ticked.includes(value)
	};
}

/** The id of a box: several forms of the page have boxes of the same name. */
export function boxId(form: FormName, field: string): string {
	return `${form}-${field}`;
}

/** The box a refusal is about, where it is about one. */
function boxOfRefusal(form: FormName, refusal: string): string | undefined {
	switch (refusal) {
		case 'too_few_loci':
			return boxId(form, 'loci');
		case 'report_twice':
			return boxId(form, 'reference');
		case 'date_in_future':
			return boxId(form, 'day');
		case 'excluded_before':
			return boxId(form, 'number');
		default:
			return undefined;
	}
}

/** What a box is called. */
export function boxLabel(form: FormName, field: string): Message {
	switch (field) {
		case 'of':
			return words.sampleOf;
		case 'result':
			return words.kinResult;
		case 'finding':
			return words.finding;
		case 'fitness':
			return words.fitness;
		case 'ask':
			return words.parentsAsk;
		case 'decision':
			return words.decisionLabel;
		case 'loci':
			return words.loci;
		case 'day':
			return dayLabels[form] ?? words.day;
		case 'reference':
			return form === 'reportKinship'
				? words.kinReference
				: form === 'recordSample'
					? words.sampleReference
					: words.reference;
		case 'number':
			return words.linkNumber;
		default:
			return words.note;
	}
}

const dayLabels: { readonly [F in FormName]?: Message } = {
	recordSample: words.takenOn,
	reportKinship: words.kinOn,
	recordPoliceFinding: words.findingOn,
	assessFitness: words.fitnessOn,
	recordParentsAsk: words.askedOn
};
