import type { ClaimDecision } from '#lib/domain/claim/events.ts';
import type { ConsentAnswer, ConsentMatter } from '#lib/domain/consent/consent.ts';
import type { ReviewVerdict } from '#lib/domain/eligibility/review.ts';
import type { RaisedFlag } from '#lib/domain/flag/flag.ts';
import type { GuardianshipGround } from '#lib/domain/guardianship/guardianship.ts';
import type { EvidencePart } from '#lib/domain/hold/hold.ts';
import type { ClaimOutcome } from '#lib/domain/hold/facts.ts';
import type { AdoptionStep } from '#lib/domain/leaving/adoption.ts';
import type { ExitReason } from '#lib/domain/leaving/exit.ts';
import { area, type Message } from './message.ts';

/** Names of what a desk decides about a child, used by tablet, desk and print alike. */
export const consentMatterNames = area({
	adoption: ['被收养', 'Being adopted'],
	dissolution: ['解除收养关系', 'Ending the adoption'],
	publication: ['公布照片寻找家人', 'Publishing the photo to find the family'],
	reunion: ['回到生父母家', 'Going back to the birth parents']
}) satisfies Record<ConsentMatter, Message>;

export const consentAnswerNames = area({
	yes: ['愿意', 'Yes'],
	no: ['不愿意', 'No'],
	not_understood: ['还听不懂，说不清', 'Could not say yet']
}) satisfies Record<ConsentAnswer, Message>;

export const raisedFlagNames = area({
	police_hold: ['公安机关要求停办', 'Halted by the police'],
	court_case: ['有未了结的诉讼', 'A court case is pending'],
	duplicate_suspected: ['疑似重复建档', 'Possible duplicate file']
}) satisfies Record<RaisedFlag, Message>;

export const guardianshipGroundNames = area({
	certified: ['查找不到生父母，已出具证明', 'Certified: no parents found'],
	parents_dead: ['父母死亡', 'The parents are dead'],
	court: ['法院撤销监护人资格', 'A court revoked guardianship']
}) satisfies Record<GuardianshipGround, Message>;

export const adoptionStepNames = area({
	matched: ['已匹配收养人', 'Matched'],
	assessed: ['收养评估完成', 'Assessed'],
	agreement: ['签订收养协议', 'Agreement signed'],
	registry_notice: ['登记机关公告', 'Registry’s notice published'],
	application: ['提出登记申请', 'Registration applied for'],
	refused: ['不予登记', 'Registration refused'],
	given_up: ['收养终止', 'Given up'],
	dissolved: ['解除收养关系', 'Adoption dissolved'],
	revoked: ['撤销收养登记', 'Registration revoked'],
	invalid: ['收养无效', 'Adoption invalid']
}) satisfies Record<AdoptionStep, Message>;

export const exitReasonNames = area({
	reunited: ['找回生父母，送还', 'Reunited with the birth parents'],
	adopted: ['收养登记', 'Adopted'],
	other_guardian: ['由其他监护人接走', 'To another guardian'],
	aged_out: ['年满十八周岁', 'Came of age'],
	deceased: ['死亡', 'Died'],
	entered_in_error: ['录入错误', 'Entered in error']
}) satisfies Record<ExitReason, Message>;

export const reviewVerdictNames = area({
	eligible: ['同意', 'Agreed'],
	not_eligible: ['不同意', 'Not agreed']
}) satisfies Record<ReviewVerdict, Message>;

export const claimDecisionNames = area({
	refuse: ['不予认领', 'Claim refused'],
	reunite: ['送还生父母', 'Child returns to the parents'],
	stay_in_care: ['暂不送还，继续临时监护', 'Stays in temporary care'],
	prosecute: ['移送追究，由法院决定监护', 'Prosecution; a court decides on guardianship'],
	dissolve: ['办理解除收养', 'Adoption to be dissolved'],
	adoption_stands: ['收养继续有效', 'The adoption stands'],
	tell_family: ['孩子已离开登记，当面告知家属', 'The child has left the register; the family is told in person'],
	fraudulent: ['虚假认领', 'Fraudulent claim']
}) satisfies Record<ClaimDecision, Message>;

export const claimOutcomeNames = area({
	refused: ['未获认定', 'refused'],
	withdrawn: ['家属撤回', 'withdrawn'],
	fraudulent: ['认定为虚假', 'found fraudulent'],
	lapsed: ['逾期未采样，停办解除', 'lapsed without a sample'],
	kin_confirmed: ['亲缘关系确认', 'kinship confirmed']
}) satisfies Record<ClaimOutcome, Message>;

/** The parts of frozen evidence, where one changed. */
export const evidencePartNames = area({
	policy: ['适用的规则', 'the policy'],
	clocks: ['期限', 'the clocks'],
	conditions: ['条件', 'the conditions'],
	blockers: ['阻断事项', 'what blocks'],
	contradictions: ['矛盾之处', 'the contradictions'],
	documents: ['文件', 'the papers'],
	claims: ['认领', 'the claims'],
	dna: ['DNA 比对', 'the DNA comparison'],
	birth: ['出生日期', 'the birth date'],
	identity: ['身份信息', 'the identity'],
	start: ['起算日的复核', 'the confirmation of the start date']
}) satisfies Record<EvidencePart, Message>;
