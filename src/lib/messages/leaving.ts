/** Leaving the register at the desk: guardianship, the way to an adoption, exits by two persons, the child's own words. */
import type { AdopterFault, AdopterOddity, MaritalState } from '#lib/domain/leaving/adopter.ts';
import type { LeavingNeed } from '#lib/domain/leaving/needs.ts';
import type { ResidentIdFault } from '#lib/domain/codes/resident-id.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import { adoptionStepNames, consentAnswerNames, consentMatterNames } from './decisions.ts';
import { clockName, documentNames } from './hold.ts';
import { area, listComma, type Message, type Translate } from './message.ts';
import { blockerNames } from './refusals.ts';

export const careNames = area({
	in_care: ['在院', 'In care'],
	left: ['已离开', 'Left'],
	all: ['全部', 'All']
});

export const leaving = area({
	title: ['离开登记', 'Leaving'],
	sections: ['档案的其他部分', 'Other parts of the file'],
	care: ['在院', 'Care'],
	hasLeft: ['{date} 离开', 'left {date}'],
	back: ['返回档案', 'Back to the file'],
	backToLeaving: ['返回离开登记', 'Back to leaving'],
	what: [
		'孩子怎样离开：先看现在的监护，再看离开的办法。每一种都写明还差什么、由谁办。两个人办：一人提出，另一人确认。',
		'How a child leaves: first the guardianship, then the ways out, each with what is missing and who does it. It takes two persons: one proposes, another confirms.'
	],
	readOnly: [
		'离开由主管、第二管理员和登记处办理。你可以查看。',
		'Leaving is decided by supervisors, second administrators and the registry. You can look.'
	],
	optional: ['（可不填）', ' (optional)'],

	standing: ['现在的情况', 'How things stand'],
	inCareSince: ['{date} 起在院', 'In care since {date}'],
	inCare: ['在院', 'In care'],
	leftOn: ['{date} 离开：{reason}', 'Left on {date}: {reason}'],
	leftBy: [
		'{proposed} 提出，{confirmed} 于 {date} 确认。',
		'Proposed by {proposed}, confirmed by {confirmed} on {date}.'
	],
	someone: ['另一家机构的人', 'someone of another institution'],
	noticeDown: ['寻亲公告已撤下。', 'The search notice is taken down.'],
	noticeNone: ['没有公开的寻亲公告。', 'No search notice was public.'],
	sealed: [
		'档案封存，仍可查看和打印；补到的文件照常登记。',
		'The file is sealed; it can be read and printed, and papers that come later are filed as before.'
	],

	guardianship: ['监护', 'Guardianship'],
	temporary: ['临时监护', 'Temporary guardianship'],
	longTerm: ['长期监护，{date} 起：{ground}', 'Long-term guardianship since {date}: {ground}'],
	temporaryWhat: [
		'寻找生父母期间由机构临时监护。转为长期监护之后，才可以走收养。',
		'While the parents are searched for the institution has temporary guardianship. Only after the change to long-term can an adoption begin.'
	],
	toLongTerm: ['转为长期监护', 'Change to long-term guardianship'],
	ground: ['依据', 'Ground'],
	groundHint: [
		'未成年人保护法第九十四条。“查找不到生父母”要先由两位审核员签过；另外两种要有文件。',
		'Article 94 of the law on minors. “No parents found” takes the review signed by two; the other two rest on a paper.'
	],
	groundNeeded: ['请选择依据。', 'Choose the ground.'],
	paper: ['作为依据的文件', 'Paper it rests on'],
	paperNone: ['不用文件', 'No paper'],
	paperMissing: [
		'档案里还没有文件。先登记文件，再回到这里。',
		'No paper is on file yet. File it first, then come back.'
	],
	note: ['说明', 'Note'],
	byReviewers: ['由第二管理员或登记处办理。', 'For second administrators or the registry.'],
	change: ['转为长期监护', 'Change'],

	proposal: ['等另一人确认', 'Waits for a second person'],
	proposalWhat: ['{name} 提出：{reason}，{date}。', '{name} proposed: {reason}, {date}.'],
	proposalPapers: ['依据：{papers}', 'Papers: {papers}'],
	proposalNote: ['说明：{note}', 'Note: {note}'],
	proposalOwn: [
		'这是你提出的，要请另一位有权限的人确认。',
		'You proposed this; another person who may decide must confirm it.'
	],
	confirm: ['确认离开', 'Confirm the leaving'],
	confirmWhat: [
		'确认之后：公开的寻亲公告立刻撤下（一分钟之内各处都看不到），待办全部消失，档案封存。',
		'Once confirmed the public notice is taken down at once (everywhere within a minute), nothing is due any more, and the file is sealed.'
	],
	withdraw: ['撤回提议', 'Take the proposal back'],
	withdrawReason: ['为什么撤回', 'Why it is taken back'],
	withdrawNeeded: ['请写撤回的理由。', 'Write why it is taken back.'],

	adoption: ['收养', 'Adoption'],
	adoptionNone: ['还没有匹配收养人。', 'Not matched with anybody yet.'],
	adoptionSecret: [
		'收养人的信息只在登记处，不进档案，平板上看不到（民法典第一千一百一十条）。',
		'Who adopts is kept at the registry alone: not in the file, on no tablet (Civil Code, 1110).'
	],
	adopterHidden: [
		'收养人：只有第二管理员和登记处看得到',
		'The adopter: for second administrators and the registry alone'
	],
	adopterIs: ['收养人：{name}', 'Adopter: {name}'],
	adopterCouple: ['收养人：{name} 和 {spouse}', 'Adopters: {name} and {spouse}'],
	adopterChecked: ['条件由 {name} 核对', 'conditions checked by {name}'],
	match: ['匹配收养人', 'Match with an adopter'],
	stepOn: ['{step}，{date}', '{step}, {date}'],
	stepOpen: ['{step}：还没有', '{step}: not yet'],
	nextStep: ['记录下一步', 'Record the next step'],
	step: ['哪一步', 'Which step'],
	stepNeeded: ['请选择是哪一步。', 'Choose the step.'],
	on: ['哪一天', 'On which day'],
	papers: ['有关文件', 'Papers'],
	record: ['记录', 'Record'],
	registerWhat: [
		'登记机关发证之后，在下面“离开”里选“收养登记”，由两个人办理。',
		'Once the registry has issued the certificate, choose “Adopted” among the ways to leave below; two persons do it.'
	],
	over: ['已结束：{step}，{date}', 'Ended: {step}, {date}'],

	afterAdoption: ['收养之后找到生父母', 'If the parents appear after an adoption'],
	afterAdoptionWhat: [
		'被盗抢、拐骗、走失的孩子，生父母要求而且适合抚养的：先由两人把认领决定为“办理解除收养”，收养人和机构到登记机关共同解除，把“解除收养关系证明”登记入档，征得八岁以上孩子同意，在这里记录“解除收养关系”；然后再办“找回生父母”。出卖或故意遗弃的，收养继续有效。',
		'Of a child stolen, abducted or lost, whose fit parents ask: two persons decide the claim as “adoption to be dissolved”; adopter and institution dissolve it together at the registry; the proof (DOC-J) is filed; a child of eight or more consents; then “adoption dissolved” is recorded here, and after it “reunited”. Of a child sold or deliberately abandoned the adoption stands.'
	],
	endStep: ['收养怎样结束', 'How the adoption ended'],
	recordEnd: ['记录收养结束', 'Record the end of the adoption'],

	consent: ['孩子自己的意愿', 'The child’s own wish'],
	consentWhat: [
		'八岁以上的孩子，收养和解除收养都要本人同意；更小的孩子也可以问。照原话写。',
		'From eight years on an adoption, and its dissolution, need the child’s consent; younger children may be asked too. Write the very words.'
	],
	consentNone: ['还没有记录。', 'Nothing recorded yet.'],
	consentLine: ['{date}，{matter}：{answer}', '{date}, {matter}: {answer}'],
	consentHeard: ['{name} 听到', 'heard by {name}'],
	consentAdd: ['记下孩子的话', 'Write down the child’s words'],
	matter: ['问的是什么', 'What was asked'],
	matterNeeded: ['请选择问的是什么。', 'Choose what was asked.'],
	answer: ['孩子的回答', 'The child’s answer'],
	answerNeeded: ['请选择孩子的回答。', 'Choose the child’s answer.'],
	words: ['孩子的原话', 'The child’s own words'],
	wordsHint: ['一字一句照写，不改、不猜、不劝。', 'Word for word; nothing changed, guessed or urged.'],
	wordsNeeded: ['请写孩子的原话。', 'Write the child’s own words.'],
	language: ['说的是什么话', 'Spoken in'],
	heardBy: ['谁听到、记下的', 'Heard and written down by'],
	heardNeeded: ['请写是谁听到的。', 'Write who heard it.'],
	adultPresent: ['在场的大人', 'Adult present'],
	save: ['保存', 'Save'],

	exits: ['离开的办法', 'Ways to leave'],
	exitsWhat: [
		'移交给另一家机构不是离开：档案跟着孩子走。',
		'A hand-over to another institution is no leaving: the file goes along.'
	],
	exitReady: ['可以提出', 'Can be proposed'],
	exitMissing: ['还差 {n} 项', '{n} thing{n||s} missing'],
	exitPropose: ['提出离开：{reason}', 'Propose a leaving: {reason}'],
	exitTitle: ['提出离开', 'Propose a leaving'],
	needs: ['需要具备', 'What it needs'],
	needMet: ['已具备', 'met'],
	needMissing: ['还缺', 'missing'],
	code: ['减员原因（信息系统代码）', 'Reason as the information system numbers it'],
	codeNone: ['不填', 'None'],
	exitDate: ['离开的日期', 'Day of leaving'],
	claim: ['哪一件认领', 'Which claim'],
	claimNone: [
		'还没有由两人决定送还的认领。请先在“认领”里作出决定。',
		'No claim was decided by two persons so that the child returns. Decide the claim first.'
	],
	duplicate: ['留用的另一份档案的编号', 'Case number of the file that stays'],
	duplicateHint: ['重复建档时填写；不是重复就空着。', 'For a duplicate; leave it empty otherwise.'],
	duplicateUnknown: [
		'没有编号是“{number}”的档案，或不在你的机构。请核对编号。',
		'No file has the number {number}, or it is not in your institution. Please check it.'
	],
	duplicateItself: [
		'“{number}”就是这份档案自己的编号。请写另一份档案的编号。',
		'{number} is the number of this very file. Please give the number of the other one.'
	],
	duplicateMany: [
		'编号“{number}”的档案不止一份，请登记处办理。',
		'More than one file has the number {number}; please leave it to the registry.'
	],
	noteNeeded: ['请写明为什么是录入错误。', 'Write why it is an error.'],
	propose: ['提出，等另一人确认', 'Propose, for a second person to confirm'],
	agedOutOne: ['成年由日历作证，一个人确认即可。', 'The calendar is the second person here: one may confirm it.'],

	dateNeeded: ['请写日期。', 'Write the day.'],
	dateForm: ['“{field}”看不懂，请写成 2026-03-24 这样。', '{field} cannot be read; write it as 2026-03-24.'],
	dateMissing: ['没有“{field}”写的这一天。', 'There is no such day in {field}.'],
	dateHint: ['例如 2026-03-24 或 2026年3月24日。', 'For example 2026-03-24.'],
	tooLong: ['“{field}”太长。', '{field} is too long.'],

	done_guardianship: ['已转为长期监护。', 'Changed to long-term guardianship.'],
	done_step: ['已记录。', 'Recorded.'],
	done_matched: ['已匹配。下一步是收养评估。', 'Matched. The assessment comes next.'],
	done_consent: ['孩子的话已记下。', 'The child’s words are written down.'],
	done_proposed: ['已提出，等另一人确认。', 'Proposed; a second person confirms it.'],
	done_confirmed: [
		'已确认。孩子已离开登记，公告已撤下。',
		'Confirmed. The child has left the register and the notice is down.'
	],
	done_withdrawn: ['提议已撤回。', 'The proposal is taken back.']
});

