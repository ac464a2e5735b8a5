/**
 * Who may adopt (民法典 1098-1102), asked when a child is matched. What is said of an adopter stays at the registry: adoption
 * is secret (民法典 1110), and a file is on tablets.
 */
import { z } from 'zod';
import { residentIdFault, writtenResidentId, type ResidentIdFault } from '../codes/resident-id.ts';
import type { GuardianshipGround } from '../guardianship/guardianship.ts';
import { addYears, civilDateSchema, type CivilDate } from '../time.ts';

const name = z.string().trim().min(1).max(200);
const idNumber = z.string().trim().min(1).max(40).optional();
/** GB/T 2261.1: a law that knows men and women asks for one of the two. */
const sex = z.enum(['1', '2']);

/** `single` is 无配偶者: never married, divorced or widowed. */
export const maritalStates = ['married', 'single'] as const;
export type MaritalState = (typeof maritalStates)[number];

export const adopterSchema = z.strictObject({
	name,
	birth: civilDateSchema,
	sex,
	idNumber,
	marital: z.enum(maritalStates),
	/** Children the adopter has, without this one. */
	children: z.int().min(0).max(30),
	/** Who adopts jointly. */
	spouse: z.strictObject({ name, birth: civilDateSchema, sex, idNumber }).optional(),
	/** A Chinese citizen who lives in China. */
	domestic: z.boolean(),
	/** Step-parent, or blood kin within three generations. */
	kin: z.boolean(),
	/** Bought the child, took part in the trafficking, or is close kin of who did. */
	relatedToBuyer: z.boolean(),
	/** 民法典 1098 (2) to (4), as the checker found: able to raise a child, no disqualifying illness, no adverse record. */
	able: z.boolean(),
	healthy: z.boolean(),
	unblemished: z.boolean(),
	/** Who compared all this with the papers. */
	checkedBy: name,
	/** Why an oddity of what is said here was accepted. */
	oddReason: z.string().trim().min(1).max(2000).optional()
});
export type Adopter = z.infer<typeof adopterSchema>;

/** What the conditions look at in the child. */
export interface ChildToAdopt {
	/** Code of the table `sex`; undefined where nobody knows. */
	readonly sex: string | undefined;
	readonly birthEarliest: CivilDate | undefined;
	/** On what ground the child is in long-term guardianship. */
	readonly ground: GuardianshipGround | undefined;
	/** A proof of disability is on file. */
	readonly disabled: boolean;
}

type Person = 'adopter' | 'spouse';

/** Each with the article it comes from. */
export type AdopterFault = { readonly article: string } & (
	| { readonly type: 'too_young'; readonly who: Person; readonly thirtyOn: CivilDate }
	| { readonly type: 'not_able' | 'not_healthy' | 'adverse_record' | 'related_to_buyer' | 'foreign' }
	| { readonly type: 'too_many_children'; readonly children: number }
	| { readonly type: 'spouse_missing' | 'spouse_of_single' }
	/** Of an unmarried adopter and a child of the other sex; `needed`: the latest birth date of an adopter that would do. */
	| { readonly type: 'age_gap'; readonly bornBy: CivilDate }
	| { readonly type: 'age_gap_unknown' }
);

const adoptionAge = 30;
const ageGap = 40;

/**
 * Why this person cannot adopt this child; empty when nothing speaks against it.
 *
 * @param on the day the child is matched
 */
