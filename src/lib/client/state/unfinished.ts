import { childIdSchema, type ChildId, type Sha256 } from '#lib/domain/ids.ts';
import { fieldDefinition, fieldKeys, type IntakeStep } from '#lib/domain/intake/fields.ts';
import type { Vault } from '../tablet.ts';
import type { IntakeDraft } from './intake-form.svelte.ts';

/** An intake that was begun and not submitted: recorded in part, a draft, or both. */
export interface UnfinishedIntake {
	readonly childId: ChildId;
	readonly name: string | undefined;
	/** The house's own number: by it two children without a name are told apart. */
	readonly caseNumber: string | undefined;
	readonly portrait: Sha256 | undefined;
	readonly lastStep: IntakeStep;
	/** Steps with something in them, of eight. */
	readonly steps: number;
	/** The tablet's clock when the draft was kept; undefined where everything is recorded. */
	readonly savedAt: string | undefined;
	/** False while there is only a draft. */
	readonly recorded: boolean;
}

/** Every unfinished intake of the tablet, the one touched last first. */
export async function unfinishedIntakes(vault: Pick<Vault, 'drafts' | 'search'>): Promise<readonly UnfinishedIntake[]> {
	const [drafts, found] = await Promise.all([
		vault.drafts('intake/'),
		vault.search({ show: 'unfinished', offset: 0, limit: 100 })
	]);
	const byChild = new Map<ChildId, UnfinishedIntake>();
	for (const row of found.ok ? found.value.rows : []) {
		byChild.set(row.childId, {
			childId: row.childId,
			name: row.name,
			caseNumber: row.caseNumber,
			portrait: row.portrait,
			lastStep: 'reception',
			steps: row.stepsBegun,
			savedAt: undefined,
			recorded: true
		});
	}
	for (const draft of drafts) {
		const childId = childIdSchema.safeParse(draft.key.slice('intake/'.length));
		if (!childId.success) continue;
		const value = draft.value as IntakeDraft;
		const known = byChild.get(childId.data);
		byChild.set(childId.data, {
			childId: childId.data,
			name: known?.name ?? knownIn(value, ['nameGiven', 'nameAssigned', 'nameCalled']),
			caseNumber: known?.caseNumber ?? knownIn(value, ['caseNumber']),
			portrait: known?.portrait,
			lastStep: value.lastStep,
			steps: Math.max(known?.steps ?? 0, stepsIn(value)),
			savedAt: draft.savedAt,
			recorded: known !== undefined
		});
	}
	return [...byChild.values()].sort((a, b) => ((a.savedAt ?? '') < (b.savedAt ?? '') ? 1 : -1));
}

/** The first of these answers that is known. */
function knownIn(
	draft: IntakeDraft,
	keys: readonly ('nameGiven' | 'nameAssigned' | 'nameCalled' | 'caseNumber')[]
): string | undefined {
	for (const key of keys) {
		const answer = draft.inputs[key]?.answer;
		if (answer?.state === 'known') return String(answer.value);
	}
	return undefined;
}

function stepsIn(draft: IntakeDraft): number {
	return new Set(fieldKeys.filter((key) => draft.inputs[key]).map((key) => fieldDefinition(key).step)).size;
}
