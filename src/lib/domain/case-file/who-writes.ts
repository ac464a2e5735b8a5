import { mergesFiles, type Role } from '../disclosure/roles.ts';
import type { EntryType } from './entry.ts';

/*
 * Who writes what. A fact is everybody's to tell who works with the child. That two files are one child's, or are not any
 * more, moves holds and feeds of both, and is said by few. Whoever looked at two files may tell them apart: that changes
 * neither.
 *
 * Decisions are no tablet's at all (`isDesksOwn`), and each says itself who makes it (domain/decision).
 */
const onlyBy: { readonly [T in EntryType]?: readonly Role[] } = {
	'child.merged': mergesFiles,
	'child.parted': mergesFiles
};

/**
 * Whether somebody of this role may write an entry of this type: asked by the screens, by the desk, and by the registry of
 * what a tablet signed.
 *
 * @param type as an entry has it; a newer program's too
 * @param role as the roster has it, of the day the entry was written: an account keeps its role for life
 */
export function mayWrite(type: string, role: string | undefined): boolean {
	const only = Object.hasOwn(onlyBy, type) ? onlyBy[type as EntryType] : undefined;
	return only === undefined || only.some((may) => may === role);
}
