import { z } from 'zod';
import type { Role } from '../disclosure/roles.ts';

/** What a full file is read for (个人信息保护法 6: a clear purpose, and no more than it needs). */
export const purposes = [
	/** Everyday care, health, schooling: the child is with the house. */
	'care',
	/** A family's claim is looked into or decided. */
	'claim',
	/** Whether the child may be placed. */
	'review',
	/** The family-search notice is written, approved or taken down. */
	'notice',
	/** The yearly compliance audit (未成年人网络保护条例 37). */
	'audit',
	/** The police ask. */
	'police_request',
	/** The child, or who speaks for it, asks for the file (条例 34). */
	'child_asks',
	/** The child passes from one house to another. */
	'handover'
] as const;
export const purposeSchema = z.enum(purposes);
export type Purpose = z.infer<typeof purposeSchema>;

/** What a person of this role opens a file for when nothing else is said: nobody chooses it anew at every file. */
export const usualPurpose: Readonly<Record<Role, Purpose>> = {
	care_worker: 'care',
	supervisor: 'care',
	second_administrator: 'review',
	registry_officer: 'review',
	police_liaison: 'police_request',
	auditor: 'audit'
};

/**
 * The standing grants a person of a house gets with the account, about the children of that house; a supervisor renews
 * them. People of the registry and of the police get none: for them somebody decides case by case, or they say why.
 */
export const standingPurposes: Readonly<Record<Role, readonly Purpose[]>> = {
	care_worker: ['care'],
	supervisor: ['care'],
	second_administrator: ['review', 'notice', 'claim'],
	registry_officer: [],
	police_liaison: [],
	auditor: []
};
