import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/*
 * Every sentence a person reads stands here, in both languages, and nowhere else.
 */

const han = /\p{Script=Han}/u;
/** Signs of Chinese sentences besides the characters. Quotation marks are shared with English. */
const chinesePunctuation = /[，、。；：？！（）《》]/u;

/** Each name is written in its own language, whoever reads it. */
const languageNames = ['中文', 'English'];
/** Chinese that has no character in it: signs, where English has words. */
const signs = ['℃', '{done} / {total}'];

interface Sentence {
	/** File, area and key: `sync.sync.pause`. */
	readonly path: string;
	readonly zh: string;
	readonly en: string;
}

/** A part that is neither a message nor a list of messages is reported as `unreadable`. */
function sentencesIn(part: unknown, path: string): { sentences: Sentence[]; unreadable: string[] } {
	if (typeof part === 'function') return { sentences: [], unreadable: [] };
	if (Array.isArray(part)) {
		const [zh, en, ...more] = part as unknown[];
		return typeof zh === 'string' && typeof en === 'string' && more.length === 0
			? { sentences: [{ path, zh, en }], unreadable: [] }
			: { sentences: [], unreadable: [path] };
	}
	if (typeof part !== 'object' || part === null) return { sentences: [], unreadable: [path] };
	const inside = Object.entries(part).map(([key, each]) => sentencesIn(each, `${path}.${key}`));
	return {
		sentences: inside.flatMap(({ sentences }) => sentences),
		unreadable: inside.flatMap(({ unreadable }) => unreadable)
	};
}

const modules = import.meta.glob<Record<string, unknown>>(['./*.ts', '!./*.test.ts'], { eager: true });
const found = Object.entries(modules)
	// The language codes, of the one file that holds no area.
	.map(([file, { locales: _, ...parts }]) => sentencesIn(parts, file.slice(2, -3)));
const sentences = found.flatMap((each) => each.sentences);

/** Names in braces, each once, in order: an English plural may name one twice. */
function placeholders(sentence: string): string[] {
	return [...new Set([...sentence.matchAll(/\{([a-zA-Z]+)/g)].map((match) => match[1] ?? ''))].sort();
}

/** What is left when the placeholders and their plurals are out. */
function ownWords(sentence: string): string {
	return sentence.replace(/\{[^}]*\}/g, '');
}

const hasWords = ({ zh, en }: Sentence) => /\p{Letter}/u.test(ownWords(zh) + ownWords(en));
const isLanguageName = ({ zh, en }: Sentence) => languageNames.includes(zh) && languageNames.includes(en);

function pathsWhere(wrong: (sentence: Sentence) => boolean): string[] {
	return sentences.filter(wrong).map(({ path, zh, en }) => `${path}: ${zh} | ${en}`);
}

/** Half-width signs that touch a Chinese character; a full stop between digits and a slash are none. */
const halfWidth = /\p{Script=Han}\s?[,;:?!()]|[,;:?!()]\s?\p{Script=Han}|\p{Script=Han}\.(\s|$)/u;