export const exitWhat = area({
	reunited: [
		'DNA 确认、公安查明不是出卖或遗弃、父母适合抚养，由两人决定送还。',
		'Kinship confirmed, not sold or abandoned as the police find, the parents fit: two persons decided that the child goes home.'
	],
	adopted: [
		'收养登记机关公告满六十日，发给收养登记证。',
		'The registry’s notice of sixty days is over and the certificate issued.'
	],
	other_guardian: ['法院或有权机关指定其他监护人。', 'A court or an authority named another guardian.'],
	aged_out: ['估计的出生日期，按最晚的一天算。', 'Of an estimated birth date the latest day counts.'],
	deceased: ['要有死亡证明。', 'A proof of death is needed.'],
	entered_in_error: [
		'重复建档或不该建的档。什么都不会删除。',
		'A duplicate, or a file that should not be. Nothing is deleted.'
	]
});

/** 减员原因, the numbers of a civil-affairs information system. */
export const exitCodeNames = area({
	'01': ['01 省内收养', '01 Adopted within the province'],
	'02': ['02 跨省收养', '02 Adopted in another province'],
	'03': ['03 涉外涉港澳台送养', '03 Adopted abroad, in Hong Kong, Macao or Taiwan'],
	'04': ['04 找回生父母', '04 Birth parents found'],
	'05': ['05 独立生活', '05 Lives independently'],
	'06': ['06 死亡', '06 Died'],
	'07': ['07 户籍迁出', '07 Household registration moved'],
	'08': ['08 录入错误', '08 Entered in error'],
	'09': ['09 儿童超龄', '09 Came of age'],
	'99': ['99 其它', '99 Other']
});

