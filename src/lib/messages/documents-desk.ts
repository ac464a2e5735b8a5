/** Papers at the desk: the list by the three phases of the archive, the form, and what looks odd about a paper. */
import type { PaperWarning } from '#lib/domain/document/judge-document.ts';
import type { PaperWarningCode } from '#lib/domain/document/document.ts';
import type { ArchivePhase } from '#lib/domain/document/phases.ts';
import type { DocumentParty } from '#lib/domain/hold/documents.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import { clockName, documentNames } from './hold.ts';
import { area, listComma, type Message, type Translate } from './message.ts';

export const archivePhaseNames = area({
	intake: ['入院', 'Intake'],
	in_care: ['在院', 'In care'],
	leaving: ['离院', 'Leaving']
}) satisfies Record<ArchivePhase, Message>;

export const partyNames = area({
	police: ['公安机关', 'the police'],
	institution: ['儿童福利机构或救助站', 'a welfare institution or rescue station'],
	civil_affairs: ['民政部门', 'the civil affairs department'],
	adopter: ['收养人', 'the adopter'],
	assessor: ['评估机构', 'the assessor'],
	registry: ['收养登记机关', 'the adoption registry'],
	hospital: ['医院或残联', 'a hospital or disability federation']
}) satisfies Record<DocumentParty, Message>;

