import type { DutyCode } from '#lib/domain/case-file/child-row.ts';
import { area, type Message } from './message.ts';

/** What is to be done for a child, one sentence each, and how late or soon it is. */
export const dutyWords = area({
	finish_intake: ['写完“{name}”的登记', 'Finish registering {name}'],
	front_photo: ['拍“{name}”的正面照', 'Take a front photo of {name}'],
	dna_sample: ['给“{name}”采 DNA 样本', 'Have a DNA sample of {name} taken'],
	settle_conflict: ['核对“{name}”档案里的不同说法', 'Settle what contradicts in the file of {name}'],
	temp_proof: ['向公安要“{name}”的“暂时未查找到”证明', 'Get the police’s temporary not-found proof for {name}'],
	publish_notice: ['请主管发布“{name}”的寻亲公告', 'Have the search notice of {name} published'],
	notice_ends: ['“{name}”的寻亲公告满 30 日', 'The search notice of {name} has run 30 days'],
	station_handover: ['把“{name}”和档案移交福利机构', 'Hand {name} and the file over to the welfare institution'],
	receive_handover: ['确认收到“{name}”', 'Record that {name} has arrived'],
	hold_ends: ['“{name}”满十二个月', 'The twelve months of {name} end'],
	certificate: ['“{name}”还缺公安“查找不到”证明', 'The police’s not-found certificate for {name} is missing'],
	monthly_photo: ['给“{name}”拍每月照片', 'Take the monthly photo of {name}'],
	growth_check: ['给“{name}”量身高体重', 'Measure {name}']
}) satisfies Record<DutyCode, Message>;

export const dutyReasons = area({
	finish_intake: ['登记还没有提交', 'The registration was not submitted'],
	front_photo: ['寻亲公告要用', 'The search notice needs it'],
	dna_sample: ['每个解救儿童都要采样', 'Every rescued child is sampled'],
	settle_conflict: ['两个人写的不一样', 'Two people wrote different things'],
	temp_proof: ['接收后一个月内', 'Within a month of the hand-over'],
	publish_notice: ['三十日公告还没有开始', 'The thirty days have not begun'],
	notice_ends: ['之后七日内移交或建档', 'Then the file moves on'],
	station_handover: ['公告期满后七日内', 'Within seven days of the notice’s end'],
	receive_handover: ['另一家机构已经移交', 'The other house has handed the child over'],
	hold_ends: ['期满不等于可以送养', 'Not by itself a permission to place'],
	certificate: ['只有公安能出具', 'Only the police can issue it'],
	monthly_photo: ['每月一次', 'Once a month'],
	growth_check: ['定期测量', 'Regular check']
}) satisfies Record<DutyCode, Message>;

export const dutyTimes = area({
	overdue: ['超期 {n} 天', '{n} day{n||s} overdue'],
	today: ['今天', 'Today'],
	tomorrow: ['明天', 'Tomorrow'],
	week: ['{n} 天内', 'In {n} days'],
	soon: ['尽快', 'Soon']
});
