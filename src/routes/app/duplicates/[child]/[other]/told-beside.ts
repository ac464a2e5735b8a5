import { fieldState, items, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { fieldKeys } from '#lib/domain/intake/fields.ts';
import { duplicate as words } from '#lib/messages/duplicate.ts';
import { fieldLabels } from '#lib/messages/fields.ts';
import { semicolon, type Translate } from '#lib/messages/message.ts';
import { answerWords } from '#lib/ui/answer-words.ts';

/** One thing that two files tell, as words; undefined where a file says nothing of it. */
export interface ToldBeside {
	readonly key: string;
	readonly label: string;
	readonly told: readonly [string | undefined, string | undefined];
}

/** Everything that at least one of two files tells and a person would compare, in the order of the intake. */
export function toldBeside(a: CaseFile, b: CaseFile, t: Translate): readonly ToldBeside[] {
	const all: ToldBeside[] = fieldKeys.map((key) => {
		const said = (file: CaseFile) => {
			const state = fieldState(file, key);
			switch (state.status) {
				case 'empty':
					return undefined;
				case 'settled':
					return state.answer.state === 'notNow' ? undefined : answerWords(key, state.answer, t);
				case 'conflict':
					return state.versions.map(({ value }) => answerWords(key, value, t)).join(' / ');
			}
		};
		return { key, label: t(fieldLabels[key]), told: [said(a), said(b)] as const };
	});
	for (const kind of ['mark', 'belonging'] as const) {
		const said = (file: CaseFile) => {
			const list = items(file, kind).map(({ value }) => value.description);
			return list.length > 0 ? list.join(t(semicolon)) : undefined;
		};
		all.push({ key: kind, label: t(kind === 'mark' ? words.marks : words.belongings), told: [said(a), said(b)] });
	}
	return all.filter(({ told }) => told.some((text) => text !== undefined));
}
