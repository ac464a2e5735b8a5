/**
 * One sentence a person reads, in both languages side by side, so that whoever changes one sees the other.
 * Placeholders are `{name}`; an English plural is written `{n|child|children}` (chosen by the number under `n`,
 * the number itself is not printed by it).
 */
export type Message = readonly [zh: string, en: string];

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

/** What stands between the things of a list. */
export const listComma: Message = ['、', ', '];
/** Between the parts of one description, which may hold commas themselves. */
export const partComma: Message = ['，', ', '];
export const semicolon: Message = ['；', '; '];
/** Something said more exactly: 前臂（左）, forearm (left). */
export const inBrackets: Message = ['{what}（{more}）', '{what} ({more})'];

export type MessageParameters = Readonly<Record<string, string | number>>;

/** Declares the sentences of one area of the product; keeps the keys as types. */
export function area<const T extends Readonly<Record<string, Message>>>(messages: T): T {
	return messages;
}

/** A function that turns a message and its parameters into the sentence of one locale. */
export type Translate = (message: Message, parameters?: MessageParameters) => string;

/** The translator of a locale. A placeholder without a parameter stays visible, so that a test can find it. */
export function translator(locale: Locale): Translate {
	const index = locale === 'zh-CN' ? 0 : 1;
	return (message, parameters = {}) => fill(message[index], parameters);
}

const placeholder = /\{([a-zA-Z]+)(?:\|([^|}]*)\|([^|}]*))?\}/g;

function fill(sentence: string, parameters: MessageParameters): string {
	return sentence.replace(placeholder, (whole, name: string, one?: string, many?: string) => {
		const value = parameters[name];
		if (value === undefined) return whole;
		if (one === undefined || many === undefined) return String(value);
		return Number(value) === 1 ? one : many;
	});
}
