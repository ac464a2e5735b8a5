import type { Contradiction } from '#lib/domain/matching/comparison.ts';
import type { LevelOf, MatchField, Verdict } from '#lib/domain/matching/weights.ts';
import { area, type Message } from './message.ts';

/** Pairs of a child and a family that may belong together, without DNA. */
export const candidates = area({
	title: ['可能的家人', 'Possible families'],
	what: [
		'把孩子的档案和寻亲家庭说的话逐项对照，列出值得看一看的。只是线索，不是结论：是不是一家，要靠亲子鉴定。',
		'Children’s files are held against what searching families say, field by field; what is worth a look is listed. A lead, never a finding: only a DNA test tells who belongs together.'
	],
	careful: [
		'公告里公开过的内容，任何人都看得到；与公告相符的说法，不能证明是家人。',
		'Anyone can read what a notice has shown: words that agree with a notice prove nothing.'
	],
	states: ['按处理情况查看', 'By what was decided'],
	none: ['这里没有。', 'None here.'],
	noneOpen: [
		'现在没有要看的。有新的孩子或新的失踪登记时，会自动比对。',
		'Nothing to look at. New children and new reports are compared as they come.'
	],
	ofChild: ['只看一个孩子的。', 'Of one child only.'],
	ofClaim: ['只看一份登记的。', 'Of one report only.'],
	showAll: ['看全部', 'Show all'],
	shownOf: ['第 {from} 到 {to} 对，共 {total} 对', '{from} to {to} of {total}'],
	next: ['下一页', 'Next'],
	previous: ['上一页', 'Previous'],

	child: ['孩子（档案）', 'The child (file)'],
	family: ['家属所说', 'The family says'],
	report: ['失踪登记 {id}', 'Report {id}'],
	noName: ['（还没有名字）', '(no name yet)'],
	field: ['项目', 'Field'],
	verdict: ['是否相符', 'Do they agree'],
	weight: ['分值', 'Weight'],
	weightSum: ['合计 {score} 分', 'Together {score}'],
	notSaid: ['没有说', 'Not said'],
	hidden: ['你的角色看不到内容', 'Not shown to your role'],
	score: ['{score} 分', '{score} points'],
	meansLikely: ['很相近', 'Very close'],
	meansLook: ['值得看一看', 'Worth a look'],
	oneOf: [
		'像这样的 100 对里，估计约 {n} 对真是一家。',
		'Of 100 pairs like this, about {n} are estimated to be one family.'
	],
	nearlyAll: [
		'像这样的 100 对里，估计 99 对以上真是一家；仍须亲子鉴定。',
		'Of 100 pairs like this, more than 99 are estimated to be one family; a DNA test is needed all the same.'
	],
	scoreWhat: [
		'每一项相符就加分，不符就减分，不知道不加不减；名字、胎记、地方越少见，分越高。同样两份材料，哪天比都是同样的分。',
		'A field that agrees adds, one that disagrees takes away, one that is not known does neither; the rarer a name, a mark or a place, the more it adds. The same two records score the same on every day.'
	],
	howScored: ['分数是怎么来的', 'How the score is made'],
	contradiction: ['有矛盾，请先核对：', 'It contradicts itself; check first:'],
	changed: [
		'以前判定过“不像一家”，之后有变化：{fields}。请再看一次。',
		'Judged “not this family” before; changed since: {fields}. Please look again.'
	],
	rejectedBecause: ['{time} {name} 判定“不像一家”：{reason}', 'Judged “not this family” by {name}, {time}: {reason}'],
	acceptedBy: ['{time} {name} 判定“值得核实”。', 'Judged “worth checking” by {name}, {time}.'],
	acceptedBecause: ['{time} {name} 判定“值得核实”：{reason}', 'Judged “worth checking” by {name}, {time}: {reason}'],
	somebody: ['其他机构的人员', 'somebody of another house'],
	openClaim: ['打开这份登记', 'Open the report'],
	openChild: ['打开档案', 'Open the file'],

	decide: ['写下判断', 'Decide'],
	accept: ['值得核实', 'Worth checking'],
	acceptWhat: [
		'只表示值得联系警方核实、安排采血比对。不会通知家属，也不会改动档案。',
		'It only says that this is worth checking with the police and by a DNA test. Nobody is told, no file changes.'
	],
	reject: ['不像一家', 'Not this family'],
	rejectWhat: [
		'只要比对的内容没有变，这一对不会再出现。',
		'The pair does not come back unless something that is compared changes.'
	],
	reason: ['理由', 'Reason'],
	reasonHint: [
		'例如：家属说左手六指，孩子双手正常。不要写姓名。',
		'For example: the family tells of a sixth finger on the left, the child’s hands are as usual. No names.'
	],
	note: ['说明（可不填）', 'Note (optional)'],
	accepted: [
		'已记下“值得核实”。下一步：打开这份登记，与警方联系核实。',
		'Noted as worth checking. Next: open the report and check with the police.'
	],
	rejected: ['已记下“不像一家”。', 'Noted as not this family.'],

	not_yours_to_decide: ['你的角色不能作这个判断。', 'Your role does not decide about this.'],
	candidate_unknown: [
		'这一对已经不在了：孩子不在你的机构，或有一方的材料已经改动。',
		'This pair is not there any more: the child is not in your house, or one side has changed.'
	],
	reason_missing: ['请写“不像一家”的理由。', 'Write the reason why it is not this family.'],
	candidate_changed: [
		'你打开之后，材料有变化，或别人已经判断过。什么都没有写入；你写的理由还在下面。请看过再提交。',
		'Something changed since you opened it, or somebody else decided. Nothing was written; your reason is still below. Look again, then send.'
	],
	estimated: ['估计', 'estimated'],
	byAge: ['按走失时的年龄推算', 'from the age when lost'],
	bornByThen: ['走失时已出生', 'born by the loss'],
	heightOn: ['{cm} 厘米（{days}）', '{cm} cm ({days})'],
	parentsBlood: ['父母血型 {one}、{other}', 'Parents’ groups {one} and {other}'],
	bloodGroupOf: ['{group} 型', 'Group {group}'],
	range: ['{from} 至 {to}', '{from} to {to}'],
	quoted: ['“{words}”', '“{words}”']
});

