import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldDefinition, fieldKeys } from '../intake/fields.ts';
import { policyById } from '../hold/policy.ts';
import { noticeFields, type NoticeDraft } from '../notice/notice.ts';
import { itemId, modestDraft, registeredChild, Story, photo } from '../../../../tests/support/notice-story.ts';
import { disclose, withheldMinimum, type PublicationPolicy } from './disclose.ts';
import { knownFacts, plainText } from './facts.ts';

const policy = (id: string): PublicationPolicy => {
	const found = policyById(id);
	if (!found.ok) throw new Error(id);
	return found.value;
};
const china = policy('CN-2015-159');
const story = registeredChild();
const shownWith = (words: NoticeDraft['shown'], more: Partial<NoticeDraft> = {}, by: PublicationPolicy = china) =>
	disclose(story.caseFile, 'public', by, { ...modestDraft, shown: words, ...more });

describe('what the public sees', () => {
	test('every field of the record carries its mark: a new field must be thought about here', () => {
		const marks = Object.fromEntries(
			fieldKeys.map((key) => [
				key,
				fieldDefinition(key).disclosure + (fieldDefinition(key).verifying ? ' verifying' : '')
			])
		);
		expect(marks).toMatchInlineSnapshot(`
			{
			  "accent": "public verifying",
			  "admissionBasis": "institution",
			  "adultPresent": "institution",
			  "belongingsSummary": "public verifying",
			  "birth": "institution",
			  "birthMethod": "institution",
			  "bloodGroup": "restricted:medical",
			  "caseNumber": "institution",
			  "clothing": "public verifying",
			  "dateRescued": "institution",
			  "dateTaken": "institution verifying",
			  "ethnicity": "institution",
			  "features": "public verifying",
			  "handedOverBy": "institution",
			  "handoverDate": "institution",
			  "handoverPlace": "institution",
			  "handoverTime": "institution",
			  "headSize": "institution",
			  "healthFirstCheck": "restricted:medical",
			  "healthState": "restricted:medical",
			  "height": "public",
			  "interviewer": "institution",
			  "isolation": "restricted:medical",
			  "issuingBureau": "institution",
			  "language": "public verifying",
			  "nameAssigned": "public",
			  "nameCalled": "public verifying",
			  "nameGiven": "public",
			  "namePinyin": "institution",
			  "noticeDate": "institution",
			  "noticeNumber": "institution",
			  "ownAccount": "public verifying",
			  "ownAccountDate": "institution",
			  "ownAccountLanguage": "institution",
			  "placeRescued": "institution verifying",
			  "placeTaken": "public",
			  "policeOfficer": "registry",
			  "policePhone": "registry",
			  "policeStation": "institution",
			  "receivedBy": "institution",
			  "sampleReference": "registry",
			  "sex": "public",
			  "siblings": "institution verifying",
			  "signedByPolice": "institution",
			  "signedByReceiver": "institution",
			  "suspectLink": "restricted:justice",
			  "urgentNeeds": "restricted:medical",
			  "vaccinationKnown": "restricted:medical",
			  "weight": "institution",
			  "witnessOne": "registry",
			  "witnessTwo": "registry",
			}
		`);
	});

	test('is what the draft says, and nothing of the file besides', () => {
		const { notice, faults } = disclose(story.caseFile, 'public', china, modestDraft);
		expect(faults).toEqual([]);
		expect(notice).toEqual({
			words: modestDraft.shown,
			sexCode: '1',
			regionCode: '513400',
			ageMonths: { least: 42, most: 54 },
			photos: [{ sha256: photo(1, 'front').sha256, view: 'front' }],
			contactName: '杨老师',
			contactPhone: '0870-000 0000'
		});
	});

	test('says of each part why it is withheld', () => {
		const { fields } = disclose(story.caseFile, 'public', china, modestDraft);
		const because = Object.fromEntries(fields.map((field) => [field.field, field.shown ? 'shown' : field.because]));
		expect(because).toMatchObject({
			name: 'shown',
			clothing: 'not_chosen',
			ownAccount: 'not_chosen',
			accent: 'not_chosen'
		});
		expect(disclose(new Story().caseFile, 'public', china, { ...modestDraft, shown: {} }).fields[5]).toEqual({
			field: 'height',
			shown: false,
			because: 'unknown'
		});
	});

	test('the region and the age are searched only where their words are shown', () => {
		const { notice } = shownWith({ name: '小虎' });
		expect(notice.regionCode).toBeUndefined();
		expect(notice.ageMonths).toBeUndefined();
	});
});

