import type { NoticeFault, WithheldBecause, DisclosedPhoto } from '#lib/domain/disclosure/disclose.ts';
import type { KnownFact } from '#lib/domain/disclosure/facts.ts';
import type { NoticeField, takeDownReasons } from '#lib/domain/notice/notice.ts';
import type { PhotoView } from '#lib/domain/photo/photo.ts';
import { fieldLabels } from './fields.ts';
import { area, listComma, type Message, type Translate } from './message.ts';

/** The parts of a notice, as the desk names them. */
export const noticeFieldNames = area({
	name: ['姓名', 'Name'],
	sex: ['性别', 'Sex'],
	ageWhenRescued: ['解救时年龄', 'Age when rescued'],
	placeTaken: ['被拐地点', 'Place taken from'],
	rescued: ['解救的年月和省份', 'Month and province of the rescue'],
	height: ['身高', 'Height'],
	features: ['体貌特征', 'Features'],
	clothing: ['接收时衣着', 'Clothing when received'],
	belongings: ['随身物品', 'Belongings'],
	ownAccount: ['孩子说过的话', 'What the child said'],
	accent: ['口音', 'Accent']
}) satisfies Record<NoticeField, Message>;

export const withheldWords = area({
	policy: ['政策不允许公开', 'The policy forbids it'],
	not_chosen: ['没有人选择公开', 'Nobody chose to show it'],
	unknown: ['不知道，没有可写的', 'Not known: nothing to show'],
	disputed: ['档案里说法不一，先核对', 'The file contradicts itself: settle that first'],
	restricted: ['不对外公开', 'Not for the public'],
	tells_restricted: [
		'写到了不能公开的内容，不会显示',
		'The words tell something that is not for the public; they are not shown'
	],
	kept_back: ['要留作核实家人之用', 'Kept back to verify families by']
}) satisfies Record<WithheldBecause, Message>;

type PhotoBecause = Extract<DisclosedPhoto, { shown: false }>['because'];
export const photoWithheldWords = area({
	policy: ['政策不允许公开照片', 'The policy forbids photos'],
	not_chosen: ['没有选', 'Not chosen'],
	not_publishable: ['拍照的人注明不公开', 'The person who took it marked it not for publication'],
	paper: ['文件照片不公开', 'A photo of a paper is never public']
}) satisfies Record<PhotoBecause, Message>;

export const photoViewNames = area({
	front: ['正面', 'Front'],
	left: ['左侧', 'Left side'],
	right: ['右侧', 'Right side'],
	mark: ['身体特征', 'Mark'],
	belonging: ['物品', 'Belonging'],
	clothing: ['衣服', 'Clothing'],
	paper: ['文件', 'Paper'],
	now: ['现在', 'Now']
}) satisfies Record<PhotoView, Message>;

export const takeDownWords = area({
	found: ['家人找到了', 'The family was found'],
	mistake: ['内容有错', 'Something in it is wrong'],
	danger: ['公开对孩子有危险', 'Publication endangers the child'],
	childAsked: ['孩子自己要求', 'The child asked for it'],
	left: ['孩子已离开', 'The child has left'],
	other: ['其他', 'Another reason']
}) satisfies Record<(typeof takeDownReasons)[number], Message>;

export const noticeFaultWords = area({
	policy_forbids_notice: ['适用的政策不允许公开公告。', 'The policy that applies forbids a public notice.'],
	photo_required: [
		'要有一张可以公开的正面照或现在的照片。',
		'A front photo, or one of the child now, that may be published is required.'
	],
	photo_forbidden: [
		'适用的政策不允许公开照片，请把照片都去掉。',
		'The policy that applies forbids photos: choose none.'
	],
	photo_unusable: [
		'有一张选中的照片不能公开，请去掉或换一张。',
		'A chosen photo may not be published: remove or replace it.'
	],
	dna_not_collected: [
		'还没有登记 DNA 采样。采样登记后才能发布。',
		'No DNA sample is on record. Record it before publishing.'
	],
	too_little_withheld: [
		'照这样写，可用来核实家人的事只剩 {withheld} 件，至少要留 {minimum} 件。请少写一些，或先在档案里补充只有家人知道的细节。',
		'Only {withheld} {withheld|fact|facts} to verify by would stay unpublished; at least {minimum} must. Show less, or record more details first that only the family can know.'
	],
	field_forbidden: ['政策不允许公开“{field}”，请删去。', 'The policy forbids showing “{field}”: clear it.'],
	tells_restricted: [
		'“{field}”里写到了不能公开的内容（{facts}），请改写。',
		'“{field}” tells something that is not for the public ({facts}): rewrite it.'
	]
}) satisfies Record<NoticeFault['type'], Message>;

const otherFacts = area({
	mark: ['身体标记', 'Mark on the body'],
	belonging: ['随身物品', 'Belonging'],
	sealNumber: ['封条号', 'Seal number'],
	keptAt: ['存放地点', 'Where it is kept']
});

export function factName(key: KnownFact['key']): Message {
	return key in otherFacts ? otherFacts[key as keyof typeof otherFacts] : fieldLabels[key as keyof typeof fieldLabels];
}

/** What stops a notice, in a sentence that says what to do. */
export function noticeFaultSentence(fault: NoticeFault, t: Translate): string {
	const sentence = noticeFaultWords[fault.type];
	switch (fault.type) {
		case 'too_little_withheld':
			return t(sentence, { withheld: fault.withheld, minimum: fault.minimum });
		case 'field_forbidden':
			return t(sentence, { field: t(noticeFieldNames[fault.field]) });
		case 'tells_restricted':
			return t(sentence, {
				field: t(noticeFieldNames[fault.field]),
				facts: fault.tells.map((key) => t(factName(key))).join(t(listComma))
			});
		case 'policy_forbids_notice':
		case 'photo_required':
		case 'photo_forbidden':
		case 'photo_unusable':
		case 'dna_not_collected':
			return t(sentence);
	}
}
