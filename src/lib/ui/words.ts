import { getContext, setContext } from 'svelte';
import { translator, type Locale, type Translate } from '#lib/messages/message.ts';

/** The language of the screen a component stands on. Read inside templates, it follows a change of language. */
export interface Words {
	readonly locale: Locale;
	readonly t: Translate;
}

const key = Symbol('words');

/** Sets the language for everything below the calling component. `locale` is asked again whenever it changes. */
export function setWords(locale: () => Locale): Words {
	const words: Words = {
		get locale() {
			return locale();
		},
		t: (message, parameters) => translator(locale())(message, parameters)
	};
	return setContext(key, words);
}

const chinese: Words = { locale: 'zh-CN', t: translator('zh-CN') };

/** The words of the screen; Chinese where nobody set any. Called while a component is made. */
export function useWords(): Words {
	return getContext<Words | undefined>(key) ?? chinese;
}
