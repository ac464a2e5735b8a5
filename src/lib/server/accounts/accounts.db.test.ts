import { randomBytes, randomUUID, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DeviceId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { enrolRequestSchema, PROTOCOL_VERSION, type EnrolRequest } from '#lib/sync/protocol.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { readAudit } from '../audit/audit.ts';
import { hashPassword } from '../auth/password.ts';
import { FailureLimit } from '../auth/rate-limit.ts';
import { closeSession, sessionUser } from '../auth/sessions.ts';
import { signIn } from '../auth/sign-in.ts';
import { readEnrolCode, writeEnrolCode } from '#lib/domain/enrol-code.ts';
import { enrol, makeEnrolCode } from './enrolment.ts';
import { addInstitution, type InstitutionKind } from './institutions.ts';
import { addPerson, changePassword, listPeople, removePerson } from './people.ts';
import { readRoster } from './roster.ts';
import { registryKeys } from './registry-key.ts';
import { listTablets, recentEnrolCodes, revokeTablet } from './tablets.ts';

const noon = new Date('2026-11-22T04:00:00.000Z');
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const registry = { kind: 'registry' } as const;
const password = 'five plain words here';
const limits = () =>
	new FailureLimit([
		{ points: 5, seconds: 900 },
		{ points: 50, seconds: 900 }
	]);

async function house(
	database: TestDatabase,
	name = '云岭县儿童福利院',
	kind: InstitutionKind = 'welfare_institution'
): Promise<InstitutionId> {
	const id = randomUUID() as InstitutionId;
	await database.inScope(registry, (session) =>
		addInstitution(session, {
			id,
			name,
			nameEn: '',
			kind,
			uscc: null,
			phone: '0870',
			regionCode: null
		})
	);
	return id;
}

async function person(
	database: TestDatabase,
	institutionId: InstitutionId,
	login: string | null,
	role: 'supervisor' | 'care_worker' | 'auditor' = 'supervisor'
): Promise<StaffId> {
	const id = randomUUID() as StaffId;
	const desk = login === null ? {} : { desk: { login, passwordHash: await hashPassword(password) } };
	const added = await database.inScope(registry, (session) =>
		addPerson(session, { id, institutionId, name: login ?? '小陈', role, ...desk })
	);
	expect(added).toEqual({ ok: true, value: undefined });
	return id;
}

function newKey(): string {
	const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
	return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString(
		'base64url'
	);
}

function request(code: string, more: Partial<EnrolRequest> = {}): EnrolRequest {
	return enrolRequestSchema.parse({
		protocol: PROTOCOL_VERSION,
		code,
		deviceId: randomUUID(),
		deviceName: '护理部平板',
		devicePublicKey: newKey(),
		staffPublicKey: newKey(),
		...more
	});
}

async function codeFor(database: TestDatabase, staffId: StaffId, at = noon): Promise<string> {
	const made = await database.inScope(registry, (session) =>
		makeEnrolCode(session, { id: randomUUID(), staffId, by: null, random: randomBytes(16) }, at)
	);
	if (!made.ok) throw new Error(made.error.type);
	return made.value.code;
}

describe('signing in at the desk', () => {
	test('the right password opens a session that the token alone names', async () => {
		const database = await testDatabase();
		const home = await house(database);
		const id = await person(database, home, 'yang');
		const signed = await signIn(database, { login: ' Yang ', password, address: '::1' }, noon, limits());
		if (!signed.ok) throw new Error(signed.error.type);
		expect(await sessionUser(database, signed.value.token, later(5))).toMatchObject({
			id,
			role: 'supervisor',
			institutionId: home
		});
		const { rows } = await database.inScope(registry, (session) =>
			session.query<{ hash: Buffer }>('SELECT token_hash AS hash FROM sessions')
		);
		expect(rows[0]?.hash.toString('base64url')).not.toContain(signed.value.token);
		await closeSession(database, signed.value.token);
		expect(await sessionUser(database, signed.value.token, later(5))).toBeUndefined();
	});

	test('a wrong password, an unknown login and a closed account get the same answer', async () => {
		const database = await testDatabase();
		const home = await house(database);
		await person(database, home, 'yang');
		const gone = await person(database, home, 'gone');
		await database.inScope(registry, (session) => removePerson(session, gone, noon));
		const refused = { ok: false, error: { type: 'sign_in_refused' } };
		expect(
			await signIn(database, { login: 'yang', password: 'wrong password', address: '::1' }, noon, limits())
		).toEqual(refused);
		expect(await signIn(database, { login: 'nobody', password, address: '::1' }, noon, limits())).toEqual(refused);
		expect(await signIn(database, { login: 'gone', password, address: '::1' }, noon, limits())).toEqual(refused);
	});

	test('after five failures not even the right password counts for a while, from that address', async () => {
		const database = await testDatabase();
		await person(database, await house(database), 'yang');
		const limit = limits();
		for (let i = 0; i < 6; i++)
			await signIn(database, { login: 'yang', password: 'wrong password', address: '::1' }, noon, limit);
		const blocked = await signIn(database, { login: 'yang', password, address: '::1' }, noon, limit);
		expect(blocked).toMatchObject({ ok: false, error: { type: 'too_many_tries' } });
		expect((await signIn(database, { login: 'yang', password, address: '::2' }, noon, limit)).ok).toBe(true);
	});

	test('tries that come all at once are counted like tries one after another', async () => {
		const database = await testDatabase();
		await person(database, await house(database), 'yang');
		const limit = limits();
		const burst = await Promise.all(
			Array.from({ length: 20 }, () =>
				signIn(database, { login: 'yang', password: 'wrong password', address: '::1' }, noon, limit)
			)
		);
		const told = burst.map((signed) => (signed.ok ? 'ok' : signed.error.type));
		expect(told.filter((type) => type === 'sign_in_refused')).toHaveLength(5);
		expect(told.filter((type) => type === 'too_many_tries')).toHaveLength(15);
	});

	test('a house that signs in every morning from one address is never taken for somebody who guesses', async () => {
		const database = await testDatabase();
		await person(database, await house(database), 'yang');
		const limit = new FailureLimit([
			{ points: 2, seconds: 900 },
			{ points: 3, seconds: 900 }
		]);
		for (let i = 0; i < 6; i++)
			expect((await signIn(database, { login: 'yang', password, address: '::1' }, noon, limit)).ok).toBe(true);
	});

	test('a session ends after 15 minutes without a request, and after 8 hours whatever happens', async () => {
		const database = await testDatabase();
		await person(database, await house(database), 'yang');
		const open = async () => {
			const signed = await signIn(database, { login: 'yang', password, address: '::1' }, noon, limits());
			if (!signed.ok) throw new Error(signed.error.type);
			return signed.value.token;
		};
		const idle = await open();
		expect(await sessionUser(database, idle, later(14))).toBeDefined();
		expect(await sessionUser(database, idle, later(28))).toBeDefined();
		expect(await sessionUser(database, idle, later(44))).toBeUndefined();
		const busy = await open();
		for (let minutes = 10; minutes < 8 * 60; minutes += 10)
			expect(await sessionUser(database, busy, later(minutes))).toBeDefined();
		expect(await sessionUser(database, busy, later(8 * 60 + 1))).toBeUndefined();
	});

	test('a new password ends every session', async () => {
		const database = await testDatabase();
		await person(database, await house(database), 'yang');
		const signed = await signIn(database, { login: 'yang', password, address: '::1' }, noon, limits());
		if (!signed.ok) throw new Error(signed.error.type);
		const next = await hashPassword('another good password');
		expect(await database.inScope(registry, (session) => changePassword(session, 'YANG', next))).toBe(true);
		expect(await sessionUser(database, signed.value.token, later(1))).toBeUndefined();
	});

	test('a login is taken once in the whole registry', async () => {
		const database = await testDatabase();
		await person(database, await house(database), 'yang');
		const other = await house(database, '别处');
		const again = database.inScope(registry, (session) =>
			addPerson(session, {
				id: randomUUID() as StaffId,
				institutionId: other,
				name: '杨',
				role: 'supervisor',
				desk: { login: 'YANG', passwordHash: 'x' }
			})
		);
		expect(await again).toEqual({ ok: false, error: { type: 'login_taken' } });
	});
});

test('an auditor or an officer of the registry belongs to no other house', async () => {
	const database = await testDatabase();
	const home = await house(database);
	for (const role of ['auditor', 'registry_officer'] as const) {
		const added = database.inScope(registry, (session) =>
			addPerson(session, { id: randomUUID() as StaffId, institutionId: home, name: '某', role })
		);
		expect(await added).toEqual({ ok: false, error: { type: 'role_of_the_registry' } });
	}
});

describe('an enrolment code', () => {
	test('lets one tablet and one person in, and the roster says who works there', async () => {
		const database = await testDatabase();
		const home = await house(database);
		const staffId = await person(database, home, null, 'care_worker');
		const code = await codeFor(database, staffId);
		const enrolled = await enrol(database, request(code), noon);
		expect(enrolled).toMatchObject({
			ok: true,
			value: {
				staffId,
				institutionId: home,
				roster: { institutionId: home, staff: [{ id: staffId, role: 'care_worker' }] }
			}
		});
		const tablets = await database.inScope({ kind: 'institution', institutionId: home }, listTablets);
		expect(tablets).toMatchObject([{ name: '护理部平板', people: ['小陈'], revokedAt: null }]);
	});

	test('works once; the same tablet that lost the answer may ask again, nobody else', async () => {
		const database = await testDatabase();
		const code = await codeFor(database, await person(database, await house(database), null, 'care_worker'));
		const first = request(code);
		const answer = await enrol(database, first, noon);
		expect(await enrol(database, first, later(1))).toEqual(answer);
		expect(await enrol(database, request(code), later(1))).toEqual({ ok: false, error: { type: 'code_used' } });
		expect(await enrol(database, request(code, { deviceId: first.deviceId }), later(1))).toEqual({
			ok: false,
			error: { type: 'code_used' }
		});
	});

	test('lets no tablet in under the name of a desk, whose numbers it could use up', async () => {
		const database = await testDatabase();
		const home = await house(database);
		const desk = randomUUID() as DeviceId;
		await database.inScope(registry, (session) =>
			session.query('INSERT INTO desk_devices (institution_id, device_id) VALUES ($1, $2)', [home, desk])
		);
		const stranger = await person(database, await house(database, '别处'), null, 'care_worker');
		for (const staffId of [stranger, await person(database, home, null, 'care_worker')]) {
			const code = await codeFor(database, staffId);
			expect(await enrol(database, request(code, { deviceId: desk }), noon)).toEqual({
				ok: false,
				error: { type: 'device_of_another_house' }
			});
		}
	});

	test('of two tablets at the same moment lets in one', async () => {
		const database = await testDatabase();
		const code = await codeFor(database, await person(database, await house(database), null, 'care_worker'));
		const both = await Promise.all([enrol(database, request(code), noon), enrol(database, request(code), noon)]);
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
	});

	test('ends after 15 minutes', async () => {
		const database = await testDatabase();
		const staffId = await person(database, await house(database), null, 'care_worker');
		const code = await codeFor(database, staffId);
		expect(await enrol(database, request(code), later(15))).toEqual({ ok: false, error: { type: 'code_expired' } });
		expect((await enrol(database, request(await codeFor(database, staffId)), later(14))).ok).toBe(true);
	});

	test('is replaced by a newer one for the same person', async () => {
		const database = await testDatabase();
		const staffId = await person(database, await house(database), null, 'care_worker');
		const older = await codeFor(database, staffId);
		const newer = await codeFor(database, staffId, later(1));
		expect(await enrol(database, request(older), later(2))).toEqual({ ok: false, error: { type: 'code_unknown' } });
		expect((await enrol(database, request(newer), later(2))).ok).toBe(true);
		const codes = await database.inScope(registry, (session) => recentEnrolCodes(session, later(2)));
		expect(codes.map(({ state }) => state)).toEqual(['used', 'withdrawn']);
	});

	test('mistyped is told apart from wrong', async () => {
		const database = await testDatabase();
		const code = writeEnrolCode(randomBytes(16));
		const slip = (code[5] === 'A' ? 'B' : 'A') + '';
		const mistyped = code.slice(0, 5) + slip + code.slice(6);
		expect(readEnrolCode(code).state).toBe('good');
		expect(await enrol(database, request(mistyped), noon)).toEqual({ ok: false, error: { type: 'code_mistyped' } });
		expect(await enrol(database, request(code), noon)).toEqual({ ok: false, error: { type: 'code_unknown' } });
	});

	test('takes no key that is no point of the curve', async () => {
		const database = await testDatabase();
		const code = await codeFor(database, await person(database, await house(database), null, 'care_worker'));
		const odd = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url');
		expect(await enrol(database, request(code, { staffPublicKey: odd }), noon)).toEqual({
			ok: false,
			error: { type: 'key_invalid' }
		});
		expect((await enrol(database, request(code), noon)).ok).toBe(true);
	});

	test('does not bring a tablet of another house over, nor open a closed one', async () => {
		const database = await testDatabase();
		const [here, there] = [await house(database), await house(database, '别处')];
		const worker = await person(database, here, null, 'care_worker');
		const supervisor = await person(database, here, 'yang');
		const first = request(await codeFor(database, worker));
		expect((await enrol(database, first, noon)).ok).toBe(true);
		const keys = { deviceId: first.deviceId, devicePublicKey: first.devicePublicKey };
		const foreign = request(await codeFor(database, await person(database, there, null, 'care_worker')), keys);
		expect(await enrol(database, foreign, noon)).toEqual({ ok: false, error: { type: 'device_of_another_house' } });
		await database.inScope({ kind: 'institution', institutionId: here }, (session) =>
			revokeTablet(
				session,
				registryKeys('a secret of the tests, long enough'),
				{ deviceId: first.deviceId as DeviceId, by: supervisor, because: '丢了' },
				noon
			)
		);
		expect(await enrol(database, request(await codeFor(database, worker), keys), noon)).toEqual({
			ok: false,
			error: { type: 'device_revoked' }
		});
	});

	test('is not made for whoever works at a desk alone', async () => {
		const database = await testDatabase();
		const auditor = await person(database, await house(database, '登记处', 'registry'), 'audit', 'auditor');
		const made = await database.inScope(registry, (session) =>
			makeEnrolCode(session, { id: randomUUID(), staffId: auditor, by: null, random: randomBytes(16) }, noon)
		);
		expect(made).toEqual({ ok: false, error: { type: 'person_has_no_tablet' } });
	});
});

describe('between houses', () => {
	test('a house sees its own people, tablets, codes and log, the public none of it', async () => {
		const database = await testDatabase();
		const [here, there] = [await house(database), await house(database, '别处')];
		const worker = await person(database, here, null, 'care_worker');
		const other = await person(database, there, 'zhao');
		await enrol(database, request(await codeFor(database, worker)), noon);
		const everything = (scope: Parameters<TestDatabase['inScope']>[0]) =>
			database.inScope(scope, async (session) => [
				(await listPeople(session)).length,
				(await listTablets(session)).length,
				(await recentEnrolCodes(session, noon)).length,
				(await readAudit(session, 100)).length
			]);
		expect(await everything({ kind: 'institution', institutionId: here })).toEqual([1, 1, 1, 3]);
		expect(await everything({ kind: 'institution', institutionId: there })).toEqual([1, 0, 0, 1]);
		await expect(everything({ kind: 'public' })).resolves.toEqual([0, 0, 0, 0]);
		const codeAbroad = database.inScope({ kind: 'institution', institutionId: here }, (session) =>
			makeEnrolCode(session, { id: randomUUID(), staffId: other, by: worker, random: randomBytes(16) }, noon)
		);
		expect(await codeAbroad).toEqual({ ok: false, error: { type: 'person_unknown' } });
	});

	test('the roster names every house a child can be handed to, and a change of people counts it on', async () => {
		const database = await testDatabase();
		const [here, there] = [await house(database), await house(database, '别处')];
		const read = () =>
			database.inScope({ kind: 'institution', institutionId: here }, (session) => readRoster(session, here));
		const before = await read();
		expect(before?.institutions.map(({ id }) => id).sort()).toEqual([here, there].sort());
		await person(database, here, null, 'care_worker');
		const after = await read();
		expect(after?.version).toBeGreaterThan(before?.version ?? 0);
	});

	test('nobody changes or deletes a line of the log, the owner included', async () => {
		const database = await testDatabase();
		await person(database, await house(database), 'yang');
		await expect(
			database.inScope(registry, (session) => session.query(`UPDATE audit_events SET action = 'a.b'`))
		).rejects.toThrow(/permission denied/);
		await expect(
			database.asOwner((session) => session.query('DELETE FROM audit_events'), { scope: registry })
		).rejects.toThrow(/append-only/);
	});
});

test('a house’s code with a wrong check sign is taken only with a reason, which is kept', async () => {
	const database = await testDatabase();
	const house = {
		id: '00000000-0000-7000-8000-00000000a0c1' as InstitutionId,
		name: '云岭县儿童福利院',
		nameEn: '',
		kind: 'welfare_institution',
		uscc: '9144030071526726XH',
		phone: null,
		regionCode: null
	} as const;
	const refused = await database.inScope(registry, (session) => addInstitution(session, house));
	expect(refused).toEqual({ ok: false, error: { type: 'uscc_odd', fault: { type: 'check_sign', fits: 'G' } } });
	const taken = await database.inScope(registry, (session) =>
		addInstitution(session, house, '证书原件如此，已电话核对')
	);
	expect(taken.ok).toBe(true);
	const { rows } = await database.inScope(registry, (session) =>
		session.query('SELECT uscc, uscc_exception FROM institutions WHERE id = $1', [house.id])
	);
	expect(rows).toEqual([{ uscc: '9144030071526726XH', uscc_exception: '证书原件如此，已电话核对' }]);
});
