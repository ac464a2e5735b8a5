import { adopterSchema, maritalStates, type Adopter } from '#lib/domain/leaving/adopter.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { typedDay } from '../../../../typed-day.server.ts';
import type { BoxFault } from '../typed.server.ts';

type Texts = Readonly<Record<string, string>>;

/** Questions that take yes or no. */
export const yesNoFields = ['domestic', 'kin', 'relatedToBuyer', 'able', 'healthy', 'unblemished'] as const;

/** Who a form describes and the day of the match, or every box that keeps it from being that. */
export function adopterIn(
	texts: Texts
): Result<{ readonly adopter: Adopter; readonly on: CivilDate }, readonly BoxFault[]> {
	const faults: BoxFault[] = [];
	const text = (name: string) => (texts[name] ?? '').trim();
	const line = (name: string) => {
		const value = text(name);
		if (value === '') faults.push({ field: name, because: 'needed' });
		else if (value.length > 200) faults.push({ field: name, because: 'tooLong' });
		return value;
	};
	const day = (name: string): CivilDate | undefined => {
		const read = typedDay(texts[name] ?? '');
		if (read.state === 'good') return read.date;
		faults.push({
			field: name,
			because: read.state === 'empty' ? 'dateNeeded' : read.because === 'form' ? 'dateForm' : 'dateMissing'
		});
		return undefined;
	};
	const oneOf = <T extends string>(name: string, among: readonly T[]): T | undefined => {
		const found = among.find((each) => each === texts[name]);
		if (found === undefined) faults.push({ field: name, because: 'choose' });
		return found;
	};
	const idNumber = (name: string) => (text(name) === '' ? {} : { idNumber: text(name) });

	const on = day('on');
	const name = line('name');
	const birth = day('birth');
	const sex = oneOf('sex', ['1', '2']);
	const marital = oneOf('marital', maritalStates);
	const children = /^\d{1,2}$/.test(text('children')) ? Number(text('children')) : undefined;
	if (children === undefined || children > 30) faults.push({ field: 'children', because: 'number' });
	const answers = Object.fromEntries(yesNoFields.map((field) => [field, oneOf(field, ['yes', 'no']) === 'yes']));
	const checkedBy = line('checkedBy');
	const oddReason = text('oddReason').slice(0, 2000);

	const someSpouse = ['spouseName', 'spouseBirth', 'spouseSex', 'spouseIdNumber'].some((field) => text(field) !== '');
	const spouse = someSpouse
		? {
				name: line('spouseName'),
				birth: day('spouseBirth'),
				sex: oneOf('spouseSex', ['1', '2']),
				...idNumber('spouseIdNumber')
			}
		: undefined;
	const parsed = adopterSchema.safeParse({
		...{ name, birth, sex, marital, children, checkedBy, ...answers, ...idNumber('idNumber') },
		...(spouse && { spouse }),
		...(oddReason !== '' && { oddReason })
	});
	// What the schema finds beside the boxes above: an identity number longer than any.
	for (const { path } of faults.length === 0 ? (parsed.error?.issues ?? []) : [])
		faults.push({ field: path[0] === 'spouse' ? 'spouseIdNumber' : String(path[0]), because: 'tooLong' });
	if (!parsed.success || on === undefined || faults.length > 0) return err(faults);
	return ok({ adopter: parsed.data, on });
}
