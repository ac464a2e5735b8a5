import { area } from './message.ts';

/** Recording a paper. The names of the papers are in the area of the hold, which asks for them. */
export const documents = area({
	title: ['记一份文件', 'Record a paper'],
	code: ['是哪一种文件', 'Which paper'],
	codeNeeded: ['请选择是哪一种文件。', 'Choose which paper it is.'],
	titleField: ['文件名称', 'Title'],
	titleNeeded: ['请写文件名称。', 'Write the title.'],
	number: ['文号', 'Number'],
	numberHint: ['照纸上写，例如“云公临〔2026〕17号”。', 'As on the paper.'],
	date: ['文件上的日期', 'Date on the paper'],
	received: ['哪天收到', 'Received on'],
	issuer: ['谁出具的', 'Issued by'],
	originalSeenBy: ['谁看过原件', 'Who saw the original'],
	note: ['备注', 'Note'],
	photo: ['拍下文件', 'Photo of the paper'],
	photoAfter: ['先保存，再拍文件的照片。', 'Save first, then photograph the paper.'],
	by: ['{issuer}出具', 'Issued by {issuer}'],
	withoutDate: ['没有日期', 'No date'],
	original: ['原件由 {name} 看过', 'Original seen by {name}']
});
