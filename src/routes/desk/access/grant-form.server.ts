import { purposeSchema } from '#lib/domain/access/purpose.ts';
import { parseCivilDate } from '#lib/domain/time.ts';

/** What was typed into the form, as it was typed: it comes back with every refusal. */
export interface GrantForm {
	readonly staff: string;
	readonly login: string;
	readonly purpose: string;
	readonly about: string;
	readonly caseNumber: string;
	readonly house: string;
	readonly until: string;
}

export interface GrantFormFault {
	readonly field: keyof GrantForm;
	/** A key of the messages about access. */
	readonly because:
		| 'personMissing'
		| 'personTwice'
		| 'person_unknown'
		| 'purposeMissing'
		| 'aboutMissing'
		| 'caseNumberMissing'
		| 'case_number_unknown'
		| 'case_number_twice'
		| 'untilWrong';
}

/** The form, and what in it is missing or written wrongly. `wish` is there only where nothing is. */
export function readGrantForm(data: FormData): {
	readonly form: GrantForm;
	readonly faults: readonly GrantFormFault[];
	readonly wish?: GrantForm;
} {
	const text = (name: keyof GrantForm) => {
		const value = data.get(name);
		return typeof value === 'string' ? value.trim().slice(0, 200) : '';
	};
	const form: GrantForm = {
		staff: text('staff'),
		login: text('login'),
		purpose: text('purpose'),
		about: text('about'),
		caseNumber: text('caseNumber'),
		house: text('house'),
		until: text('until')
	};
	const faults: GrantFormFault[] = [];
	if (form.staff === '' && form.login === '') faults.push({ field: 'staff', because: 'personMissing' });
	if (form.staff !== '' && form.login !== '') faults.push({ field: 'login', because: 'personTwice' });
	if (!purposeSchema.safeParse(form.purpose).success) faults.push({ field: 'purpose', because: 'purposeMissing' });
	if (!['child', 'house', 'every_house'].includes(form.about)) faults.push({ field: 'about', because: 'aboutMissing' });
	if (form.about === 'child' && form.caseNumber === '')
		faults.push({ field: 'caseNumber', because: 'caseNumberMissing' });
	if (!parseCivilDate(form.until).ok) faults.push({ field: 'until', because: 'untilWrong' });
	return faults.length === 0 ? { form, faults, wish: form } : { form, faults };
}