export function adopterFaults(adopter: Adopter, child: ChildToAdopt, on: CivilDate): readonly AdopterFault[] {
	const faults: AdopterFault[] = [];
	const people = [['adopter', adopter] as const, ...(adopter.spouse ? [['spouse', adopter.spouse] as const] : [])];
	for (const [who, { birth }] of people) {
		const thirtyOn = addYears(birth, adoptionAge);
		if (on < thirtyOn) faults.push({ type: 'too_young', who, thirtyOn, article: '民法典 1098(5)' });
	}
	if (!adopter.able) faults.push({ type: 'not_able', article: '民法典 1098(2)' });
	if (!adopter.healthy) faults.push({ type: 'not_healthy', article: '民法典 1098(3)' });
	if (!adopter.unblemished) faults.push({ type: 'adverse_record', article: '民法典 1098(4)' });
	if (adopter.children > 1 && !isFreeOfChildLimit(child))
		faults.push({ type: 'too_many_children', children: adopter.children, article: '民法典 1098(1)、1100' });

	if (adopter.marital === 'married' && !adopter.spouse) faults.push({ type: 'spouse_missing', article: '民法典 1101' });
	if (adopter.marital === 'single') {
		if (adopter.spouse) faults.push({ type: 'spouse_of_single', article: '民法典 1101' });
		const gap = ageGapFault(adopter, child);
		if (gap) faults.push(gap);
	}
	// Since 2024-09-05 only step-children and blood kin are placed abroad.
	if (!adopter.domestic && !adopter.kin) faults.push({ type: 'foreign', article: '2024-09-05 外交部' });
	// Who bought a child never keeps it (July 2011), under whatever name.
	if (adopter.relatedToBuyer) faults.push({ type: 'related_to_buyer', article: '民法典 1044；公安部 2011-07' });
	return faults;
}

/** 民法典 1100(2): orphans, disabled children, and children of an institution whose parents cannot be found. */
export function isFreeOfChildLimit({ ground, disabled }: Pick<ChildToAdopt, 'ground' | 'disabled'>): boolean {
	return disabled || ground === 'certified' || ground === 'parents_dead';
}

/** 民法典 1102. A child whose sex nobody knows may be of the other; of an estimated birth the earliest day is asked. */
function ageGapFault({ sex, birth }: Adopter, child: ChildToAdopt): AdopterFault | undefined {
	if (child.sex === sex) return undefined;
	const article = '民法典 1102';
	if (child.birthEarliest === undefined) return { type: 'age_gap_unknown', article };
	if (addYears(birth, ageGap) <= child.birthEarliest) return undefined;
	return { type: 'age_gap', bornBy: addYears(child.birthEarliest, -ageGap), article };
}

/** What does not fit together in what is said; shown, and accepted only with a reason. */
export type AdopterOddity =
	| { readonly type: 'id_number'; readonly who: Person; readonly fault: ResidentIdFault }
	| { readonly type: 'id_birth'; readonly who: Person; readonly birth: string }
	| { readonly type: 'id_sex'; readonly who: Person }
	/** The child's file names somebody of this name beside the trafficking. */
	| { readonly type: 'named_as_suspect'; readonly who: Person };

/** @param suspectLink what the child's file says of suspects, if anything */
export function adopterOddities(adopter: Adopter, suspectLink: string | undefined): readonly AdopterOddity[] {
	const found: AdopterOddity[] = [];
	const people = [['adopter', adopter] as const, ...(adopter.spouse ? [['spouse', adopter.spouse] as const] : [])];
	for (const [who, person] of people) {
		if (person.idNumber !== undefined) {
			const written = writtenResidentId(person.idNumber);
			const fault = residentIdFault(written);
			if (fault) found.push({ type: 'id_number', who, fault });
			if (/^\d{17}[\dX]$/.test(written)) {
				const birth = `${written.slice(6, 10)}-${written.slice(10, 12)}-${written.slice(12, 14)}`;
				if (birth !== person.birth) found.push({ type: 'id_birth', who, birth });
				if ((Number(written[16]) % 2 === 1 ? '1' : '2') !== person.sex) found.push({ type: 'id_sex', who });
			}
		}
		const plain = person.name.replaceAll(/\s/g, '');
		if (plain.length > 1 && suspectLink?.replaceAll(/\s/g, '').includes(plain))
			found.push({ type: 'named_as_suspect', who });
	}
	return found;
}
