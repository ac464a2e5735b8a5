import { z } from 'zod';
import type { DeviceId } from '#lib/domain/ids.ts';
import type { Vault } from '../tablet.ts';
import { askToBeWoken, onWoken } from '../pwa/background-sync.ts';
import { leaveNothing } from '../pwa/leave-nothing.ts';
import { TabSyncEngine, type SyncChannel } from './engine.ts';
import { heldSending } from './held-sending.ts';
import type { SyncEngine } from './progress.ts';
import { uploadPhoto } from './upload-photo.ts';

/** A time and nothing else; localStorage may forget it, and then the tablet says that it does not know. */
const lastSyncKey = 'lampkeep.lastSync';
const lastSyncSchema = z.iso.datetime().optional().catch(undefined);

export interface SyncSettings {
	/** The person's choice; true until they choose otherwise. Asked before every photo. */
	readonly photosOnWifiOnly: () => boolean;
	/** Hears of errors nobody foresaw. */
	readonly report: (error: unknown) => void;
}

/** The sync engine of this browser, over the vault of this tab. It begins with `start`, when the vault is open. */
export async function connectSync(vault: Vault, settings: SyncSettings): Promise<SyncEngine> {
	const engine = new TabSyncEngine({
		vault,
		deviceId: deviceIdOnce(vault),
		fetch: (path, init) => fetch(path, init),
		upload: uploadPhoto,
		locks: navigator.locks,
		channel: broadcast('lampkeep-sync'),
		timers: {
			set: (callback, milliseconds) => window.setTimeout(callback, milliseconds),
			clear: (timer) => window.clearTimeout(timer)
		},
		now: () => Date.now(),
		random: () => Math.random(),
		onOnline: (listener) => {
			window.addEventListener('online', listener);
			const end = onWoken(navigator.serviceWorker, listener);
			return () => {
				window.removeEventListener('online', listener);
				end();
			};
		},
		photosMayTravel: () => !settings.photosOnWifiOnly() || !isOnMobileNetwork(navigator),
		lastSync: {
			read: () => lastSyncSchema.parse(localStorage.getItem(lastSyncKey) ?? undefined),
			keep: (at) => localStorage.setItem(lastSyncKey, at)
		},
		held: await heldSending(settings.report),
		leaveNothing: () => leaveNothing(window),
		report: settings.report
	});
	let waiting = 0;
	await vault.subscribe((event) => {
		if (event !== 'queue') return;
		vault.usage().then(({ waitingEntries, waitingPhotos }) => {
			const before = waiting;
			waiting = waitingEntries + waitingPhotos;
			// Less is the engine's own doing.
			if (waiting > before) {
				engine.syncNow();
				if (!engine.progress.paused) askToBeWoken(navigator.serviceWorker).catch(settings.report);
			}
		}, settings.report);
	});
	return engine;
}

/**
 * Whether the tablet says that it is on a mobile network. Chromium on Android knows (Network Information, `type`), other
 * browsers do not say, and then photos travel.
 */
export function isOnMobileNetwork(navigator: object): boolean {
	if (!('connection' in navigator)) return false;
	const { connection } = navigator;
	if (typeof connection !== 'object' || connection === null) return false;
	return (
		('type' in connection && connection.type === 'cellular') ||
		('saveData' in connection && connection.saveData === true)
	);
}

function broadcast(name: string): SyncChannel {
	const channel = new BroadcastChannel(name);
	return {
		post: (message) => channel.postMessage(message),
		listen: (listener) => {
			const hear = (event: MessageEvent<unknown>) => listener(event.data);
			channel.addEventListener('message', hear);
			return () => channel.removeEventListener('message', hear);
		}
	};
}

/** The tablet's name, asked of the vault until it has one; it never changes then, and outlives the vault's erasing. */
function deviceIdOnce(vault: Pick<Vault, 'deviceId'>): () => Promise<DeviceId | undefined> {
	let known: DeviceId | undefined;
	return async () => (known ??= await vault.deviceId());
}