export const candidateStateNames = area({
	open: ['要看的', 'To look at'],
	accepted: ['值得核实', 'Worth checking'],
	rejected: ['不像一家', 'Not this family']
});

export const matchFieldNames = area({
	sex: ['性别', 'Sex'],
	birth: ['出生', 'Birth'],
	lost: ['走失或被拐的时间', 'When lost'],
	sequence: ['解救与走失的先后', 'Found after lost'],
	place: ['走失或被拐的地方', 'Where lost'],
	names: ['姓名', 'Names'],
	marks: ['体表特征', 'Marks'],
	siblings: ['兄弟姐妹', 'Brothers and sisters'],
	speech: ['语言、口音', 'Language and accent'],
	bloodGroup: ['血型', 'Blood group'],
	height: ['身高', 'Height'],
	clothing: ['衣着', 'Clothing']
}) satisfies Record<MatchField, Message>;

export const verdictNames = area({
	agree: ['相符', 'Agrees'],
	close: ['相近', 'Close'],
	disagree: ['不符', 'Disagrees'],
	unknown: ['无法比较', 'Cannot tell']
}) satisfies Record<Verdict, Message>;

/** What exactly agrees, or does not. */
export const levelNames = {
	sex: area({ same: ['相同', 'the same'], different: ['不同', 'different'] }),
	birth: area({
		same_day: ['同一天', 'the same day'],
		overlap: ['时间范围重合', 'the ranges overlap'],
		within_a_year: ['相差不到一年', 'within a year'],
		within_three_years: ['相差一到三年', 'one to three years apart'],
		years_apart: ['相差三年以上', 'more than three years apart']
	}),
	lost: area({
		same: ['时间一致', 'the same time'],
		within_a_year: ['相差不到一年', 'within a year'],
		within_three_years: ['相差一到三年', 'one to three years apart'],
		years_apart: ['相差三年以上', 'more than three years apart']
	}),
	sequence: area({
		lost_before_found: ['先走失，后解救', 'lost first, found later'],
		found_before_lost: ['解救在走失之前', 'found before being lost']
	}),
	place: area({
		same_county: ['同一个县（区）', 'the same county'],
		same_prefecture: ['同一个地市', 'the same prefecture'],
		same_province: ['同一个省', 'the same province'],
		same_words: ['地名相近', 'alike in words'],
		elsewhere: ['不在一处', 'elsewhere']
	}),
	names: area({
		same_name: ['姓名相同', 'the same name'],
		same_given: ['名字相同', 'the same given name'],
		same_sound: ['读音相同', 'sounds the same'],
		near_sound: ['读音相近', 'sounds alike'],
		shared_sign: ['有一个字相同', 'one sign the same'],
		shared_sound: ['有一个字同音', 'one sign sounds the same'],
		same_surname: ['同姓', 'the same surname'],
		different: ['不同', 'different']
	}),
	marks: area({
		same: ['种类和部位相同', 'the same kind and place'],
		near: ['种类或部位相近', 'a like kind or place'],
		same_words: ['说法相近', 'alike in words'],
		none_alike: ['没有相像的', 'none alike']
	}),
	siblings: area({
		same_name: ['名字对得上', 'a name is the same'],
		same_relations: ['关系对得上', 'the same relations'],
		other_relations: ['关系对不上', 'other relations']
	}),
	speech: area({ alike: ['相近', 'alike'], different: ['不同', 'different'] }),
	bloodGroup: area({
		same: ['相同', 'the same'],
		possible: ['父母血型可以生育', 'possible with these parents'],
		different: ['不同', 'different'],
		impossible: ['父母血型一般不会生育', 'not expected of these parents']
	}),
	height: area({
		alike: ['相差不到 5 厘米', 'within 5 cm'],
		near: ['相差不到 10 厘米', 'within 10 cm'],
		different: ['相差太多', 'too far apart']
	}),
	clothing: area({ alike: ['说法相近', 'alike in words'], different: ['不同', 'different'] })
} satisfies { readonly [F in MatchField]: Readonly<Record<LevelOf<F>, Message>> };

export const contradictionNames = area({
	found_before_lost: ['解救日期早于走失日期', 'Found before the day it was lost'],
	born_after_lost: ['孩子在走失日期之后才出生', 'Born after the day it was lost'],
	sex_differs: ['性别不同', 'The sex differs'],
	births_years_apart: ['出生相差三年以上', 'Births more than three years apart']
}) satisfies Record<Contradiction, Message>;

/** What a name is to the child, or whose it is. */
export const nameKindNames: Readonly<Record<string, Message>> = area({
	given: ['本名', 'given'],
	called: ['平时叫的', 'called'],
	milk: ['小名', 'milk name'],
	school: ['学名', 'at school'],
	assigned: ['院里起的，不比对', 'given by the house, not compared'],
	sibling: ['兄弟姐妹', 'brother or sister']
});

export const siblingOrderNames = area({
	older: ['年长的', 'older'],
	younger: ['年幼的', 'younger'],
	twin: ['双胞胎', 'twin']
});
