import { z } from 'zod';
import { codeTables } from '../codes/tables.ts';
import { provinces } from '../codes/provinces.ts';
import type { ResidentIdFault } from '../codes/resident-id.ts';
import type { Place } from '../intake/fields.ts';
import { err, ok, type Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import {
	daysOf,
	identityKinds,
	marksMaximum,
	relations,
	reportedAnswers,
	siblingsMaximum,
	statementProblems,
	topicSchemas,
	type FamilyDate,
	type FamilyStatement,
	type LunarDays,
	type Sibling,
	type StatementProblem,
	type Topic,
	type TopicAnswers
} from './statement.ts';

/*
 * The pages of the wizard as forms without script: what people type, box by box, read into answers and written back. What
 * was typed comes back into its box whatever was wrong with the rest.
 */

/** Box by box, as typed. Ticks and choices hold their value, or are not there. */
export type Typed = Readonly<Record<string, string>>;

/** What cannot be read in one box. The words are the messages'. */
export type TopicFault = { readonly control: string } & (
	| { readonly type: 'not_a_number' }
	/** 98 may be 1998 or lunar or an age. */
	| { readonly type: 'year_two_digits' }
	| { readonly type: 'out_of_range'; readonly least: number; readonly most: number }
	| { readonly type: 'too_long'; readonly maximum: number }
	| { readonly type: 'reason_missing' }
	| { readonly type: 'year_missing' | 'day_without_month' | 'no_such_day' | 'lunar_month_short' }
	| { readonly type: 'in_the_future' | 'lost_before_born' }
	| { readonly type: 'identity_number'; readonly fault: ResidentIdFault }
	| { readonly type: 'phone_unreadable' | 'public_number' }
);

/** What the reading of one topic leans on. */
export interface TopicReading {
	readonly today: CivilDate;
	readonly lunar: LunarDays;
	/** The other topics as they are kept: a loss is compared with the birth. */
	readonly statement: FamilyStatement;
}

/** Reads a topic's form; every fault at once, each with its box. */
export function readTopic<T extends Topic>(
	topic: T,
	typed: Typed,
	reading: TopicReading
): Result<TopicAnswers<T>, readonly TopicFault[]> {
	const form = new Form(typed);
	const raw = { ...form[topic](), ...(form.ticked('unsure') && { unsure: true as const }) };
	if (form.faults.length > 0) return err(form.faults);
	const answers = withDays(raw, reading.lunar);
	const parsed = topicSchemas[topic].safeParse(answers);
	// Every box was measured above: what the schema still refuses is our own mistake.
	if (!parsed.success) throw new Error(`topic ${topic} does not fit: ${z.prettifyError(parsed.error)}`);
	const whole = { ...reading.statement, [topic]: parsed.data };
	const faults = statementProblems(whole, reading.today, reading.lunar, 'topic')
		.filter((problem) => problem.topic === topic && problem.weight === 'must')
		.flatMap(faultOf);
	return faults.length > 0 ? err(faults) : ok(parsed.data as TopicAnswers<T>);
}

/** The boxes of a topic as they stand for its answers. Inverse of {@link readTopic}. */
export function typedTopic(topic: Topic, statement: FamilyStatement): Typed {
	const typed: Record<string, string> = {};
	const put = (control: string, value: string | number | undefined) => {
		if (value !== undefined && value !== '') typed[control] = String(value);
	};
	const tick = (control: string, value: true | undefined) => put(control, value && 'yes');
	const putDate = (prefix: string, date: FamilyDate | undefined) => {
		if (!date) return;
		put(`${prefix}Calendar`, date.calendar);
		put(`${prefix}Year`, date.y);
		put(`${prefix}Month`, date.m);
		put(`${prefix}Day`, date.d);
		tick(`${prefix}Leap`, date.leap);
		put(`${prefix}Text`, date.text);
		tick(`${prefix}Approx`, date.approx);
	};
	const putPlace = (control: string, place: Place | undefined) => {
		put(`${control}Province`, place?.code);
		put(control, place?.text);
	};
	switch (topic) {
		case 'which': {
			const which = statement.which;
			put('publicNumber', which?.publicNumber);
			tick('asWritten', which?.asWritten);
			tick('noNumber', which?.noNumber);
			put('words', which?.words);
			break;
		}
		case 'child': {
			const child = statement.child;
			for (const name of childNames) put(name, child?.names?.[name]);
			put('sex', child?.sex);
			putDate('birth', child?.birth);
			put('ageYears', child?.ageAtLoss?.years);
			put('ageMonths', child?.ageAtLoss?.months);
			tick('ageApprox', child?.ageAtLoss?.approx);
			put('bloodGroup', child?.bloodGroup);
			break;
		}
		case 'loss': {
			const loss = statement.loss;
			putDate('date', loss?.date);
			putPlace('place', loss?.place);
			for (const text of ['how', 'reported', 'policeStation', 'caseNumber'] as const) put(text, loss?.[text]);
			break;
		}
		case 'looks': {
			const looks = statement.looks;
			put('height', looks?.height?.cm);
			tick('heightApprox', looks?.height?.approx);
			for (const text of looksTexts) put(text, looks?.[text]);
			for (const [index, mark] of (looks?.marks ?? []).entries()) {
				put(`mark${index}Kind`, mark.kind);
				put(`mark${index}Site`, mark.site);
				put(`mark${index}Side`, mark.side);
				put(`mark${index}Words`, mark.words);
			}
			break;
		}
		case 'family': {
			const family = statement.family;
			put('fatherName', family?.fatherName);
			put('motherName', family?.motherName);
			for (const [index, sibling] of (family?.siblings ?? []).entries()) {
				put(`sibling${index}Order`, sibling.order);
				put(`sibling${index}Name`, sibling.name);
				put(`sibling${index}Words`, sibling.words);
			}
			putPlace('home', family?.homeThen);
			put('livesNow', family?.livesNow);
			break;
		}
		case 'papers':
			put('words', statement.papers?.words);
			break;
		case 'you': {
			const you = statement.you;
			for (const text of ['name', 'relation', 'relationWords', 'phone', 'otherContact', 'language'] as const) {
				put(text, you?.[text]);
			}
			put('identityKind', you?.identity?.kind);
			put('identityNumber', you?.identity?.number);
			tick('identityConfirmed', you?.identity?.confirmed && true);
			put('identityReason', you?.identity?.confirmed?.reason);
			put('secondName', you?.second?.name);
			put('secondRelation', you?.second?.relation);
			put('secondPhone', you?.second?.phone);
			break;
		}
	}
	tick('unsure', statement[topic]?.unsure);
	return typed;
}

/** How many rows of marks or siblings are needed for what the boxes hold: at least `least`, within the maximum. */
export function rowsShown(typed: Typed, prefix: 'mark' | 'sibling', least: number): number {
	const maximum = prefix === 'mark' ? marksMaximum : siblingsMaximum;
	const filled = Object.keys(typed)
		.map((control) => new RegExp(`^${prefix}(\\d+)`).exec(control)?.[1])
		.flatMap((place) => (place === undefined ? [] : [Number(place) + 1]));
	return Math.min(maximum, Math.max(least, ...filled));
}

const childNames = ['given', 'milk', 'school', 'other'] as const;
const looksTexts = ['features', 'clothing', 'belongings', 'speech', 'habits'] as const;
const sides = ['left', 'right', 'middle', 'both'] as const;
const orders = ['older', 'younger', 'twin', 'unsure'] as const;
const sexes = ['0', '1', '2', '9'] as const;

/** Boxes being read: what cannot be read is noted and read on, so that all faults come at once. */
class Form {
	readonly faults: TopicFault[] = [];
	readonly #typed: Typed;

	constructor(typed: Typed) {
		this.#typed = typed;
	}

	which() {
		return defined({
			publicNumber: this.#text('publicNumber', 40),
			asWritten: this.#tick('asWritten'),
			noNumber: this.#tick('noNumber'),
			words: this.#text('words', 1000)
		});
	}

	child() {
		const names = defined(Object.fromEntries(childNames.map((name) => [name, this.#text(name, 200)])));
		const years = this.#number('ageYears', 0, 30);
		const months = this.#number('ageMonths', 0, 360);
		return defined({
			names: Object.keys(names).length > 0 ? names : undefined,
			sex: this.#choice('sex', sexes),
			birth: this.#date('birth'),
			ageAtLoss:
				years === undefined && months === undefined
					? undefined
					: defined({ years, months, approx: this.#tick('ageApprox') }),
			bloodGroup: this.#code('bloodGroup', 'bloodGroup')
		});
	}

	loss() {
		return defined({
			date: this.#date('date'),
			place: this.#place('place'),
			how: this.#text('how', 4000),
			reported: this.#choice('reported', reportedAnswers),
			policeStation: this.#text('policeStation', 200),
			caseNumber: this.#text('caseNumber', 200)
		});
	}

	looks() {
		const cm = this.#number('height', 20, 220, true);
		const marks = Array.from({ length: marksMaximum }, (_, index) => this.#mark(index)).filter(
			(mark) => mark !== undefined
		);
		return defined({
			height: cm === undefined ? undefined : defined({ cm, approx: this.#tick('heightApprox') }),
			features: this.#text('features', 2000),
			marks: marks.length > 0 ? marks : undefined,
			clothing: this.#text('clothing', 2000),
			belongings: this.#text('belongings', 2000),
			speech: this.#text('speech', 1000),
			habits: this.#text('habits', 4000)
		});
	}

	family() {
		const siblings = Array.from({ length: siblingsMaximum }, (_, index) => this.#sibling(index)).filter(
			(sibling) => sibling !== undefined
		);
		return defined({
			fatherName: this.#text('fatherName', 200),
			motherName: this.#text('motherName', 200),
			siblings: siblings.length > 0 ? siblings : undefined,
			homeThen: this.#place('home'),
			livesNow: this.#text('livesNow', 500)
		});
	}

	papers() {
		return defined({ words: this.#text('words', 2000) });
	}

	you() {
		const second = defined({
			name: this.#text('secondName', 200),
			relation: this.#text('secondRelation', 200),
			phone: this.#text('secondPhone', 40)
		});
		return defined({
			name: this.#text('name', 200),
			relation: this.#choice('relation', relations),
			relationWords: this.#text('relationWords', 200),
			identity: this.#identity(),
			phone: this.#text('phone', 40),
			otherContact: this.#text('otherContact', 200),
			language: this.#text('language', 100),
			second: Object.keys(second).length > 0 ? second : undefined
		});
	}

	ticked(control: string): boolean {
		return this.#typed[control] !== undefined && this.#typed[control] !== '';
	}

	#identity() {
		const number = this.#text('identityNumber', 60);
		const reason = this.#text('identityReason', 500);
		if (number === undefined) return undefined;
		const ticked = this.ticked('identityConfirmed');
		if (ticked && reason === undefined) this.faults.push({ control: 'identityReason', type: 'reason_missing' });
		return defined({
			kind: this.#choice('identityKind', identityKinds) ?? 'resident_id',
			number,
			confirmed: ticked && reason !== undefined ? { reason } : undefined
		});
	}

	#mark(index: number) {
		const mark = {
			kind: this.#code(`mark${index}Kind`, 'markKind'),
			site: this.#code(`mark${index}Site`, 'bodySite'),
			side: this.#choice(`mark${index}Side`, sides),
			words: this.#text(`mark${index}Words`, 1000)
		};
		const empty = Object.values(mark).every((value) => value === undefined);
		return empty ? undefined : defined({ ...mark, words: mark.words ?? '' });
	}

	#sibling(index: number): Sibling | undefined {
		const order = this.#choice(`sibling${index}Order`, orders);
		const name = this.#text(`sibling${index}Name`, 200);
		const words = this.#text(`sibling${index}Words`, 500);
		if (name === undefined && words === undefined && (order === undefined || order === 'unsure')) return undefined;
		return {
			order: order ?? 'unsure',
			...(name !== undefined && { name }),
			...(words !== undefined && { words })
		};
	}

	#place(control: string) {
		const code = this.#typed[`${control}Province`];
		const known = provinces.some((province) => province.code === code) ? code : undefined;
		const text = this.#text(control, 500);
		return known === undefined && text === undefined ? undefined : defined({ code: known, text: text ?? '' });
	}

	#date(prefix: string) {
		const year = this.#year(`${prefix}Year`);
		const monthTyped = plain(this.#typed[`${prefix}Month`]);
		const month = this.#number(`${prefix}Month`, 1, 12);
		const day = this.#number(`${prefix}Day`, 1, 31);
		const text = this.#text(`${prefix}Text`, 200);
		if ([year, month, day, text].every((value) => value === undefined)) return undefined;
		// Who writes 闰五月, 腊月 or 初三 speaks of the lunar calendar whatever is ticked.
		const leap = this.ticked(`${prefix}Leap`) || monthTyped.startsWith('闰');
		const inLunarWords = leap || /[正冬腊]/.test(monthTyped) || /^[初廿卅]/.test(plain(this.#typed[`${prefix}Day`]));
		const calendar = this.#typed[`${prefix}Calendar`] === 'lunar' || inLunarWords ? 'lunar' : 'solar';
		return defined({
			calendar: calendar as FamilyDate['calendar'],
			y: year,
			m: month,
			d: day,
			leap: leap && month !== undefined ? (true as const) : undefined,
			text,
			approx: this.#tick(`${prefix}Approx`)
		});
	}

	#year(control: string): number | undefined {
		const typed = plain(this.#typed[control]).replace(/年$/, '');
		if (typed === '') return undefined;
		const value = numberIn(typed);
		if (value === undefined || !Number.isInteger(value)) this.faults.push({ control, type: 'not_a_number' });
		else if (value >= 0 && value < 100) this.faults.push({ control, type: 'year_two_digits' });
		else if (value < 1900 || value > 2100) {
			this.faults.push({ control, type: 'out_of_range', least: 1900, most: 2100 });
		} else return value;
		return undefined;
	}

	#number(control: string, least: number, most: number, broken = false): number | undefined {
		const typed = plain(this.#typed[control]).replace(/(个月|厘米|公分|cm|月|日|号|岁)$/i, '');
		if (typed === '') return undefined;
		const value = numberIn(typed);
		if (value === undefined || (!broken && !Number.isInteger(value))) {
			this.faults.push({ control, type: 'not_a_number' });
		} else if (value < least || value > most) this.faults.push({ control, type: 'out_of_range', least, most });
		else return value;
		return undefined;
	}

	#text(control: string, maximum: number): string | undefined {
		const value = readable(this.#typed[control] ?? '').trim();
		if (value === '') return undefined;
		if (value.length <= maximum) return value;
		this.faults.push({ control, type: 'too_long', maximum });
		return undefined;
	}

	#tick(control: string): true | undefined {
		return this.ticked(control) ? true : undefined;
	}

	/** What no page offers counts as not chosen. */
	#choice<const C extends readonly string[]>(control: string, choices: C): C[number] | undefined {
		return choices.find((choice) => choice === this.#typed[control]);
	}

	#code(control: string, table: 'bloodGroup' | 'markKind' | 'bodySite'): string | undefined {
		return codeTables[table].find(({ code }) => code === this.#typed[control])?.code;
	}
}

function faultOf(problem: StatementProblem): readonly TopicFault[] {
	switch (problem.type) {
		case 'year_missing':
		case 'in_the_future':
		case 'lost_before_born':
			return [{ control: `${problem.field}Year`, type: problem.type }];
		case 'day_without_month':
			return [{ control: `${problem.field}Month`, type: problem.type }];
		case 'no_such_day':
		case 'lunar_month_short':
			return [{ control: `${problem.field}Day`, type: problem.type }];
		case 'identity_number':
			return [{ control: 'identityNumber', type: problem.type, fault: problem.fault }];
		case 'phone_unreadable':
		case 'public_number':
			return [{ control: problem.field, type: problem.type }];
		// Asked for when it is sent, not page by page.
		case 'age_does_not_fit':
		case 'mobile_digits':
		case 'name_missing':
		case 'contact_missing':
		case 'nothing_told':
			return [];
	}
}

/** Writes the solar days beside every date. */
function withDays(answers: object, lunar: LunarDays): object {
	return Object.fromEntries(
		Object.entries(answers).map(([name, value]) => {
			if (typeof value !== 'object' || value === null || !('calendar' in value)) return [name, value];
			const date = value as FamilyDate;
			const days = daysOf(date, lunar);
			return [name, days ? { ...date, days } : date];
		})
	);
}

/** Without the properties that are undefined: what is not answered is not there. */
function defined<T extends object>(answers: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]?: Exclude<T[K], undefined>;
	};
}

function plain(typed: string | undefined): string {
	return readable(typed ?? '')
		.normalize('NFKC')
		.replaceAll(/\s/g, '');
}

/** Lines end with \n, and no character that no key writes. */
function readable(typed: string): string {
	return [...typed.replaceAll('\r\n', '\n')]
		.filter((sign) => sign === '\n' || sign === '\t' || (sign >= ' ' && sign !== '\u007f'))
		.join('');
}

const chineseDigits = '〇一二三四五六七八九';

/** 12, 3.5, 一九九八, 十二, 廿三, 初五, 正, 冬, 腊, 闰五. */
function numberIn(typed: string): number | undefined {
	if (/^\d{1,6}([.]\d{1,2})?$/.test(typed)) return Number(typed);
	const words = typed
		.replace(/^闰/, '')
		.replace(/^初/, '')
		.replace(/^正$/, '一')
		.replace(/^冬$/, '十一')
		.replace(/^腊$/, '十二')
		.replace(/^廿/, '二十')
		.replace(/^卅/, '三十')
		.replaceAll('零', '〇');
	if (/^\d{1,2}$/.test(words)) return Number(words);
	const digit = (sign: string) => chineseDigits.indexOf(sign);
	if (/^[〇一二三四五六七八九]{4}$/.test(words)) return Number([...words].map(digit).join(''));
	const tens = /^([二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(words);
	if (!tens || words === '') return undefined;
	const [, many = '', ten = '', ones = ''] = tens;
	if (ten === '') return many !== '' && ones !== '' ? undefined : digit(many || ones);
	return (many === '' ? 1 : digit(many)) * 10 + (ones === '' ? 0 : digit(ones));
}
