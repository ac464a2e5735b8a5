import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/lib/server/config.ts';
import type { Database } from '../src/lib/server/db/connection.ts';
import { openDatabase } from '../src/lib/server/db/open.ts';
import { root } from './build-pages.ts';
import { withEndings } from './ending.ts';

/** Works on an empty registry's database of its own, durable as the product's is, which is gone afterwards. */
export function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
	return withEndings(async (endings) => {
		const folder = await mkdtemp(join(tmpdir(), 'lampkeep-bench-database-'));
		// PostgreSQL started by root runs as another user, who must get into the folder.
		await chmod(folder, 0o755);
		endings.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
		const { DATABASE_URL: _, ...inherited } = process.env;
		const config = readConfig({ ...inherited, DATA_DIR: join(folder, 'data'), NODE_ENV: 'production' }, root);
		const database = await openDatabase(config, { whenInUse: 'refuse' });
		endings.add(() => database.close());
		return work(database);
	});
}
