import { describe, expect, test } from 'vitest';
import {
	adoptedChild,
	certifiedChild,
	day,
	receivedChild,
	supervisor,
	type LeavingStory
} from '../../../../tests/support/leaving-story.ts';
import { houseId, itemId, photoHash } from '../../../../tests/support/notice-story.ts';
import { fieldDefinition, fieldKeys, type Answers } from '../intake/fields.ts';
import type { ClaimId } from '../ids.ts';
import { roles } from '../disclosure/roles.ts';
import { casePrint } from './case-print.ts';
import { printedFields } from './edition.ts';

const known = <V>(value: V) => ({ state: 'known' as const, value });

/** A file in which everything that tells of somebody else holds the word CANARY. */
function canaries(told: LeavingStory): LeavingStory {
	const { story } = told;
	const by = { by: 'c', on: '2025-01-03' };
	story.tell(
		'intake.recorded',
		{
			answers: {
				handedOverBy: known('CANARY民警'),
				witnessOne: known('CANARY见证人'),
				policeOfficer: known('CANARY警官'),
				policePhone: known('CANARY-110'),
				suspectLink: known('买主CANARY住城东'),
				siblings: known('妹妹CANARY'),
				interviewer: known('CANARY老师'),
				adultPresent: known('CANARY阿姨'),
				healthFirstCheck: known('同车的孩子CANARY也发烧'),
				ownAccount: known('我家门口有一头黑牛')
			} satisfies Answers
		},
		by
	);
	const care = (number: number, value: Parameters<typeof story.tell<'care.recorded'>>[1]['care']) =>
		story.tell('care.recorded', { itemId: itemId(number), care: value }, by);
	care(301, { kind: 'daily', note: '和CANARY打架' });
	care(302, { kind: 'visit', relation: 'volunteer', visitor: 'CANARY志愿者' });
	care(303, { kind: 'incident', incident: 'other', description: 'CANARY推了他' });
	care(304, { kind: 'placement', placement: 'foster', place: 'CANARY家' });
	care(305, { kind: 'health', finding: '与CANARY同住传染' });
	care(306, { kind: 'growth', height: 104.5 });
	care(307, { kind: 'schooling', stage: 'kindergarten', school: '县幼儿园', note: '同桌CANARY' });
	story.tell(
		'belonging.recorded',
		{ itemId: itemId(308), belonging: { description: '木纽扣', keptAt: 'CANARY保管' } },
		by
	);
	story.tell('sample.recorded', { itemId: itemId(309), sample: { step: 'typed', by: 'CANARY法医' } }, by);
	told.paper({ code: 'OTHER', title: 'CANARY的证词', note: 'CANARY' }, 'c', '2025-01-04');
	told.paper({ code: 'DOC-M', number: '报2号', originalSeenBy: 'CANARY', note: 'CANARY看过' }, 'c', '2025-01-04');
	story.tell(
		'photo.added',
		{
			itemId: itemId(310),
			photo: { ...scan, view: 'paper', publishable: false, of: itemId(311) }
		},
		by
	);
	story.tell(
		'consent.recorded',
		{ itemId: itemId(312), consent: { matter: 'publication', answer: 'yes', words: '可以', heardBy: 'CANARY' } },
		by
	);
	told.claim('refuse', '2025-02-01', '2025-03-01');
	told.does(supervisor, { command: 'raise_flag', flag: { flag: 'court_case', reason: 'CANARY案' } });
	return told;
}
const scan = { sha256: photoHash(0xca), mediaType: 'image/jpeg' as const, bytes: 9000, width: 1500, height: 2048 };

