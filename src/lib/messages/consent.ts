import { area } from './message.ts';

/** The child's own word on what is decided about it. */
export const consent = area({
	title: ['本人意见', 'The child’s own word'],
	add: ['记本人意见', 'Record the child’s own word'],
	what: [
		'找一个安静的时候，让孩子信任的大人陪着问。用孩子听得懂的话，不劝、不催、不引导；孩子不想说，也可以。',
		'Choose a quiet moment, with an adult the child trusts. Ask in words the child understands; do not persuade, press or suggest. Not wanting to answer is fine.'
	],
	matter: ['问的是什么事', 'What the child was asked about'],
	answer: ['孩子的意思', 'What the child wants'],
	words: ['孩子的原话', 'The child’s own words'],
	wordsHint: [
		'一字一句照原话写。孩子没有说话，就写看到的，例如“摇头”“不作声”。',
		'Word for word. If the child did not speak, write what you saw, e.g. “shook her head”, “stayed silent”.'
	],
	saidOn: ['哪天说的', 'Said on'],
	language: ['说的是什么话', 'Spoken in'],
	heardBy: ['谁听到的', 'Heard by'],
	adultPresent: ['在场的大人', 'Adult present'],
	matterNeeded: ['请选择问的是什么事。', 'Choose what the child was asked about.'],
	answerNeeded: ['请选择孩子的意思。', 'Choose what the child wants.'],
	wordsNeeded: ['请写孩子的原话，或你看到的样子。', 'Write the child’s own words, or what you saw.'],
	heardByNeeded: ['请写是谁听到的。', 'Write who heard it.'],
	saidOnFuture: ['这一天还没有到。', 'This day has not come yet.'],
	notRequired: [
		'这件事法律没有规定从几岁起问。孩子说得清的，都请问一问。',
		'No law says from what age to ask about this. Ask every child who can say.'
	],
	ageUnknown: [
		'法律从满 {years} 周岁起要征得孩子本人同意。这个孩子的出生日期还不清楚，可能已经满了：请问。',
		'From the age of {years} the law needs the child’s own consent. This child’s birth date is not known and may be that far back: ask.'
	],
	fromReached: [
		'法律从满 {years} 周岁起要征得孩子本人同意。这个孩子最早 {day} 就满了：没有本人同意，不能办理。',
		'From the age of {years} the law needs the child’s own consent. This child may have reached it on {day}: without consent nothing can be decided.'
	],
	fromLater: [
		'法律从满 {years} 周岁起要征得孩子本人同意，这个孩子最早在 {day}。还小的孩子也请问一问，听一听。',
		'From the age of {years} the law needs the child’s own consent, for this child from {day} at the earliest. Ask and listen to younger children too.'
	],
	none: ['还没有问过孩子本人。', 'The child has not been asked yet.'],
	latest: ['现在算数的', 'counts now'],
	line: ['{day} 说给{name}', 'said {day} to {name}'],
	quote: ['“{words}”', '“{words}”']
});

/** The child's account of its life, told apart by the times it was told. */
export const ownAccount = area({
	title: ['孩子说过的话', 'What the child said'],
	what: [
		'每一次说的都留着：哪天说的、说给谁听。只添加，不改写。',
		'Everything said is kept, with the day and who heard it. Words are added, never rewritten.'
	],
	said: ['{day} 说给{name}', 'said {day} to {name}'],
	saidOnly: ['{day} 说的', 'said {day}'],
	leftOut: ['后来的写法里没有这一段', 'left out of the later wording'],
	add: ['添加孩子又说的话', 'Add what the child said'],
	addWhat: [
		'前面说过的都在这里，不能改，也不用再写一遍。下面只写孩子这一次说的，照原话。和以前不一样也没关系：孩子想起来的会变。',
		'What was said before stands here; it cannot be changed and need not be repeated. Below write only what the child said this time, word for word. It may differ from before: what a child remembers changes.'
	],
	now: ['这一次说的', 'What the child said this time'],
	nowNeeded: ['请写孩子这一次说的话。', 'Write what the child said this time.'],
	tooLong: [
		'全部加起来最多 {n} 字，这次还可以写 {left} 字。',
		'All of it together takes at most {n} characters; {left} are left for this time.'
	],
	heardBy: ['说给谁听的', 'Who heard it']
});
