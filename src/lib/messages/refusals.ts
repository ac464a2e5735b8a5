/**
 * Why a decision about a child was not taken, and the way out. One sentence or two for every fault of
 * domain/decision, for every desk that decides: what is, then what to do.
 */
import type { CaseFault } from '#lib/domain/decision/decision.ts';
import type { BlockerCode } from '#lib/domain/hold/blockers.ts';
import { conditionIds, type ConditionId, type Policy } from '#lib/domain/hold/policy.ts';
import { adoptionSteps, type AdoptionStep } from '#lib/domain/leaving/adoption.ts';
import { adoptionStepNames, consentMatterNames, evidencePartNames } from './decisions.ts';
import { clockName, conditionNames, documentNames, flagNames } from './hold.ts';
import { area, listComma, type Message, type Translate } from './message.ts';

/** What stands in the way, in a word or two; the whole sentence is `blockerSentence` of the hold. */
export const blockerNames = area({
	open_claim: ['有未了结的认领', 'an open claim'],
	parents_found: ['已找到生父母', 'the parents are found'],
	open_kin_candidate: ['有待核实的亲缘候选', 'an unresolved kin candidate'],
	dna_missing: ['DNA 还没有入库', 'DNA not in the database'],
	notice_not_published: ['寻亲公告没有发布', 'the search notice is not published'],
	document_missing: ['缺文件', 'a paper is missing'],
	date_dispute: ['日期有不同说法', 'dates in dispute'],
	clock_provisional: ['期满日是暂定的', 'a last day is provisional'],
	police_hold: flagNames.police_hold,
	court_case: flagNames.court_case,
	duplicate_suspected: flagNames.duplicate_suspected,
	identity_changed_since_publication: flagNames.identity_changed_since_publication,
	start_unconfirmed: ['起算日没有第二人复核', 'the start date is not confirmed by a second person'],
	maybe_of_age: ['可能已满十八周岁', 'may be of age'],
	unknown_entries: ['有本程序读不懂的记录', 'entries this program cannot read']
}) satisfies Record<BlockerCode, Message>;

/** Every way a decision about a child can be refused. */
export type Refusal = CaseFault | { readonly type: 'file_changed' } | { readonly type: 'child_unknown' };