export const adopterWords = area({
	title: ['匹配收养人', 'Match with an adopter'],
	what: [
		'先核对条件，再匹配。这里填的只存在登记处，不进孩子的档案。',
		'Check the conditions, then match. What is filled in here is kept at the registry alone and is no part of the child’s file.'
	],
	adopter: ['收养人', 'The adopter'],
	spouse: ['配偶（共同收养）', 'The spouse, who adopts jointly'],
	name: ['姓名', 'Name'],
	birth: ['出生日期', 'Date of birth'],
	sex: ['性别', 'Sex'],
	idNumber: ['公民身份号码', 'Resident identity number'],
	idHint: ['18 位，会核对校验码、出生日期和性别。', '18 signs; the check sign, birth date and sex are compared.'],
	marital: ['婚姻', 'Marriage'],
	children: ['现有子女', 'Children already'],
	childrenHint: [
		'不算这个孩子。查找不到生父母的、孤儿、残疾的孩子，不受子女人数限制。',
		'Without this child. There is no limit for children whose parents cannot be found, orphans and disabled children.'
	],
	domestic: ['常住中国内地的中国公民', 'A Chinese citizen who lives in China'],
	kin: ['继父母或三代以内旁系亲属', 'Step-parent, or kin within three generations'],
	relatedToBuyer: [
		'是买主、拐卖嫌疑人，或与其有关',
		'Bought the child, is suspected of the trafficking, or is related to who did'
	],
	conditions: ['核对过的条件', 'Conditions that were checked'],
	able: ['有抚养、教育和保护的能力', 'Able to raise, educate and protect a child'],
	healthy: ['没有医学上认为不应当收养的疾病', 'Without an illness that medically rules out adopting'],
	unblemished: ['没有不利于未成年人健康成长的违法犯罪记录', 'Without a record of offences that would harm a minor'],
	checkedBy: ['谁核对的（看过户口本、证明等原件）', 'Checked by (who saw the originals)'],
	yes: ['是', 'Yes'],
	no: ['否', 'No'],
	on: ['匹配日期', 'Day of the match'],
	submit: ['核对条件并匹配', 'Check the conditions and match'],
	unfitHeading: ['不符合收养条件', 'The conditions for adopting are not met'],
	unfitWhat: ['什么都没有写入。条件不能越过。', 'Nothing was written. The conditions cannot be overridden.'],
	oddHeading: ['请先看看这几处', 'Please look at this first'],
	oddWhat: [
		'什么都还没有写入。填错了就改；证件上确实如此，请写明理由再提交。',
		'Nothing is written yet. Correct it; or, if the papers do say so, give a reason and send it again.'
	],
	oddReason: ['仍然匹配的理由', 'Why it is accepted all the same'],
	oddReasonNeeded: ['请写明理由。', 'Give a reason.'],
	needed: ['请填写“{field}”。', 'Fill in {field}.'],
	choose: ['请选择“{field}”。', 'Choose {field}.'],
	number: ['“{field}”要写 0 到 30 的整数。', '{field} is a whole number from 0 to 30.'],
	spouseWhole: ['共同收养时，配偶的姓名、出生日期和性别都要填。', 'A spouse needs name, date of birth and sex.']
});

