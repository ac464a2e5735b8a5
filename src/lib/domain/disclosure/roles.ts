import type { Disclosure } from './audience.ts';
import { fieldDefinition, fieldKeys, type FieldKey } from '../intake/fields.ts';

/** What a person of a house or of the registry may be (rule book 5). */
export const roles = ['care_worker', 'supervisor', 'second_administrator', 'registry_officer', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Which marks a role reads at the desk. Laboratory results are in nobody's list: they never come here. */
export const readableBy: Readonly<Record<Role, readonly Disclosure[]>> = {
	care_worker: ['public', 'institution'],
	supervisor: ['public', 'institution', 'registry', 'restricted:medical', 'restricted:justice'],
	second_administrator: ['public', 'institution', 'registry', 'restricted:justice'],
	registry_officer: ['public', 'institution', 'registry', 'restricted:justice'],
	auditor: ['public']
};

/** Who writes drafts, approves and takes down. Two of them are needed for one notice. */
export const decidesNotices: readonly Role[] = ['supervisor', 'second_administrator', 'registry_officer'];
/** Who lets people and tablets in. */
export const managesTablets: readonly Role[] = ['supervisor', 'registry_officer'];
/** Who sees every house; these belong to the registry and to no other house. */
export const seesEveryHouse: readonly Role[] = ['registry_officer', 'auditor'];

export function readableFields(role: Role): readonly FieldKey[] {
	return fieldKeys.filter((key) => readableBy[role].includes(fieldDefinition(key).disclosure));
}
