/** What a rules file holds. */
export const fileKinds = ['policies', 'rest_days'] as const;
export type FileKind = (typeof fileKinds)[number];