const sentences = area({
	not_yours_to_decide: [
		'这件事不由你的角色决定，什么都没有写入。请交给有权限的同事办理。',
		'This is not for your role to decide; nothing was written. Please pass it to a colleague who may.'
	],
	two_persons_needed: [
		'这件事要两个人分别办理，前一步是你做的。请另一位有权限的同事来做这一步。',
		'Two different people do this, and the step before was yours. Please ask another colleague who may.'
	],
	two_institutions_needed: [
		'两个签名要来自两家不同的机构，你们机构已经签了。请另一家机构的审核员来签。',
		'The two signatures come from two different institutions, and yours has signed. Please ask a reviewer of another one.'
	],
	reviewer_recorded_certificate: [
		'公安证明是你录入的，录入的人不审核。请另一位审核员来签。',
		'You recorded the police’s certificate, and whoever recorded it does not judge it. Please ask another reviewer.'
	],
	reviewer_recorded_start: [
		'移送日期是你录入的，录入的人不审核。请另一位审核员来签。',
		'You recorded the date of the hand-over, and whoever recorded it does not judge it. Please ask another reviewer.'
	],
	already_signed: [
		'这里已经签过了，不用再签。请看页面上的签名和日期。',
		'This is signed already and needs no further signature from you. See the signatures and days on the page.'
	],
	not_there_date: [
		'这个日期已经有了新的记录。请看过新的日期，再复核。',
		'This date has been recorded anew. Please look at the new date, then confirm that.'
	],
	not_there_flag: [
		'这项停办已经解除，或者不在这份档案里。请刷新页面。',
		'This halt is lifted already, or is not in this file. Please reload the page.'
	],
	not_there_proposal: [
		'这项提议已经撤回或办理过了。请刷新页面，看现在的情况。',
		'This proposal was taken back or decided already. Please reload the page to see how things stand.'
	],
	not_there_paper: [
		'选中的文件不在这份档案里，可能已经撤销。请重新选择，或先登记文件。',
		'The chosen paper is not in this file; it may have been withdrawn. Choose again, or record the paper first.'
	],
	not_there_adoption: [
		'没有正在办理的这件收养。请先记录匹配，或选择正在办理的那一件。',
		'No such adoption is under way. Record the matching first, or choose the one that is.'
	],
	not_there_review: [
		'这次审核已经不在了，依据可能已经更新。请刷新页面，按新的依据审核。',
		'This review is no longer there; its evidence may have been renewed. Please reload the page and review that.'
	],
	date_in_future: [
		'日期 {date} 还没有到。请写已经发生的日期。',
		'{date} has not come yet. Please enter a day that has passed.'
	],
	date_before: [
		'日期 {date} 太早，不能早于 {earliest}。请对照文件核对日期。',
		'{date} is too early: it cannot be before {earliest}. Please check it against the paper.'
	],
	child_has_left: [
		'这个孩子已经离开登记，不能再办理。要更正，请先处理离开的记录。',
		'This child has left the register; nothing more is decided here. To correct that, begin with the record of the leaving.'
	],
	child_has_not_left: [
		'这个孩子还没有办理这项收养登记，不能解除或撤销。请核对是哪一件收养。',
		'This adoption was not registered, so it cannot be dissolved or revoked. Please check which adoption is meant.'
	],
	hold_not_elapsed: [
		'十二个月寻亲期还没有满，现在不能同意。期满日看“算法”。',
		'The twelve months have not elapsed, so it cannot be agreed to now. The arithmetic shows the last day.'
	],
	not_certified: [
		'还没有审核通过：要有公安证明、全部条件，以及两家机构各一人签名。请先到“审核”办理。',
		'The review has not been passed: it takes the police’s certificate, every condition, and one signature from each of two institutions. Begin with the review.'
	],
	not_long_term: [
		'这个孩子还在临时监护中。请先办理长期监护，再办理这一步。',
		'The child is still in temporary guardianship. Change to long-term guardianship first.'
	],
	blocked: [
		'现在停办，因为{reasons}。这些事办完以后再决定。',
		'This is halted now: {reasons}. It can be decided once that is settled.'
	],
	blocked_without_reason: [
		'这个孩子适用的政策没有写明凭哪份证明决定，不能在这里同意。请联系登记处。',
		'The policy this child is under names no paper to decide by, so it cannot be agreed to here. Please ask the registry.'
	],
	conditions_missing: [
		'条件还不齐：{conditions}。补齐以后再签；也可以退回补充。',
		'Not every condition is met: {conditions}. Sign once they are, or send the file back for more.'
	],
	claims_to_screen: [
		'有 {count} 件认领还没有初核，家人可能就在里面。请先初核认领。',
		'{count} {count|claim has|claims have} not been screened, and the family may be among them. Please screen first.'
	],
	candidates_to_look_at: [
		'有 {count} 份失踪登记可能是这个孩子的，还没有人看过。请先看比对。',
		'{count} missing-child {count|report|reports} may be about this child and nobody has looked. Please look at the comparison first.'
	],
	evidence_changed: [
		'签名以后档案有了变化：{parts}。原来的签名不再算数，请按现在的依据重新审核。',
		'The file has changed since it was signed: {parts}. Those signatures no longer count; please review the evidence as it is now.'
	],
	document_needed: [
		'缺“{document}”，要有文号和日期。请先登记这份文件。',
		'Missing, with its number and date: {document}. Please record this paper first.'
	],
	paper_needed: [
		'这件事要有文件作依据。请先登记文件，再选上它。',
		'This must rest on a paper. Record the paper first, then choose it.'
	],
	step_out_of_order: [
		'前面还差一步：{step}。请先记录那一步。',
		'A step before this one is missing: {step}. Please record that first.'
	],
	clock_running: ['“{clock}”还没有满期。满期以后再办。', 'Not elapsed yet: {clock}. Please wait until it has.'],
	clock_running_until: [
		'“{clock}”到 {lastDay} 才满期，第二天起可以办。',
		'Not elapsed yet: {clock} ends on {lastDay}; from the day after it can be done.'
	],
	clock_running_provisional: [
		'“{clock}”的期满日 {lastDay} 还是暂定的：那一年的放假安排还没有装入。请登记处装入以后再办。',
		'The last day of {clock}, {lastDay}, is provisional: that year’s table of holidays is not loaded. Please ask the registry to load it first.'
	],
	consent_needed: [
		'孩子可能已到要征得本人同意的年龄，还没有记下孩子对“{matter}”明白的意见。请先问孩子，照原话记下。',
		'The child may be old enough to have a say, and no clear word of the child is on record: {matter}. Please ask first and write down the very words.'
	],
	child_said_no: [
		'孩子对“{matter}”说了不愿意，要尊重。以后孩子自己改变主意，再照原话记下并办理。',
		'The child does not agree: {matter}. That is to be respected. Should the child come to another mind, record the words and go on.'
	],
	claim_not_decided_so: [
		'没有由两人决定的相应认领。请先在“认领”里作出决定，再办理这一步。',
		'No claim was decided so by two persons. Decide the claim first, then come back to this step.'
	],
	may_be_of_age: [
		'按估计的出生日期，孩子可能已满十八周岁，不能送养。请先核实出生日期。',
		'By the estimated birth date the child may be of age and cannot be placed. Please establish the birth date first.'
	],
	not_of_age: [
		'按出生日期推算，还不能确定孩子已满十八周岁。请核实出生日期。',
		'By the birth date it is not certain that the child is of age. Please establish the birth date.'
	],
	not_of_age_until: [
		'孩子最晚到 {on} 满十八周岁，那天以前不能办理。',
		'The child is certainly of age on {on}; it cannot be done before that day.'
	],
	proposal_open: [
		'已经有人提议这个孩子离开登记，等第二人确认。请先确认或撤回那一份。',
		'A leaving of this child is proposed already and waits for a second person. Confirm or take back that one first.'
	],
	wrong_code: [
		'减员原因代码与离开的原因不符。请重新选择。',
		'The code does not belong to this reason for leaving. Please choose again.'
	],
	file_changed: [
		'你打开页面以后，别人已经记录或决定了新的内容。这次什么都没有写入，你填的都还在。请看过新的内容，再提交。',
		'Somebody recorded or decided something since you opened the page. Nothing was written, and what you typed is kept. Look at what is new, then send it again.'
	],
	child_unknown: [
		'没有这个孩子，或者孩子不在你的机构。请回到列表重新选择。',
		'There is no such child, or the child is not in your institution. Please go back to the list and choose again.'
	]
});

