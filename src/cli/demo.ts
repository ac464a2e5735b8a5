import { randomBytes, randomUUID } from 'node:crypto';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultPolicyId, policyById } from '../lib/domain/hold/policy.ts';
import type { Sha256 } from '../lib/domain/ids.ts';
import { civilDateAt } from '../lib/domain/time.ts';
import { registryKeyPair } from '../lib/server/accounts/registry-key.ts';
import { makeEnrolCode } from '../lib/server/accounts/enrolment.ts';
import { PaperStore } from '../lib/server/claims/papers.ts';
import { paperFolder } from '../lib/server/claims/the-family-desk.ts';
import type { Config } from '../lib/server/config.ts';
import type { ProgramDatabase } from '../lib/server/db/connection.ts';
import { seedCasework } from '../lib/server/demo/casework.ts';
import { demoPassword, isEmpty, seedDemo } from '../lib/server/demo/seed.ts';
import { NoticeBoard } from '../lib/server/notices/board.ts';
import { publishDecided } from '../lib/server/notices/publish.ts';
import { openPublicPhotos } from '../lib/server/notices/the-notices.ts';
import { OperatorError } from '../lib/server/operator-error.ts';
import { DiskPhotoStore } from '../lib/server/photos/photo-store.ts';
import { RegistryPhotos } from '../lib/server/photos/registry-photos.ts';
import { deriveSecret, registrySecret } from '../lib/server/secret.ts';
import type { CommandContext } from './command.ts';
import { startRegistry, untilAsked } from './serve.ts';

/** Any number: the same one gives the same children, wherever the demo runs. */
const demoSeed = 20150919;

/** `lampkeep demo`: a registry of invented children, filled at its first start, until Ctrl-C. */
export async function run(context: CommandContext): Promise<void> {
	parseArgs({ args: [...context.args], options: {} });
	process.env['DEMO'] = '1';
	process.env['DATA_DIR'] ??= join('data', 'demo');
	const config = context.config();
	await removeHalfMade(config);
	const registry = await startRegistry(config, context.say, (database) => fillOnce(config, database, context.say));
	const people = await peopleToSignIn(registry.database);
	const tablet = await tabletAddress(registry.database, registry.origin);
	context.answer(
		{ origin: registry.origin, password: demoPassword, people, tablet },
		welcome(registry.origin, people, tablet)
	);
	await untilAsked(context.signal, registry);
}

const begun = 'demo-begun';
const ready = 'demo-ready';

/** A demo whose filling was interrupted is worth nothing and would look like one: it begins anew. Nothing else is removed. */
async function removeHalfMade(config: Config): Promise<void> {
	const half = (await exists(join(config.dataDir, begun))) && !(await exists(join(config.dataDir, ready)));
	if (half && config.database.kind === 'embedded') await rm(config.dataDir, { recursive: true, force: true });
}