export const paperDesk = area({
	title: ['文件', 'Papers'],
	toPapers: ['看文件', 'See the papers'],
	back: ['返回档案', 'Back to the file'],
	backToList: ['返回文件列表', 'Back to the papers'],
	what: [
		'按档案的三个阶段排列：入院、在院、离院。每份文件记下文号、出具单位、日期、谁看过原件，附上扫描件。',
		'In the three phases of the archive: intake, in care, leaving. Each paper with its number, issuer, date, who saw the original, and pictures of its pages.'
	],
	file: ['登记文件', 'File a paper'],
	none: ['这一阶段还没有文件。', 'No papers of this phase yet.'],
	wanted: ['审核要看、还没有齐的文件', 'Papers the review asks for that are not complete'],
	wantedFile: ['登记“{paper}”', 'File: {paper}'],
	number: ['文号', 'Number'],
	date: ['文件上的日期', 'Date on the paper'],
	issuer: ['出具单位', 'Issued by'],
	original: ['谁看过原件', 'Who saw the original'],
	received: ['收到日期', 'Received on'],
	paper: ['文件', 'Paper'],
	pages: ['{n} 页', '{n} page{n||s}'],
	pagesNone: ['没有扫描件', 'No pictures'],
	gaps: ['缺{gaps}，审核时不算数', 'Lacks {gaps}: it does not count in the review'],
	disputed: ['两处记录不同，请更正', 'Recorded in two ways: please correct it'],
	acceptedChip: ['有疑点，已说明', 'Odd, explained'],
	accepted: [
		'登记时的疑点：{what}。仍然入档的理由：{reason}',
		'Odd when filed: {what}. Filed all the same because: {reason}'
	],
	open: ['看这份文件', 'See this paper'],
	readOnly: [
		'文件由主管、第二管理员、登记处和公安联络员登记。你可以查看。',
		'Papers are filed by supervisors, second administrators, the registry and the police. You can look.'
	],
	policeOnly: ['你可以登记和更正公安机关出具的文件。', 'You can file and correct the papers that the police issue.'],

	recordTitle: ['登记文件', 'File a paper'],
	correctTitle: ['更正文件', 'Correct a paper'],
	correctWhat: [
		'更正会代替现在的内容；原来的内容留在记录里。',
		'A correction replaces what stands now; what stood before stays in the history.'
	],
	code: ['是哪一种文件', 'Which paper'],
	titleField: ['文件名称', 'Title'],
	titleHint: ['选“其他材料”时填写，例如“死亡医学证明”。', 'For “other paper”, for example “medical proof of death”.'],
	numberHint: [
		'照纸上写，例如“云公临〔2026〕17号”。没有文号就空着。',
		'As written on the paper. Leave it empty if there is none.'
	],
	dateHint: ['例如 2026-03-24 或 2026年3月24日。', 'For example 2026-03-24.'],
	issuerHint: ['写盖章的单位全名。', 'The full name on the seal.'],
	originalHint: [
		'亲手看过原件的人。只见过复印件就空着。',
		'Whoever held the original. Leave it empty if only a copy was seen.'
	],
	note: ['备注', 'Note'],
	scans: ['扫描件或照片', 'Pictures of the pages'],
	scansHint: [
		'每页一张，JPEG、PNG 或 WebP；一次总共不超过 15 MB。PDF 请先存成图片。',
		'One picture a page, JPEG, PNG or WebP, at most 15 MB together. Save a PDF as pictures first.'
	],
	scansKept: ['已收到 {n} 张图片，保存后附在文件上。', '{n} picture{n||s} received; attached when you save.'],
	scansOnFile: ['档案里已有 {n} 张，新传的会加在后面。', '{n} on file; new ones are added.'],
	optional: ['（可不填）', ' (optional)'],
	save: ['保存', 'Save'],
	oddHeading: ['请先看看这几处', 'Please look at this first'],
	oddWhat: [
		'什么都还没有写入。填错了就在下面改；纸上确实如此，请写明理由再保存。',
		'Nothing is written yet. Correct it below; or, if the paper does say so, give a reason and save again.'
	],
	reason: ['仍然入档的理由', 'Why it is filed all the same'],
	reasonHint: [
		'例如“原件如此，已电话向出具单位核实”。',
		'For example: “as on the original, confirmed with the issuer by telephone”.'
	],
	reasonNeeded: [
		'纸上确实如此，请写明仍然入档的理由。',
		'If the paper does say so, write why it is filed all the same.'
	],
	stillCounts: [
		'入档不等于算数：早于期满的证明，审核时仍然不能用。',
		'On file is not the same as valid: a certificate dated before the last day still cannot be used in the review.'
	],

	codeNeeded: ['请选择是哪一种文件。', 'Choose which paper it is.'],
	dateForm: ['“{field}”看不懂，请写成 2026-03-24 这样。', '{field} cannot be read; write it as 2026-03-24.'],
	dateMissing: ['没有“{field}”写的这一天，请对照纸上。', 'There is no such day in {field}; compare it with the paper.'],
	receivedNeeded: ['请写收到日期。', 'Write when it was received.'],
	tooLong: ['“{field}”太长，最多 {n} 字。', '{field} is too long, at most {n} characters.'],
	title_needed: ['选“其他材料”时，请写文件名称。', 'Write the title of an “other paper”.'],
	paper_not_yours: [
		'“{paper}”不由公安机关出具，请交给福利机构登记。',
		'The police do not issue this paper: {paper}. Please leave it to the institution.'
	],
	scan_pdf: [
		'“扫描件”里有 PDF。请把每一页存成图片（或拍照）再传。',
		'There is a PDF among the pictures. Save each page as a picture, or photograph it, then send it.'
	],
	scan_too_large: ['有一张图片超过 15 MB，请缩小再传。', 'A picture has more than 15 MB; make it smaller.'],
	scan_not_a_photo: [
		'有一个文件不是 JPEG、PNG 或 WebP 图片，请换一个。',
		'A file is no JPEG, PNG or WebP picture; choose another.'
	],
	scan_too_many_pixels: [
		'有一张图片像素太多，请按 300 dpi 扫描。',
		'A picture has too many pixels; scan with 300 dpi.'
	],
	scan_damaged: [
		'有一张图片打不开，可能损坏了，请重新扫描。',
		'A picture cannot be opened; it may be damaged. Scan it again.'
	],
	scan_busy: [
		'现在处理不了图片，请过一会儿再传一次。',
		'Pictures cannot be processed just now; send them again in a moment.'
	],
	scan_lost: ['先前传的图片找不到了，请重新选择。', 'The pictures sent before are gone; choose them again.'],
	done_filed: ['已登记入档。', 'Filed.'],
	done_corrected: ['已更正。', 'Corrected.'],
	done_withdrawn: ['已撤销；记录里还看得到。', 'Withdrawn; it stays in the history.'],

	correct: ['更正', 'Correct'],
	withdraw: ['撤销这份文件', 'Withdraw this paper'],
	withdrawScan: ['撤销这一页', 'Withdraw this page'],
	withdrawReason: ['为什么撤销', 'Why it is withdrawn'],
	withdrawNeeded: ['请写撤销的理由。', 'Write why it is withdrawn.'],
	withdrawWhat: [
		'撤销后不再列出，也不再算数；内容留在记录里。',
		'It is no longer listed and no longer counts; it stays in the history.'
	],
	page: ['第 {n} 页', 'Page {n}'],
	history: ['登记和更正', 'Filed and corrected'],
	historyLine: ['{name}，{time}', '{name}, {time}'],
	historyOther: ['另一家机构的人', 'someone of another institution']
});