describe('a notice cannot be approved', () => {
	test('without a face where the policy asks for a photo', () => {
		expect(shownWith({ name: '小虎' }, { photos: [] }).faults).toContainEqual({ type: 'photo_required' });
	});

	test('with a photo that was marked not for publication, or of a paper', () => {
		const { faults, notice } = shownWith({ name: '小虎' }, { photos: [itemId(1), itemId(2), itemId(3)] });
		expect(faults).toContainEqual({ type: 'photo_unusable', itemId: itemId(2) });
		expect(faults).toContainEqual({ type: 'photo_unusable', itemId: itemId(3) });
		expect(notice.photos).toHaveLength(1);
	});

	test('with any photo where the policy forbids one', () => {
		const southAfrica = policy('ZA-CA-2005');
		const { faults, notice } = shownWith({ name: '小虎' }, {}, southAfrica);
		expect(faults).toContainEqual({ type: 'photo_forbidden' });
		expect(notice.photos).toEqual([]);
		expect(shownWith({ name: '小虎' }, { photos: [] }, southAfrica).faults).toEqual([]);
	});

	test('at all where the policy knows no publication', () => {
		const { faults, fields } = shownWith({ name: '小虎' }, {}, {});
		expect(faults).toEqual([{ type: 'policy_forbids_notice' }]);
		expect(fields.every((field) => !field.shown)).toBe(true);
	});

	test('with a name where the policy withholds it', () => {
		const unnamed: PublicationPolicy = { publication: { ...china.publication!, name: 'withheld' } };
		const { faults, notice } = shownWith({ name: '小虎' }, {}, unnamed);
		expect(faults).toContainEqual({ type: 'field_forbidden', field: 'name' });
		expect(notice.words.name).toBeUndefined();
	});

	test('before a DNA sample is on record', () => {
		const unsampled = new Story();
		unsampled.entries.push(...story.entries.filter(({ entry }) => entry.type !== 'sample.recorded'));
		expect(disclose(unsampled.caseFile, 'public', china, modestDraft).faults).toContainEqual({
			type: 'dna_not_collected'
		});
	});

	test.each([
		['the seal of a belonging', 'belongings', '玩具，封条 FT-99812', 'sealNumber'],
		['a policeman', 'ownAccount', '沙马 警官说的', 'policeOfficer'],
		['the buyer', 'features', '买主住在城东砖厂', 'suspectLink'],
		['what the doctor found', 'features', '轻度贫血', 'healthFirstCheck'],
		['the day of the rescue', 'rescued', '2026年3月14日在云南', 'dateRescued'],
		['the village of the rescue', 'rescued', '云南省昭通市巧家县白鹤滩镇', 'placeRescued']
	] as const)('when its words tell %s', (_, field, words, key) => {
		const { faults, notice } = shownWith({ name: '小虎', [field]: words });
		expect(faults).toContainEqual({ type: 'tells_restricted', field, tells: [key] });
		expect(notice.words[field]).toBeUndefined();
	});

	test.each([
		'2026年03月14日',
		'3月14号',
		'三月十四日',
		'2026.03.14',
		'2026/03/14',
		'2026-3-14',
		'20260314',
		'14 March 2026',
		'14th of Mar',
		'March 14, 2026'
	])('no spelling of the day of the rescue: %s', (words) => {
		expect(shownWith({ name: '小虎', rescued: words }).faults).toContainEqual(
			expect.objectContaining({ type: 'tells_restricted', field: 'rescued' })
		);
	});

	test.each(['2026年3月', '二〇二六年三月', 'March 2026', 'Mar 2026, Yunnan', '2026-03', '2026.3'])(
		'the month of the rescue in any spelling: %s',
		(words) => {
			expect(shownWith({ name: '小虎', rescued: words }).faults).toEqual([]);
		}
	);

	test('when it would tell all but two of the facts a family is known by', () => {
		const everything = {
			name: '阿果子',
			features: '左耳后有月牙形疤痕',
			clothing: '红色棉袄，黑色条绒裤',
			belongings: '蓝色塑料小汽车',
			ownAccount: '家里有一头黑牛，门口是大河。我们彝语说。',
			accent: '凉山口音'
		};
		const meagre = new Story();
		for (const { entry } of story.entries) {
			if (entry.type === 'intake.recorded') {
				const {
					siblings: _,
					dateTaken: __,
					...answers
				} = (entry.payload as { answers: Record<string, unknown> }).answers;
				meagre.tell('intake.recorded', { answers } as never);
			} else meagre.tell(entry.type as 'sample.recorded', entry.payload as never);
		}
		const { faults, withheld } = disclose(meagre.caseFile, 'public', china, { ...modestDraft, shown: everything });
		// One would stay by the draft; by construction the least telling parts are not shown, and three stay.
		expect(withheld).toEqual(['accent', 'placeRescued', 'belonging']);
		expect(faults).toContainEqual({ type: 'too_little_withheld', withheld: 1, minimum: withheldMinimum });
	});
});

