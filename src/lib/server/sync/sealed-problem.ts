/** Why a sealed record could not be taken: a code, for the table and the answer. `id_taken` of one without an account. */
export const sealedProblems = [
	'malformed',
	'does_not_open',
	'content_unreadable',
	'sha256_wrong',
	'number_taken',
	'id_taken'
] as const;
export type SealedProblem = (typeof sealedProblems)[number];
