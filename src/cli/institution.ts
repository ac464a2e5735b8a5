import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { writtenUscc, type UsccFault } from '#lib/domain/codes/uscc.ts';
import { uuidV7, type InstitutionId } from '#lib/domain/ids.ts';
import {
	addInstitution,
	institutionKinds,
	listInstitutions,
	type Institution
} from '#lib/server/accounts/institutions.ts';
import { openDatabase } from '#lib/server/db/open.ts';
import { OperatorError } from '#lib/server/operator-error.ts';
import type { CommandContext } from './command.ts';

export const usage = `lampkeep institution list [--json]
lampkeep institution add --name 云岭县儿童福利院 --kind welfare_institution [--name-en …] [--uscc …] [--uscc-exception …] [--phone …] [--region 530600] [--json]

  --kind    rescue_station, welfare_institution, registry or police
  --uscc    unified social credit code, 18 signs
  --uscc-exception  why the code is taken although its check sign is wrong; kept beside the code
  --region  six digits of GB/T 2260
Every house can hand children over to the new one from now on. "add" answers {"id":"…"}, "list" a list of houses.`;

/** `lampkeep institution`: the houses of the registry. */
export async function run(context: CommandContext): Promise<void> {
	const { values, positionals } = parseArgs({
		args: [...context.args],
		allowPositionals: true,
		options: {
			name: { type: 'string' },
			'name-en': { type: 'string' },
			kind: { type: 'string' },
			uscc: { type: 'string' },
			'uscc-exception': { type: 'string' },
			phone: { type: 'string' },
			region: { type: 'string' }
		}
	});
	const [action, ...rest] = positionals;
	if ((action !== 'add' && action !== 'list') || rest.length > 0) {
		throw new OperatorError(
			'Say what to do: `lampkeep institution list` or `lampkeep institution add`; --help shows how.'
		);
	}
	const house = action === 'add' ? newHouse(values) : undefined;
	const database = await openDatabase(context.config(), { whenInUse: 'share', say: context.say });
	try {
		if (house === undefined) {
			const houses = await database.inScope({ kind: 'registry' }, listInstitutions);
			context.answer(
				houses,
				houses.map((each) => `${each.id}  ${each.kind}  ${each.name}`).join('\n') || 'There is no house yet.'
			);
			return;
		}
		const added = await database.inScope({ kind: 'registry' }, (session) =>
			addInstitution(session, house, values['uscc-exception']?.trim())
		);
		if (!added.ok) {
			throw new OperatorError(
				added.error.type === 'uscc_odd'
					? `${usccWords(added.error.fault)} Look at it again; if it is what the paper says, add --uscc-exception "why".`
					: 'Another house has this --uscc already; `lampkeep institution list --json` shows which.'
			);
		}
		context.answer({ id: house.id }, `Added ${house.name}: ${house.id}`);
	} finally {
		await database.close();
	}
}

function newHouse(given: Readonly<Record<string, string | undefined>>): Institution {
	const name = given['name']?.trim() ?? '';
	const kind = institutionKinds.find((known) => known === given['kind']);
	if (name === '') throw new OperatorError('--name is missing: the name as it stands on the gate.');
	if (kind === undefined) throw new OperatorError(`--kind must be one of ${institutionKinds.join(', ')}.`);
	const regionCode = given['region'] ?? null;
	if (regionCode !== null && !/^\d{6}$/.test(regionCode))
		throw new OperatorError('--region must have six digits, such as 530600.');
	return {
		id: uuidV7(Date.now(), randomBytes(10)) as InstitutionId,
		name,
		nameEn: given['name-en']?.trim() ?? '',
		kind,
		uscc: given['uscc'] === undefined ? null : writtenUscc(given['uscc']),
		phone: given['phone']?.trim() ?? null,
		regionCode
	};
}

function usccWords(fault: UsccFault): string {
	switch (fault.type) {
		case 'signs':
			return '--uscc needs 18 signs, digits and capital letters without I, O, S, V and Z.';
		case 'check_sign':
			return `--uscc does not pass its own check sign: the last one would be ${fault.fits}.`;
		case 'inner_check_sign':
			return `--uscc holds an organisation code that does not pass its check sign: the 17th sign would be ${fault.fits}.`;
	}
}
