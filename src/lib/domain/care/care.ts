import { z } from 'zod';

/*
 * One thing that happened in care: eight kinds, one form each. The date it happened is the entry's `occurredOn`.
 * Disclosure: institution, except health and growth, which are restricted:medical (see ../disclosure/).
 */
const words = z.string().trim().max(4000);
const line = z.string().trim().max(200);
const code = z.string().min(1).max(20);

export const careSchema = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('health'),
		finding: words.min(1),
		treatment: words.optional(),
		place: line.optional(),
		temperature: z.number().min(30).max(45).optional()
	}),
	z
		.strictObject({
			kind: z.literal('growth'),
			height: z.number().min(20).max(220).optional(),
			weight: z.number().min(0.3).max(150).optional(),
			headSize: z.number().min(15).max(70).optional()
		})
		.refine((g) => g.height !== undefined || g.weight !== undefined || g.headSize !== undefined, {
			error: 'growth_empty',
			path: ['height']
		}),
	z.strictObject({
		kind: z.literal('vaccination'),
		vaccine: code,
		vaccineName: line.optional(),
		dose: z.int().min(1).max(20).optional(),
		batch: line.optional(),
		place: line.optional()
	}),
	z.strictObject({
		kind: z.literal('schooling'),
		stage: code,
		school: line.optional(),
		grade: line.optional(),
		note: words.optional()
	}),
	z.strictObject({ kind: z.literal('incident'), incident: code, description: words.min(1), action: words.optional() }),
	z.strictObject({ kind: z.literal('visit'), relation: code, visitor: line.min(1), note: words.optional() }),
	z.strictObject({ kind: z.literal('placement'), placement: code, place: line.min(1), note: words.optional() }),
	z.strictObject({ kind: z.literal('daily'), note: words.min(1) })
]);
export type Care = z.infer<typeof careSchema>;
export type CareKind = Care['kind'];
export const careKinds = [
	'daily',
	'health',
	'growth',
	'vaccination',
	'schooling',
	'incident',
	'visit',
	'placement'
] as const satisfies readonly CareKind[];