export const maritalNames = area({
	married: ['有配偶', 'Married'],
	single: ['无配偶（未婚、离异、丧偶）', 'Without a spouse (unmarried, divorced, widowed)']
}) satisfies Record<MaritalState, Message>;

const adopterSentences = area({
	too_young_adopter: ['收养人 {day} 才满三十周岁。', 'The adopter is thirty only on {day}.'],
	too_young_spouse: ['配偶 {day} 才满三十周岁。', 'The spouse is thirty only on {day}.'],
	not_able: ['没有核实抚养、教育和保护的能力。', 'The ability to raise, educate and protect a child is not confirmed.'],
	not_healthy: ['没有核实健康状况。', 'The state of health is not confirmed.'],
	adverse_record: ['没有核实违法犯罪记录。', 'The absence of adverse records is not confirmed.'],
	related_to_buyer: [
		'买主、嫌疑人和与其有关的人，不能收养这个孩子。',
		'Who bought the child, is suspected, or is related to who did cannot adopt it.'
	],
	foreign: [
		'不是常住内地的中国公民：除继子女和三代以内旁系亲属的孩子外，不再送养。',
		'Not a Chinese citizen living in China: only step-children and kin within three generations are still placed.'
	],
	too_many_children: [
		'已有 {n} 名子女，超过可以收养的人数。',
		'With {n} children already, beyond the number that may adopt.'
	],
	spouse_missing: ['有配偶的应当夫妻共同收养，请填写配偶。', 'Who is married adopts jointly: fill in the spouse.'],
	spouse_of_single: ['选了“无配偶”，又填了配偶。', 'A spouse is filled in although “without a spouse” is chosen.'],
	age_gap: [
		'无配偶者收养异性子女，年龄应相差四十周岁以上：收养人要在 {day} 或之前出生。',
		'Without a spouse and of the other sex the adopter must be forty years older: born on {day} or before.'
	],
	age_gap_unknown: [
		'孩子的出生日期还不知道，无法判断是否相差四十周岁。',
		'The child’s date of birth is not known, so the forty years cannot be judged.'
	]
});