test('“none” is no fact a family could be known by', () => {
	const told = registeredChild();
	const kept = () => disclose(told.caseFile, 'public', china, modestDraft).withheld;
	const before = kept();
	told.tell('intake.recorded', { answers: { belongingsSummary: { state: 'known', value: '无随身物品' } } });
	expect(kept()).toEqual(before);
	const more = registeredChild();
	more.tell('intake.recorded', { answers: { belongingsSummary: { state: 'known', value: '一只银手镯' } } });
	expect(disclose(more.caseFile, 'public', china, modestDraft).withheld).toContain('belongingsSummary');
});

test('a month and a province of the rescue may be shown', () => {
	expect(shownWith({ name: '小虎', rescued: '2026年3月，云南省' }).faults).toEqual([]);
});

test('whatever a draft says, the public learns nothing restricted and at least three verifying facts stay untold', () => {
	const facts = knownFacts(story.caseFile);
	const words = fc.oneof(
		fc.constantFrom(...facts.flatMap((fact) => fact.spellings)),
		fc.string({ minLength: 1, maxLength: 20 })
	);
	const drafts = fc.dictionary(
		fc.constantFrom(...noticeFields),
		fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('，'))
	);
	let approvable = 0;
	fc.assert(
		fc.property(drafts, (shown) => {
			const { faults, notice } = disclose(story.caseFile, 'public', china, { ...modestDraft, shown });
			const everything = plainText(Object.values(notice.words).join('\n'));
			const told = (fact: (typeof facts)[number]) =>
				fact.spellings.some((spelling) => everything.includes(plainText(spelling)));
			// What is marked for fewer eyes is never told, approvable or not.
			expect(facts.filter((fact) => fact.disclosure !== 'public' && told(fact)).map((fact) => fact.key)).toEqual([]);
			if (faults.length === 0) approvable += 1;
			// By construction, approvable or not.
			expect(facts.filter((fact) => fact.verifying && !told(fact)).length).toBeGreaterThanOrEqual(withheldMinimum);
		}),
		{ numRuns: 500 }
	);
	expect(approvable).toBeGreaterThan(20);
});