describe('the messages', () => {
	it('are found in every file, and every part of a file is one', () => {
		expect(Object.keys(modules).length).toBeGreaterThan(15);
		expect(sentences.length).toBeGreaterThan(1_000);
		expect(found.flatMap(({ unreadable }) => unreadable)).toEqual([]);
	});

	it('are there in both languages', () => {
		expect(pathsWhere(({ zh, en }) => zh.trim() === '' || en.trim() === '')).toEqual([]);
	});

	it('are not the same in both', () => {
		expect(pathsWhere((each) => each.zh === each.en && hasWords(each) && !isLanguageName(each))).toEqual([]);
	});

	it('take the same placeholders in both', () => {
		expect(pathsWhere(({ zh, en }) => placeholders(zh).join() !== placeholders(en).join())).toEqual([]);
	});

	it('close every brace, and write plurals with two forms', () => {
		const good = /\{[a-zA-Z]+(\|[^|{}]*\|[^|{}]*)?\}/g;
		expect(pathsWhere(({ zh, en }) => /[{}]/.test(zh.replace(good, '') + en.replace(good, '')))).toEqual([]);
	});

	it('are Chinese in Chinese', () => {
		const chinese = ({ zh }: Sentence) => han.test(ownWords(zh)) || signs.includes(zh);
		expect(pathsWhere((each) => hasWords(each) && !chinese(each) && !isLanguageName(each))).toEqual([]);
	});

	it('hold no Chinese in English', () => {
		const foreign = ({ en }: Sentence) => han.test(en) || chinesePunctuation.test(en);
		expect(pathsWhere((each) => foreign(each) && !isLanguageName(each))).toEqual([]);
	});

	it('put no half-width comma, colon, bracket or mark beside a Chinese character', () => {
		expect('张三,李四').toMatch(halfWidth);
		expect('还剩 3 天(约)').toMatch(halfWidth);
		expect('完了.').toMatch(halfWidth);
		expect('“名字”要写 24 小时制的时间，例如 14:30。').not.toMatch(halfWidth);
		expect(pathsWhere(({ zh }) => halfWidth.test(zh))).toEqual([]);
	});

	it('leave no blank by accident', () => {
		// Before a bracket in a line; after a sign that is full-width in Chinese and brings its own.
		const meant = (text: string) => /^ [/(]/.test(text) || /[:;,] $/.test(text);
		const loose = (text: string) => (text !== text.trim() && !meant(text)) || /\s{2}/.test(text);
		expect(pathsWhere(({ zh, en }) => loose(zh) || loose(en))).toEqual([]);
	});
});

const source = join(import.meta.dirname, '../..');

/** Component samples show invented content. */
const showsInvented = (path: string) => path.startsWith('routes/gallery/') || path.endsWith('.gallery.svelte');

/** What a reader may meet outside the messages: the name of the product, and the mark of a demo. */
const brand = ['留灯', 'Lampkeep', 'Lampkeep 留灯', '留灯 Lampkeep', 'DEMO'];

/** Attributes and properties whose text people read or hear. */
const readAttributes = new Set(['label', 'title', 'placeholder', 'aria-label', 'alt', 'hint', 'heading', 'message']);

/** Two words in a row, the first with a capital: a sentence and no class list, key or path. */
const englishSentence = /^["“(]?[A-Z][\w’']*,? [A-Za-z][\w’']+( |[.?!:…]|$)/;

/** Markup text: any word at all is one too many. A sign, a number or an entity is not a word. */
function isText(text: string): boolean {
	return /\p{Letter}{2}|\p{Script=Han}/u.test(text) && !brand.includes(text.trim());
}

function isSentence(text: string): boolean {
	const written = text.trim();
	return (
		(han.test(written) || chinesePunctuation.test(written) || englishSentence.test(written)) && !brand.includes(written)
	);
}

/** Texts in the markup and code of a component that should be messages. */
function looseInComponent(component: string): string[] {
	const loose: string[] = [];
	const visit = (node: unknown, attribute: string | undefined): void => {
		if (Array.isArray(node)) return node.forEach((each) => visit(each, attribute));
		if (typeof node !== 'object' || node === null) return;
		const { type, data, value, name } = node as Record<string, unknown>;
		if (type === 'Comment') return;
		if (type === 'Text' && typeof data === 'string') {
			const read = attribute === undefined || readAttributes.has(attribute);
			if (read && isText(data)) loose.push(data.trim());
			return;
		}
		if (type === 'Literal' && typeof value === 'string' && isSentence(value)) loose.push(value);
		if (type === 'TemplateElement') {
			const { raw } = value as { raw: string };
			if (isSentence(raw)) loose.push(raw);
		}
		const within = type === 'Attribute' ? String(name) : attribute;
		for (const [key, each] of Object.entries(node))
			if (!['loc', 'start', 'end', 'leadingComments', 'trailingComments', 'css'].includes(key)) visit(each, within);
	};
	const { fragment, instance, module } = parse(component, { modern: true });
	visit([fragment, instance, module], undefined);
	return loose;
}

/** The same of a TypeScript file: its strings and templates, not its comments. What is thrown is read by nobody. */
function looseInCode(code: string): string[] {
	const loose: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isThrowStatement(node)) return;
		if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
			if (isSentence(node.text)) loose.push(node.text);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true));
	return loose;
}

function files(folder: string, ending: RegExp): string[] {
	return readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
		.map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
		.filter((path) => ending.test(path) && !/\.(test|scenes)\.ts$/.test(path) && !showsInvented(path));
}

function read(path: string): string {
	return readFileSync(join(source, path), 'utf8');
}

/** Not sentences for a person: what people type, and what the log of the operators gets. */
const allowedInCode: readonly string[] = [
	// A full stop typed on a Chinese keyboard where a decimal point is meant.
	'lib/ui/field/typed.ts: 。',
	'routes/api/health/+server.ts: The database does not answer'
];

describe('outside the messages', () => {
	it('a sentence is recognised, and what is none is not', () => {
		const component =
			'<script>const a = "请稍候"; const b = "Please wait a moment."; const c = "card v";</script>' +
			'<p class="two words" aria-label="Main menu">Saved {n} · 3 %</p><i title={`共 ${n}`}></i><!-- 注释 -->';
		expect(looseInComponent(component).sort()).toEqual(
			['Main menu', 'Please wait a moment.', 'Saved', '共 ', '请稍候'].sort()
		);
		const code =
			"const a = ['、', 'x-y', 'text/plain']; /* 注释 */ throw new Error('No such thing'); const b = `共 ${a} 人`;";
		expect(looseInCode(code)).toEqual(['、', '共 ', ' 人']);
	});

	it('no component holds one', () => {
		const components = files('.', /\.svelte$/).map((path) => path.slice(2));
		expect(components.length).toBeGreaterThan(90);
		const loose = components
			.filter((path) => !showsInvented(path))
			.flatMap((path) => looseInComponent(read(path)).map((text) => `${path}: ${text}`));
		expect(loose).toEqual([]);
	});

	it('no route and no component’s code holds one', () => {
		const paths = [...files('routes', /\.ts$/), ...files('lib/ui', /\.ts$/)];
		expect(paths.length).toBeGreaterThan(40);
		const loose = paths.flatMap((path) => looseInCode(read(path)).map((text) => `${path}: ${text}`));
		expect(loose.filter((each) => !allowedInCode.includes(each))).toEqual([]);
		expect(allowedInCode.filter((each) => !loose.includes(each))).toEqual([]);
	});
});
