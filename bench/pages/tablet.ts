import { writeBadge } from '../../src/lib/domain/badge.ts';
import type { ChildRow } from '../../src/lib/domain/case-file/child-row.ts';
import type { Fact, StorageFault, UnlockFault, Vault } from '../../src/lib/client/tablet.ts';
import type { ItemId, StaffId } from '../../src/lib/domain/ids.ts';
import type { Result } from '../../src/lib/domain/result.ts';
import type { EnrolAnswer, PullAnswer } from '../../src/lib/sync/protocol.ts';
import { uuidV7 } from '../../src/lib/domain/ids.ts';
import { preparePhoto } from '../../src/lib/client/photos/prepare-photo.ts';
import { loadPinyin } from '../../src/lib/client/search/pinyin.ts';
import { coldParameters } from '../../src/lib/client/vault/argon.ts';
import { browserPlatform } from '../../src/lib/client/vault/browser-platform.ts';
import { connectVault } from '../../src/lib/client/vault/connect.ts';
import { photoLike } from './photo-like.ts';

/*
 * Drives the tablet's own code, the vault in its worker included, and says how long it took. What is measured ends when
 * the result is in the page and laid out, as a person would see it.
 */
const passphrase = 'lumei taiguo hebao xiwei dafu';
const pin = '482615';
const badge = writeBadge(new Uint8Array(16).fill(17));
const listed = 50;

export interface Filled {
	readonly milliseconds: number;
	readonly entries: number;
	readonly recordBytes: number;
}
export interface Opened {
	/** From the passphrase to the first list. */
	readonly unlock: number;
	readonly total: number;
}
export interface Reopened {
	/** Milliseconds to the first list, from a locked tablet with badge and PIN. */
	readonly badge: number;
	/** The same from a resting one with the PIN. */
	readonly warm: number;
}
export interface Searched {
	readonly kind: string;
	readonly typed: string;
	readonly milliseconds: number;
	readonly found: number;
}

const vault: Vault = connectVault();

const bench = {
	/** Enrols and takes every page of the feed. */
	async fill(): Promise<Filled> {
		await vault.beginEnrolment();
		must(await vault.finishEnrolment(await json<EnrolAnswer>('/bench/data/enrolment'), passphrase, pin));
		must(await vault.addWay(pin, { way: 'badge', badge }));
		const began = performance.now();
		let told = 0;
		let entries = 0;
		for (;;) {
			const page = await json<PullAnswer>('/bench/data/next');
			if (page.entries.length === 0) break;
			const { applied } = await vault.applyPull(page);
			if (!applied) throw new Error(`The page after ${page.after} was not applied.`);
			entries += page.entries.length;
			told += page.entries.length;
			document.title = `${told}`;
		}
		const { recordBytes } = await vault.usage();
		return { milliseconds: performance.now() - began, entries, recordBytes };
	},

	/** Resolves when the vault knows that it is locked: the person may type. Milliseconds since the page was asked for. */
	async ready(): Promise<number> {
		const status = await vault.status();
		if (status.status !== 'locked') throw new Error(`The vault is ${status.status}.`);
		return performance.now();
	},

	/** The passphrase, then the first lines of the list in the page. */
	async unlock(): Promise<Opened> {
		const status = await vault.status();
		if (status.status !== 'locked') throw new Error(`The vault is ${status.status}.`);
		const staffId = status.staff[0]?.staffId as StaffId;
		const began = performance.now();
		must(await vault.unlock(staffId, { way: 'passphrase', passphrase }));
		const { total } = await show({ offset: 0, limit: listed });
		return { unlock: performance.now() - began, total };
	},

	/** The same with the badge, and again after resting with the PIN; leaves it open. */
	async reopen(): Promise<Reopened> {
		const timed = async (open: () => Promise<unknown>) => {
			const began = performance.now();
			await open();
			await show({ offset: 0, limit: listed });
			return performance.now() - began;
		};
		const status = await vault.lock();
		if (status.status !== 'locked') throw new Error(`The vault is ${status.status}.`);
		const staffId = status.staff[0]?.staffId as StaffId;
		const cold = await timed(async () => must(await vault.unlock(staffId, { way: 'badge', badge, pin })));
		await vault.rest();
		return { badge: cold, warm: await timed(async () => must(await vault.reopen(pin))) };
	},

	/** One Argon2id as unlocking does it, in a worker of its own. */
	async argon2id(): Promise<number> {
		const { argon2id } = browserPlatform('bench-argon');
		const began = performance.now();
		await argon2id(passphrase, crypto.getRandomValues(new Uint8Array(16)), coldParameters);
		return performance.now() - began;
	},

	/** What people type, letter by letter; one measurement a letter. */
	async search(children: number): Promise<readonly Searched[]> {
		const results: Searched[] = [];
		for (const { kind, words } of await typedWords(children)) {
			for (let length = 1; length <= [...words].length; length++) {
				const typed = [...words].slice(0, length).join('');
				const began = performance.now();
				const { total } = await show({ words: typed, offset: 0, limit: listed });
				results.push({ kind, typed, milliseconds: performance.now() - began, found: total });
			}
			if (results.at(-1)?.found === 0) throw new Error(`"${words}" (${kind}) finds nobody.`);
		}
		return results;
	},

	/** Without any words: the next page of the list. */
	async page(children: number): Promise<readonly number[]> {
		const times: number[] = [];
		for (let i = 0; i < 30; i++) {
			const began = performance.now();
			await show({ offset: Math.floor((i * children) / 30), limit: listed });
			times.push(performance.now() - began);
		}
		return times;
	},

	/** A 12 MP picture as a tablet's camera makes them, prepared. Milliseconds and bytes of each. */
	async preparePhotos(): Promise<readonly { milliseconds: number; from: number; bytes: number }[]> {
		const times = [];
		for (let i = 0; i < photosOfIntake; i++) {
			const file = await photoLike(4000, 3000, i);
			const began = performance.now();
			const prepared = await preparePhoto(file);
			if (!prepared.ok) throw new Error(`The photo was refused: ${prepared.error.type}`);
			times.push({ milliseconds: performance.now() - began, from: file.size, bytes: prepared.value.bytes.length });
		}
		return times;
	},

	/** Whole intakes with three photos each, until the vault says "saved" of everything. Photos are ready beforehand. */
	async save(times: number): Promise<readonly number[]> {
		const intakes = (await json<readonly (readonly Fact[])[]>('/bench/data/intakes')).slice(0, times);
		const measured: number[] = [];
		for (const [nth, facts] of intakes.entries()) {
			const photos = [];
			for (let i = 0; i < photosOfIntake; i++) {
				const prepared = await preparePhoto(await photoLike(2048, 1536, 100 + photosOfIntake * nth + i));
				if (!prepared.ok) throw new Error(`The photo was refused: ${prepared.error.type}`);
				photos.push(prepared.value);
			}
			const first = facts[0];
			if (!first) throw new Error('An intake without facts.');
			const began = performance.now();
			must(await vault.record(facts));
			for (const [i, prepared] of photos.entries()) {
				const itemId = uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))) as ItemId;
				const view = (['front', 'left', 'right'] as const)[i] ?? 'front';
				const saved = must(
					await vault.addPhoto(
						{
							type: 'photo.added',
							childId: first.childId,
							occurredOn: first.occurredOn,
							replaces: [],
							payload: { itemId, photo: { ...prepared.photo, view, publishable: true } }
						},
						prepared
					)
				);
				if (!saved.photoKept) throw new Error('The photo was not kept.');
			}
			measured.push(performance.now() - began);
		}
		return measured;
	},

	/** One more answer about a child that is there already. */
	async saveOne(times: number): Promise<readonly number[]> {
		const { rows } = must(await vault.search({ offset: 0, limit: times }));
		const measured: number[] = [];
		for (const { childId } of rows) {
			const began = performance.now();
			must(
				await vault.record([
					{
						type: 'intake.recorded',
						childId,
						occurredOn: '2026-11-02' as Fact['occurredOn'],
						replaces: [],
						payload: { answers: { nameCalled: { state: 'known', value: '小星' } } }
					}
				])
			);
			measured.push(performance.now() - began);
		}
		return measured;
	}
};
export type TabletBench = typeof bench;
Object.assign(globalThis, { bench });

