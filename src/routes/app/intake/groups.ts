import { fieldDefinition, fieldKeys, type FieldKey, type IntakeStep } from '#lib/domain/intake/fields.ts';
import { intake } from '#lib/messages/intake.ts';
import type { Message } from '#lib/messages/message.ts';

/** Fields that belong together on the screen, under one heading. */
export interface FieldGroup {
	readonly heading: Message | undefined;
	readonly fields: readonly FieldKey[];
}

const headed: Readonly<Partial<Record<IntakeStep, readonly FieldGroup[]>>> = {
	reception: [
		{
			heading: intake.groupHandover,
			fields: [
				'caseNumber',
				'handoverDate',
				'handoverTime',
				'handoverPlace',
				'handedOverBy',
				'receivedBy',
				'signedByPolice',
				'signedByReceiver',
				'witnessOne',
				'witnessTwo'
			]
		},
		{
			heading: intake.groupPaper,
			fields: [
				'noticeNumber',
				'noticeDate',
				'issuingBureau',
				'policeStation',
				'policeOfficer',
				'policePhone',
				'admissionBasis'
			]
		}
	],
	identity: [
		{ heading: intake.groupNames, fields: ['nameGiven', 'nameAssigned', 'nameCalled', 'namePinyin'] },
		{ heading: intake.groupPerson, fields: ['sex', 'birth', 'birthMethod', 'ethnicity'] },
		{ heading: intake.groupSpeech, fields: ['language', 'accent'] },
		{ heading: intake.groupOrigin, fields: ['placeTaken', 'dateTaken', 'placeRescued', 'dateRescued'] },
		{ heading: intake.groupLinks, fields: ['siblings', 'suspectLink'] }
	],
	body: [
		{ heading: intake.groupMeasures, fields: ['height', 'weight', 'headSize', 'features'] },
		{
			heading: intake.groupHealth,
			fields: ['healthFirstCheck', 'healthState', 'urgentNeeds', 'isolation', 'bloodGroup', 'vaccinationKnown']
		}
	],
	account: [
		{ heading: undefined, fields: ['ownAccount'] },
		{
			heading: intake.groupCircumstances,
			fields: ['ownAccountLanguage', 'ownAccountDate', 'interviewer', 'adultPresent']
		}
	]
};

/** The fields of a step in their groups; a field that no group names comes last, so that a new one never goes unasked. */
export function groupsOf(step: IntakeStep): readonly FieldGroup[] {
	const groups = headed[step] ?? [];
	const named = new Set(groups.flatMap((group) => group.fields));
	const rest = fieldKeys.filter((key) => fieldDefinition(key).step === step && !named.has(key));
	return rest.length === 0 ? groups : [...groups, { heading: undefined, fields: rest }];
}