async function fillOnce(config: Config, database: ProgramDatabase, say: (sentence: string) => void): Promise<void> {
	if (await exists(join(config.dataDir, ready))) return;
	if (!(await isEmpty(database))) {
		throw new OperatorError(
			'This database already holds houses; the demo only fills an empty one. Set DATA_DIR to another folder, or DATABASE_URL to an empty database.'
		);
	}
	await mkdir(config.dataDir, { recursive: true });
	await writeFile(join(config.dataDir, begun), '');
	say('Inventing 284 children and drawing their pictures; this happens once and takes a minute or two.');
	const store = new DiskPhotoStore(join(config.dataDir, 'photos'));
	const photos = new RegistryPhotos(database, store);
	const press = {
		policy: publicationPolicy(),
		photos: await openPublicPhotos(config),
		originals: (sha256: Sha256) => store.read(sha256, 'full'),
		today: () => civilDateAt(Date.now(), 'Asia/Shanghai')
	};
	await seedDemo(
		{
			database,
			keepPhoto: async (sha256, bytes, from) => {
				const taken = await photos.take(sha256, bytes, from, new Date());
				if (taken === 'mismatch' || taken.status !== 'stored') throw new Error('a drawn picture was refused');
			},
			publish: async (session, caseFile) => {
				const { faults } = await publishDecided(session, press, caseFile);
				if (faults.length > 0) throw new Error(`a demo notice lacks pictures: ${JSON.stringify(faults)}`);
			},
			progress: everyTenth(say)
		},
		demoSeed,
		civilDateAt(Date.now(), 'Asia/Shanghai')
	);
	say('  families and desks: what they did in the last months');
	const secret = await registrySecret(config);
	await seedCasework(
		{
			database,
			privateKey: registryKeyPair(secret).privateKey,
			press,
			board: NoticeBoard.of(database),
			papers: new PaperStore(paperFolder(config)),
			identityKey: deriveSecret(secret, 'claim-identity')
		},
		civilDateAt(Date.now(), 'Asia/Shanghai')
	);
	await writeFile(join(config.dataDir, ready), '');
}

function publicationPolicy() {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error(`there is no policy ${defaultPolicyId}`);
	return policy.value;
}

function everyTenth(say: (sentence: string) => void): (done: number, total: number, what: string) => void {
	return (done, total, what) => {
		const step = Math.ceil(total / 10);
		if (done % step === 0 || done === total) say(`  ${what}: ${done} of ${total}`);
	};
}

interface DemoSignIn {
	readonly role: string;
	readonly login: string;
	readonly name: string;
	readonly house: string;
}

/** One person of every role, of the house with the most children where there are several. */
async function peopleToSignIn(database: ProgramDatabase): Promise<readonly DemoSignIn[]> {
	return database.inScope({ kind: 'registry' }, async (session) => {
		const { rows } = await session.query<DemoSignIn>(
			`SELECT users.role, users.login, users.name, institutions.name AS house
			FROM users JOIN institutions ON institutions.id = users.institution_id
			WHERE users.login IS NOT NULL AND users.disabled_at IS NULL
			ORDER BY institutions.kind DESC, institutions.name, users.role, users.login`
		);
		return rows;
	});
}

/** Where a tablet enrols: the address carries the one-time code behind #, which no server ever sees. */
async function tabletAddress(database: ProgramDatabase, origin: string): Promise<string> {
	return database.inScope({ kind: 'registry' }, async (session) => {
		const { rows } = await session.query<{ id: Parameters<typeof makeEnrolCode>[1]['staffId'] }>(
			`SELECT id FROM users WHERE role = 'care_worker' AND disabled_at IS NULL ORDER BY login LIMIT 1`
		);
		const person = rows[0];
		if (!person) throw new Error('the demo has no care worker');
		const made = await makeEnrolCode(
			session,
			{ id: randomUUID(), staffId: person.id, by: null, random: randomBytes(16) },
			new Date()
		);
		if (!made.ok) throw new Error(`no code for the demo's tablet: ${made.error.type}`);
		return `${origin}/app/enrol#${made.value.code}`;
	});
}

function welcome(origin: string, people: readonly DemoSignIn[], tablet: string): string {
	const width = (key: keyof DemoSignIn) => Math.max(...people.map((person) => person[key].length));
	const rows = people.map(
		(person) =>
			`  ${person.login.padEnd(width('login'))}  ${person.role.padEnd(width('role'))}  ${person.name}  ${person.house}`
	);
	return `
Lampkeep 留灯 · DEMO: every child, every face and every number is invented.

  parents    ${origin}/
  desks      ${origin}/desk
  tablet     ${tablet}
             (one time, 15 minutes; a supervisor's desk makes more under "People and tablets")

Sign in at the desk with one of these names and the password ${demoPassword}

${rows.join('\n')}

Ctrl-C ends it; the data stays in its folder and is there next time.`;
}

async function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false
	);
}
