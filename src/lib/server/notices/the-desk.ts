import { randomBytes } from 'node:crypto';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import { processConfig } from '../config.ts';
import { theDatabase } from '../db/connection.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { photoDoor } from '../photos/door.ts';
import { registrySecret } from '../secret.ts';
import type { DecisionDesk } from './decisions.ts';
import type { Originals, PublicPhotos } from './public-photos.ts';
import type { Press } from './publish.ts';
import { theBoard, thePublicPhotos } from './the-notices.ts';

/** What publishing needs, by the policy of the mainland's registry. */
export function pressWith(photos: PublicPhotos, originals: Originals): Press {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error(`policy ${policy.error.id} is not among the program's own`);
	return { policy: policy.value, photos, originals, today: () => civilDateAt(Date.now(), 'Asia/Shanghai') };
}

/** This process's own desk, made at the first request. */
export function theDecisionDesk(): Promise<DecisionDesk> {
	return (opened ??= open().catch((error: unknown) => {
		opened = undefined;
		throw error;
	}));
}

/** No approval takes an hour: pictures older than that which nothing shows are leftovers. */
const leftoverAge = 3_600_000;

let opened: Promise<DecisionDesk> | undefined;

async function open(): Promise<DecisionDesk> {
	const database = theDatabase();
	const { photos } = await photoDoor();
	const { privateKey } = registryKeyPair(await registrySecret(processConfig()));
	const publicPhotos = await thePublicPhotos();
	const { photoTokens } = await theBoard().snapshot();
	await publicPhotos.sweep(photoTokens, Date.now() - leftoverAge);
	return {
		database,
		log: new PostgresDecisionLog(database, privateKey, () => new Date(), randomBytes),
		press: pressWith(publicPhotos, photos.forPublishing),
		board: theBoard(),
		random: randomBytes,
		today: () => civilDateAt(Date.now(), 'Asia/Shanghai')
	};
}