describe('the child’s own edition', () => {
	test('holds nothing of anybody else: no suspect, no official, no visitor, no other child, no claim', () => {
		const told = canaries(receivedChild());
		const own = casePrint(told.ground, 'supervisor', 'own');
		const text = JSON.stringify(own);
		expect(text).not.toContain('CANARY');
		expect(text).not.toContain('RL-7F3K-29QX');
		expect(own.claims).toEqual([]);
		expect(own.flags).toEqual([]);
		expect(own.hold.full).toBeUndefined();
		// It is not empty for that: the words are the child's own.
		expect(text).toContain('我家门口有一头黑牛');
		expect(text).toContain('104.5');
		expect(text).toContain('木纽扣');
		expect(own.photos.map(({ view }) => view)).toEqual(['front']);
	});

	test('the canaries are in the full edition, so that the test above can fail', () => {
		const full = JSON.stringify(casePrint(canaries(receivedChild()).ground, 'supervisor', 'full'));
		expect(full.split('CANARY').length).toBeGreaterThan(18);
		expect(full).toContain('RL-7F3K-29QX');
	});

	test('does not even tell that a claim is open, which holds a clock up', () => {
		const told = certifiedChild();
		told.story.tell(
			'claim.opened',
			{ claimId: '00000000-0000-7000-8000-00000000f009' as ClaimId, number: 'RL-0000-0009' },
			{ on: '2025-11-20' }
		);
		expect(JSON.stringify(casePrint(told.ground, 'supervisor', 'own').hold)).not.toMatch(/"(claim|claims|halted)"/);
		expect(JSON.stringify(casePrint(told.ground, 'supervisor', 'full').hold)).toMatch(/"claims"/);
	});

	test('of an adopted child says that it was adopted, and nothing of the way there', () => {
		const own = casePrint(adoptedChild().told.ground, 'registry_officer', 'own');
		expect(own.exit).toEqual({ reason: 'adopted', on: '2026-03-03' });
		expect(own.adoption).toEqual([]);
		const codes = own.papers.flatMap(({ papers }) => papers.map(({ value }) => value.code));
		expect(codes).not.toContain('DOC-G');
		expect(codes).not.toContain('DOC-H');
		expect(codes).not.toContain('DOC-J');
		expect(own.hold.clocks.map(({ id }) => id)).not.toContain('registration-notice');
	});

	test('every field is printed in it unless it is of others, free words or not the printer’s to read', () => {
		const left = fieldKeys.filter((key) => !printedFields('own', 'supervisor').includes(key));
		expect(left).toEqual([
			...['handedOverBy', 'receivedBy', 'witnessOne', 'witnessTwo', 'policeOfficer', 'policePhone'],
			...['suspectLink', 'siblings', 'healthFirstCheck', 'urgentNeeds', 'interviewer', 'adultPresent']
		]);
	});
});

describe('the full edition', () => {
	test.each(roles)('prints for a %s only the fields that role reads', (role) => {
		const told = canaries(receivedChild());
		const printed = casePrint(told.ground, role, 'full').fields.flatMap(({ rows }) => rows.map(({ key }) => key));
		const text = JSON.stringify(casePrint(told.ground, role, 'full'));
		if (role === 'supervisor') expect(printed).toContain('healthFirstCheck');
		else expect(printed.some((key) => fieldDefinition(key).disclosure === 'restricted:medical')).toBe(false);
		if (role !== 'supervisor') expect(text).not.toContain('同住传染');
		expect(text.includes('买主CANARY')).toBe(
			['supervisor', 'second_administrator', 'registry_officer', 'police_liaison'].includes(role)
		);
	});

	test('orders the papers by the three phases, each by date', () => {
		const { told } = adoptedChild();
		const print = casePrint(told.ground, 'registry_officer', 'full');
		expect(print.papers.map(({ phase, papers }) => [phase, papers.map(({ value }) => value.code)])).toEqual([
			['intake', ['DOC-A', 'DOC-B', 'DOC-D', 'DOC-E']],
			['in_care', ['DOC-C']],
			['leaving', ['DOC-H', 'DOC-G', 'DOC-J']]
		]);
	});

	test('tells every review with both signatures, whether it still stands, and the snapshot for every footer', () => {
		const told = certifiedChild();
		const print = casePrint(told.ground, 'registry_officer', 'full');
		expect(print.reviews).toMatchObject([
			{ standing: true, signatures: [{ verdict: 'eligible', institutionId: houseId }, { verdict: 'eligible' }] }
		]);
		expect(print.snapshot).toMatch(/^[0-9a-f]{64}$/);
		// A paper that is corrected afterwards is other evidence: the review is printed, and no longer stands.
		told.paper({ code: 'DOC-E', number: '云公鉴〔2025〕4号之二', date: day('2025-02-11') }, 'c');
		const after = casePrint(told.ground, 'registry_officer', 'full');
		expect(after.reviews).toMatchObject([{ standing: false }]);
		expect(after.snapshot).toBe(print.snapshot);
	});

	test('tells the way of a sample in its order, though it was taken, sealed and sent on one day', () => {
		const told = receivedChild();
		(['dispatched', 'collected', 'sealed'] as const).forEach((step, place) =>
			told.story.tell(
				'sample.recorded',
				{ itemId: itemId(400 + place), sample: { step } },
				{ by: 'c', on: '2024-11-09' }
			)
		);
		const { samples } = casePrint(told.ground, 'supervisor', 'full');
		expect(samples.map(({ value }) => value.step)).toEqual(['collected', 'sealed', 'dispatched', 'in_database']);
	});

	test('tells of a notice when it was published and when it went down', () => {
		const { told } = adoptedChild();
		expect(casePrint(told.ground, 'supervisor', 'full').notices).toEqual([
			{ number: 'LK-5016-0148', on: '2024-12-05', down: { on: '2026-03-04', reason: 'left' } }
		]);
	});
});