/** Why somebody cannot adopt this child, with the article. */
export function adopterFaultSentence(fault: AdopterFault, t: Translate): string {
	switch (fault.type) {
		case 'too_young':
			return t(adopterSentences[`too_young_${fault.who}`], { day: fault.thirtyOn });
		case 'too_many_children':
			return t(adopterSentences.too_many_children, { n: fault.children });
		case 'age_gap':
			return t(adopterSentences.age_gap, { day: fault.bornBy });
		case 'not_able':
		case 'not_healthy':
		case 'adverse_record':
		case 'related_to_buyer':
		case 'foreign':
		case 'spouse_missing':
		case 'spouse_of_single':
		case 'age_gap_unknown':
			return t(adopterSentences[fault.type]);
	}
}

const idSentences = area({
	digits: ['公民身份号码不是 18 位。', 'The identity number has not 18 signs.'],
	old: [
		'这是 15 位的旧号码，请换成 18 位的。',
		'This is a number of the old kind with 15 digits; use the one with 18.'
	],
	birth_date: ['公民身份号码里的出生日期不存在。', 'The birth date inside the identity number does not exist.'],
	check_sign: [
		'公民身份号码的校验码不对：按前 17 位算，最后一位应是 {fits}。',
		'The check sign of the identity number is wrong: by the other 17 it would be {fits}.'
	]
}) satisfies Record<ResidentIdFault['type'], Message>;