/** The sentence for a refused decision, with the way out. */
export function refusalSentence(fault: Refusal, policy: Policy, t: Translate): string {
	const list = (messages: readonly Message[]) => messages.map((message) => t(message)).join(t(listComma));
	switch (fault.type) {
		case 'not_yours_to_decide':
		case 'two_persons_needed':
		case 'two_institutions_needed':
		case 'already_signed':
		case 'child_has_left':
		case 'child_has_not_left':
		case 'hold_not_elapsed':
		case 'not_certified':
		case 'not_long_term':
		case 'paper_needed':
		case 'claim_not_decided_so':
		case 'may_be_of_age':
		case 'proposal_open':
		case 'wrong_code':
		case 'file_changed':
		case 'child_unknown':
			return t(sentences[fault.type]);
		case 'reviewer_recorded':
			return t(sentences[`reviewer_recorded_${fault.what}`]);
		case 'not_there':
			return t(sentences[`not_there_${fault.what}`]);
		case 'date_in_future':
			return t(sentences.date_in_future, { date: fault.date });
		case 'date_before':
			return t(sentences.date_before, { date: fault.date, earliest: fault.earliest });
		case 'blocked':
			if (fault.by.length === 0) return t(sentences.blocked_without_reason);
			return t(sentences.blocked, { reasons: list([...new Set(fault.by)].map((code) => blockerNames[code])) });
		case 'conditions_missing':
			return t(sentences.conditions_missing, {
				conditions: fault.conditions.map((id) => (isConditionId(id) ? t(conditionNames[id]) : id)).join(t(listComma))
			});
		case 'claims_to_screen':
		case 'candidates_to_look_at':
			return t(sentences[fault.type], { count: fault.count });
		case 'evidence_changed':
			return t(sentences.evidence_changed, { parts: list(fault.parts.map((part) => evidencePartNames[part])) });
		case 'document_needed':
			return t(sentences.document_needed, { document: t(documentNames[fault.document]) });
		case 'step_out_of_order':
			return t(sentences.step_out_of_order, {
				step: isAdoptionStep(fault.missing) ? t(adoptionStepNames[fault.missing]) : fault.missing
			});
		case 'clock_running': {
			const clock = clockName(fault.clock, policy, t);
			return fault.lastDay === undefined
				? t(sentences.clock_running, { clock })
				: t(fault.provisional ? sentences.clock_running_provisional : sentences.clock_running_until, {
						clock,
						lastDay: fault.lastDay
					});
		}
		case 'consent_needed':
		case 'child_said_no':
			return t(sentences[fault.type], { matter: t(consentMatterNames[fault.matter]) });
		case 'not_of_age':
			return fault.on === undefined ? t(sentences.not_of_age) : t(sentences.not_of_age_until, { on: fault.on });
	}
}

function isConditionId(id: string): id is ConditionId {
	return (conditionIds as readonly string[]).includes(id);
}

function isAdoptionStep(step: string): step is AdoptionStep {
	return (adoptionSteps as readonly string[]).includes(step);
}
