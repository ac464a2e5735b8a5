import { area } from './message.ts';

/** The gallery of components, for those who build. */
export const gallery = area({
	title: ['组件样张', 'Component gallery'],
	what: ['每个组件的每种样子，用编造的内容。', 'Every look of every component, with invented content.']
});