export const paperWarningNames = area({
	before_clock: ['早于期满', 'dated before the period had elapsed'],
	in_future: ['日期在将来', 'dated in the future'],
	before_rescue: ['早于解救', 'dated before the rescue'],
	received_before_dated: ['收到早于文件日期', 'received before it was dated'],
	number_in_file: ['文号在本档案里已有', 'its number is in this file already'],
	number_elsewhere: ['文号在别的档案里已有', 'its number is in another file'],
	issuer_unusual: ['出具单位不合规定', 'not issued by whom the rule names']
}) satisfies Record<PaperWarningCode, Message>;

const warningSentences = area({
	before_clock: [
		'日期 {date} 早于“{clock}”期满（{openFrom} 起才可以出具）。',
		'Dated {date}, before “{clock}” had elapsed: it can be issued from {openFrom} on.'
	],
	before_clock_not_begun: [
		'日期 {date}：“{clock}”还没有开始计算，这份文件还不到出具的时候。',
		'Dated {date}: “{clock}” has not begun, so this paper cannot have been due yet.'
	],
	in_future: ['文件上的日期 {date} 还没有到。', 'The date on the paper, {date}, has not come yet.'],
	before_rescue: ['日期 {date} 早于解救（{rescued}）。', 'Dated {date}, before the rescue on {rescued}.'],
	received_before_dated: [
		'收到日期 {received} 早于文件上的日期 {date}。',
		'Received on {received}, before the date on the paper, {date}.'
	],
	number_in_file: [
		'文号 {number} 在这份档案里已经有了：{papers}。也许已经登记过。',
		'Number {number} is in this file already: {papers}. Perhaps it was filed before.'
	],
	number_elsewhere: [
		'文号 {number} 还出现在 {n} 份别的档案里。请核对是不是拿错了文件。',
		'Number {number} stands in {n} other {n|file|files} too. Please check that this is the right paper.'
	],
	number_elsewhere_hidden: [
		'其中 {n} 份你不能查看，请联系登记处核对。',
		'{n} of them {n|is|are} not yours to open: please ask the registry.'
	],
	number_elsewhere_file: ['打开那份档案（{n}）', 'Open that file ({n})'],
	issuer_unusual: [
		'“{issuer}”：这种文件应由{expected}出具。',
		'“{issuer}”: a paper of this kind is issued by {expected}.'
	]
});

/** Link to another file with the same number. */
export const otherFileLink = warningSentences.number_elsewhere_file;

/** What looks odd about a paper, in one or two sentences. */
export function paperWarningSentence(warning: PaperWarning, policy: Policy, t: Translate): string {
	const say = warningSentences;
	switch (warning.code) {
		case 'before_clock': {
			const clock = clockName(warning.clock, policy, t);
			if (warning.openFrom === undefined) return t(say.before_clock_not_begun, { date: warning.date, clock });
			return t(say.before_clock, { date: warning.date, clock, openFrom: warning.openFrom });
		}
		case 'in_future':
			return t(say.in_future, { date: warning.date });
		case 'before_rescue':
			return t(say.before_rescue, { date: warning.date, rescued: warning.rescued });
		case 'received_before_dated':
			return t(say.received_before_dated, { date: warning.date, received: warning.received });
		case 'number_in_file':
			return t(say.number_in_file, {
				number: warning.number,
				papers: warning.papers.map((code) => t(documentNames[code])).join(t(listComma))
			});
		case 'number_elsewhere': {
			const n = warning.files.length + warning.hidden;
			const first = t(say.number_elsewhere, { number: warning.number, n });
			return warning.hidden === 0 ? first : `${first}${t(say.number_elsewhere_hidden, { n: warning.hidden })}`;
		}
		case 'issuer_unusual':
			return t(say.issuer_unusual, {
				issuer: warning.issuer,
				expected: warning.expected.map((party) => t(partyNames[party])).join(t(listComma))
			});
	}
}