const photosOfIntake = 3;

/** Asks, shows the lines and waits for their layout. */
async function show(query: {
	readonly words?: string;
	readonly offset: number;
	readonly limit: number;
}): Promise<{ total: number }> {
	const { rows, total } = must(await vault.search(query));
	const list = document.querySelector('#list');
	if (!(list instanceof HTMLElement)) throw new Error('The page has no list.');
	list.replaceChildren(...rows.map(line));
	// Asking for a height makes the browser lay the list out now.
	if (rows.length > 0 && list.offsetHeight === 0) throw new Error('The list has no height.');
	return { total };
}

function line({ name, caseNumber, sex, birthEarliest, marks }: ChildRow): HTMLLIElement {
	const item = document.createElement('li');
	item.textContent = [name ?? '—', sex, birthEarliest, caseNumber, marks].join(' · ');
	return item;
}

/** Two words of each kind for each of six children, from all over the list. */
async function typedWords(children: number): Promise<readonly { readonly kind: string; readonly words: string }[]> {
	const pinyin = await loadPinyin();
	const words: { kind: string; words: string }[] = [];
	for (let i = 0; i < 8; i++) {
		const { rows } = must(await vault.search({ offset: Math.floor(((i + 0.5) * children) / 8), limit: listed }));
		const named = rows.find((row) => row.name !== undefined && /^\p{Script=Han}{2,4}$/u.test(row.name));
		const marked = rows.find((row) => /\p{Script=Han}{4}/u.test(row.marks));
		const numbered = rows.find((row) => row.caseNumber !== undefined);
		if (named?.name !== undefined) {
			const syllables = pinyin(named.name).map((readings) => readings[0] ?? '');
			words.push({ kind: 'pinyin', words: syllables.join('') });
			words.push({ kind: 'initials', words: syllables.map((syllable) => syllable[0] ?? '').join('') });
			words.push({ kind: 'part of a name', words: [...named.name].slice(-2).join('') });
		}
		const mark = marked && /\p{Script=Han}{4}/u.exec(marked.marks)?.[0];
		if (mark) words.push({ kind: 'words of a mark', words: mark });
		if (numbered?.caseNumber) words.push({ kind: 'end of a number', words: numbered.caseNumber.slice(-4) });
	}
	return words;
}

async function json<T>(path: string): Promise<T> {
	const response = await fetch(path);
	if (!response.ok) throw new Error(`${path}: ${response.status}`);
	return JSON.parse(await response.text()) as T;
}

function must<T>(result: Result<T, StorageFault | UnlockFault>): T {
	if (!result.ok) throw new Error(`The vault answered ${JSON.stringify(result.error)}`);
	return result.value;
}
