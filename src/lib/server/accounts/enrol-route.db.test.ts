import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { enrolAnswerSchema, PROTOCOL_VERSION } from '#lib/sync/protocol.ts';
import { readStatement, rosterStatementSchema } from '#lib/sync/statements.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { FailureLimit } from '../auth/rate-limit.ts';
import { PostgresEntryLog } from '../entry-log/postgres-entry-log.ts';
import type { SyncDoor } from '../sync/door.ts';
import { writeEnrolCode } from '#lib/domain/enrol-code.ts';
import { enrolRoute } from './enrol-route.ts';
import { makeEnrolCode } from './enrolment.ts';
import { addInstitution } from './institutions.ts';
import { addPerson } from './people.ts';
import { TreeHeads } from '../statements/tree-heads.ts';
import { registryKeys } from './registry-key.ts';

const noon = new Date('2026-11-22T04:00:00.000Z');
const config = { secret: 'a secret of the tests, long enough' };

async function gate(limit = new FailureLimit([{ points: 3, seconds: 900 }])) {
	const database = await testDatabase();
	const keys = registryKeys(config.secret);
	const door: SyncDoor = {
		database,
		keys,
		treeHeads: new TreeHeads(keys),
		log: new PostgresEntryLog(database),
		challengeKey: 'key',
		durable: true,
		now: () => noon,
		random: randomBytes
	};
	const staffId = randomUUID() as StaffId;
	const code = await database.inScope({ kind: 'registry' }, async (session) => {
		const institutionId = randomUUID() as InstitutionId;
		await addInstitution(session, {
			id: institutionId,
			name: '云岭',
			nameEn: '',
			kind: 'welfare_institution',
			uscc: null,
			phone: null,
			regionCode: null
		});
		await addPerson(session, { id: staffId, institutionId, name: '小陈', role: 'care_worker' });
		const made = await makeEnrolCode(session, { id: randomUUID(), staffId, by: null, random: randomBytes(16) }, noon);
		return made.ok ? made.value.code : '';
	});
	const send = (body: unknown) =>
		enrolRoute(
			door,
			new Request('http://localhost/api/enrol', {
				method: 'POST',
				body: typeof body === 'string' ? body : JSON.stringify(body)
			}),
			'::1',
			limit
		);
	return { send, code, staffId };
}

function newKey(): string {
	const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
	return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString(
		'base64url'
	);
}
const request = (code: string) => ({
	protocol: PROTOCOL_VERSION,
	code,
	deviceId: randomUUID(),
	deviceName: '平板',
	devicePublicKey: newKey(),
	staffPublicKey: newKey()
});

describe('POST /api/enrol', () => {
	test('answers what a tablet needs from then on', async () => {
		const { send, code, staffId } = await gate();
		const response = await send(request(code));
		expect(response.status).toBe(200);
		expect(response.headers.get('cache-control')).toBe('no-store');
		const answer = enrolAnswerSchema.parse(await response.json());
		expect(answer).toMatchObject({
			staffId,
			serverTime: noon.toISOString(),
			registryPublicKey: registryKeys(config.secret).signingKey,
			sealingKey: registryKeys(config.secret).sealing.publicKey
		});
		expect(answer.sealingKey).not.toBe(answer.registryPublicKey);
		const said = await readStatement(
			rosterStatementSchema,
			answer.signedRoster ?? { text: '', signature: '' },
			registryKeys(config.secret).signed
		);
		expect(said).toMatchObject({
			ok: true,
			value: { roster: answer.roster, issuedAt: noon.toISOString(), expiresAt: '2026-12-27T04:00:00.000Z' }
		});
		expect(answer.roster.staff.map(({ id }) => id)).toEqual([staffId]);
	});

	test.each([
		['a text that is no JSON', () => '{', 400, { error: 'invalid', field: 'body' }],
		['a field too many', (code: string) => ({ ...request(code), role: 'supervisor' }), 400, { error: 'invalid' }],
		[
			'a name of a hundred and one signs',
			(code: string) => ({ ...request(code), deviceName: 'x'.repeat(101) }),
			400,
			{ error: 'invalid', field: 'deviceName' }
		],
		[
			'a code with a sign that no code has',
			(code: string) => request(`I${code.slice(1)}`),
			400,
			{ error: 'code_mistyped' }
		],
		['another protocol', (code: string) => ({ ...request(code), protocol: 2 }), 426, { error: 'protocol_unknown' }],
		['five kilobytes', () => ' '.repeat(5_000), 413, { error: 'too_large' }],
		['a code nobody made', () => request(writeEnrolCode(randomBytes(16))), 404, { error: 'code_unknown' }]
	])('refuses %s, naming what is wrong, and the code still works', async (_, body, status, said) => {
		const { send, code } = await gate();
		const response = await send(body(code));
		expect(response.status).toBe(status);
		expect(await response.json()).toMatchObject(said);
		expect((await send(request(code))).status).toBe(200);
	});

	test('after a few wrong codes asks an address to wait', async () => {
		const { send, code } = await gate();
		for (let i = 0; i < 4; i++) expect((await send(request(writeEnrolCode(randomBytes(16))))).status).toBe(404);
		const blocked = await send(request(code));
		expect(blocked.status).toBe(429);
		expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
	});
});