const odditySentences = area({
	adopter: ['收养人：{what}', 'Adopter: {what}'],
	spouse: ['配偶：{what}', 'Spouse: {what}'],
	id_birth: [
		'身份号码里的出生日期是 {birth}，与填写的不同。',
		'The identity number says born on {birth}, other than filled in.'
	],
	id_sex: ['身份号码里的性别与填写的不同。', 'The identity number says another sex than filled in.'],
	named_as_suspect: [
		'档案里“与嫌疑人的关系”提到同样的姓名。请先向公安核实是不是同一个人。',
		'The child’s file names the same name beside the suspects. Ask the police first whether it is the same person.'
	]
});

/** What does not fit together in what is said of an adopter. */
export function adopterOdditySentence(oddity: AdopterOddity, t: Translate): string {
	const what = (): string => {
		switch (oddity.type) {
			case 'id_number':
				return t(idSentences[oddity.fault.type], 'fits' in oddity.fault ? { fits: oddity.fault.fits } : {});
			case 'id_birth':
				return t(odditySentences.id_birth, { birth: oddity.birth });
			case 'id_sex':
			case 'named_as_suspect':
				return t(odditySentences[oddity.type]);
		}
	};
	return t(odditySentences[oddity.who], { what: what() });
}

const needSentences = area({
	claim_home: [
		'有一件认领由两人决定为“送还生父母”或“办理解除收养”',
		'A claim was decided by two as “child returns” or “adoption to be dissolved”'
	],
	no_open_claim: ['没有未了结的认领', 'No claim is open'],
	claims_screened: ['所有认领都已初核', 'Every claim has been screened'],
	claims_screened_open: ['还有 {n} 件认领没有初核', '{n} {n|claim has|claims have} not been screened'],
	candidates_seen: ['可能是这个孩子的失踪登记都看过', 'Every missing-child report that may fit was looked at'],
	candidates_seen_open: [
		'还有 {n} 份失踪登记没有人看过',
		'{n} missing-child {n|report has|reports have} not been looked at'
	],
	document: ['“{document}”在档', 'On file: {document}'],
	document_complete: ['“{document}”在档，有文号和日期', 'On file with number and date: {document}'],
	paper: ['有文件作依据，在表里选上', 'A paper to rest on, chosen in the form'],
	long_term: ['已转为长期监护', 'In long-term guardianship'],
	certified: [
		'公安证明在档，两家机构的审核员签过，审核依据没有变化',
		'The police’s certificate is there, two reviewers of different institutions signed, and the evidence stands'
	],
	not_blocked: ['没有停办的原因', 'Nothing halts it'],
	not_blocked_by: ['停办：{reasons}', 'Halted: {reasons}'],
	step: ['收养：{step}', 'Adoption: {step}'],
	clock: ['“{clock}”已满', 'Elapsed: {clock}'],
	clock_until: ['“{clock}”{date} 满', '{clock} ends on {date}'],
	consent: ['孩子同意：{matter}', 'The child agrees: {matter}'],
	consent_said: ['孩子对“{matter}”的回答：{answer}', 'The child on {matter}: {answer}'],
	under_age: ['确定未满十八周岁', 'Surely under eighteen'],
	of_age: ['确定已满十八周岁', 'Surely of age'],
	of_age_on: ['{date} 起确定已满十八周岁', 'Surely of age from {date} on']
});

