/**
 * Who may see a field. Written beside every field; a field without a mark is for the institution alone.
 *
 * - `public`: may be published with the family-search notice, if the policy allows it, the notice names it and two
 *   persons approved it. Never public by itself.
 * - `institution`: staff of the institution that has the child in care, and the registry's officers.
 * - `registry`: the registry's officers and the institution's supervisors; not on tablets of others.
 * - `restricted:medical`: medical staff and supervisors of the institution.
 * - `restricted:justice`: supervisors and the registry; names suspects, buyers or places that expose a witness.
 * - `lab`: laboratories; never on a tablet, never in an answer to anyone else.
 */
export const audiences = [
	'public',
	'institution',
	'registry',
	'restricted:medical',
	'restricted:justice',
	'lab'
] as const;
export type Disclosure = (typeof audiences)[number];