/** Who brings what a leaving needs. */
const needWho = area({
	claim_home: ['由办理认领的两人决定', 'decided by the two who work the claim'],
	no_open_claim: ['先了结认领', 'the claim is to be decided first'],
	claims_screened: ['由主管或登记处初核', 'screened by a supervisor or the registry'],
	candidates_seen: ['由主管或登记处核对', 'looked at by a supervisor or the registry'],
	document: ['在“文件”里登记', 'to be filed among the papers'],
	paper: ['在“文件”里登记', 'to be filed among the papers'],
	long_term: ['由第二管理员或登记处办理', 'changed by a second administrator or the registry'],
	certified: ['由两家机构的审核员签署', 'signed by reviewers of two institutions'],
	not_blocked: ['先办完停办的事', 'settle what halts it first'],
	step: ['由第二管理员或登记处记录', 'recorded by a second administrator or the registry'],
	clock: ['到期自然具备', 'comes by itself'],
	consent: ['问孩子，照原话记下', 'ask the child and write down the words'],
	under_age: ['核实出生日期', 'establish the birth date'],
	of_age: ['到那一天，或核实出生日期', 'on that day, or establish the birth date']
}) satisfies Record<LeavingNeed['need'], Message>;

/** What a leaving needs, as one phrase; where it is missing with who brings it. */
export function needWords(need: LeavingNeed, policy: Policy, t: Translate): { what: string; who: string } {
	return { what: needPhrase(need, policy, t), who: t(needWho[need.need]) };
}

function needPhrase(need: LeavingNeed, policy: Policy, t: Translate): string {
	const say = needSentences;
	switch (need.need) {
		case 'claim_home':
		case 'no_open_claim':
		case 'paper':
		case 'long_term':
		case 'certified':
		case 'under_age':
			return t(say[need.need]);
		case 'claims_screened':
			return need.met ? t(say.claims_screened) : t(say.claims_screened_open, { n: need.count });
		case 'candidates_seen':
			return need.met ? t(say.candidates_seen) : t(say.candidates_seen_open, { n: need.count });
		case 'document':
			return t(need.complete ? say.document_complete : say.document, { document: t(documentNames[need.document]) });
		case 'not_blocked':
			if (need.met) return t(say.not_blocked);
			return t(say.not_blocked_by, {
				reasons: [...new Set(need.by)].map((code) => t(blockerNames[code])).join(t(listComma))
			});
		case 'step':
			return t(say.step, { step: t(adoptionStepNames[need.step]) });
		case 'clock': {
			const clock = clockName(need.clock, policy, t);
			return need.met || need.lastDay === undefined
				? t(say.clock, { clock })
				: t(say.clock_until, { clock, date: need.lastDay });
		}
		case 'consent': {
			const matter = t(consentMatterNames[need.matter]);
			return need.said === undefined
				? t(say.consent, { matter })
				: t(say.consent_said, { matter, answer: t(consentAnswerNames[need.said]) });
		}
		case 'of_age':
			return need.met || need.on === undefined ? t(say.of_age) : t(say.of_age_on, { date: need.on });
	}
}
