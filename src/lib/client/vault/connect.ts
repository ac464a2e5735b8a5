import { proxy, wrap, type Remote } from 'comlink';
import type { Vault } from '../tablet.ts';
import { ownProgram } from '../trusted.ts';
import vaultProgram from './vault.worker.ts?worker&url';

/** The name under which the tablet keeps its store. */
const storeName = 'lampkeep';

let connected: Vault | undefined;

/** The vault of this tab: one worker, started at the first call. The page holds a proxy, never a key or a record it did not ask for. */
export function connectVault(): Vault {
	connected ??= startVault(storeName).vault;
	return connected;
}

/** A worker with a store of its own, for tests; `connectVault` is the product's way. */
export function startVault(name: string): { vault: Vault; worker: Worker } {
	const worker = new Worker(ownProgram(vaultProgram), { type: 'module', name });
	return { vault: overComlink(wrap<Vault>(worker)), worker };
}

/** A plain object before the remote one: functions that the worker is to call back are marked as such for comlink. */
function overComlink(remote: Remote<Vault>): Vault {
	return {
		status: () => remote.status(),
		beginEnrolment: () => remote.beginEnrolment(),
		finishEnrolment: (answer, passphrase, pin) => remote.finishEnrolment(answer, passphrase, pin),
		generatePassphrase: () => remote.generatePassphrase(),
		unlock: (staffId, secret) => remote.unlock(staffId, secret),
		reopen: (pin) => remote.reopen(pin),
		rest: () => remote.rest(),
		lock: () => remote.lock(),
		people: () => remote.people(),
		makeBadge: () => remote.makeBadge(),
		addWay: (pin, way) => remote.addWay(pin, way),
		dropWay: (pin, way) => remote.dropWay(pin, way),
		changePin: (pin, next) => remote.changePin(pin, next),
		removeSlot: (staffId) => remote.removeSlot(staffId),
		contactMade: (serverTime) => remote.contactMade(serverTime),
		record: (facts, sheet) => remote.record(facts, sheet),
		signedEntries: (childId) => remote.signedEntries(childId),
		addPhoto: (fact, prepared) => remote.addPhoto(fact, prepared),
		photo: (sha256, size) => remote.photo(sha256, size),
		search: (query) => remote.search(query),
		due: (until, limit) => remote.due(until, limit),
		duplicates: () => remote.duplicates(),
		open: (childId) => remote.open(childId),
		saveDraft: (key, value) => remote.saveDraft(key, value),
		draft: (key) => remote.draft(key),
		drafts: (prefix) => remote.drafts(prefix),
		dropDraft: (key) => remote.dropDraft(key),
		queue: (query) => remote.queue(query),
		takeBack: (id, reason) => remote.takeBack(id, reason),
		putAway: (ids, away) => remote.putAway(ids, away),
		sendAgain: (ids) => remote.sendAgain(ids),
		usage: () => remote.usage(),
		photosNotKept: () => remote.photosNotKept(),
		roster: () => remote.roster(),
		outbox: () => remote.outbox(),
		nextSealed: (limit, bytes, kinds) => remote.nextSealed(limit, bytes, kinds),
		sealedSettled: (epoch, outcomes) => remote.sealedSettled(epoch, outcomes),
		exportUnsent: () => remote.exportUnsent(),
		wipe: () => remote.wipe(),
		storage: () => remote.storage(),
		dropSentOriginals: () => remote.dropSentOriginals(),
		recovery: () => remote.recovery(),
		recoverySeen: () => remote.recoverySeen(),
		keepSealingKey: (sealingKey, signed) => remote.keepSealingKey(sealingKey, signed),
		signRequest: (text) => remote.signRequest(text),
		registryKey: () => remote.registryKey(),
		deviceId: () => remote.deviceId(),
		syncPosition: () => remote.syncPosition(),
		nextEntries: (limit, bytes) => remote.nextEntries(limit, bytes),
		applyReceipts: (epoch, receipts, sent) => remote.applyReceipts(epoch, receipts, sent),
		applyPull: (answer) => remote.applyPull(answer),
		startAgain: (epoch) => remote.startAgain(epoch),
		treeHeadsToShow: () => remote.treeHeadsToShow(),
		treeHeadsShown: (shown, forgot) => remote.treeHeadsShown(shown, forgot),
		nextReadings: (limit) => remote.nextReadings(limit),
		readingsTold: (ids) => remote.readingsTold(ids),
		nextPhotos: (limit) => remote.nextPhotos(limit),
		photoRegistered: (sha256, epoch, receivedAt, receipt) => remote.photoRegistered(sha256, epoch, receivedAt, receipt),
		photoRefused: (sha256, reason) => remote.photoRefused(sha256, reason),
		missingThumbnails: (limit) => remote.missingThumbnails(limit),
		keepThumbnail: (sha256, bytes) => remote.keepThumbnail(sha256, bytes),
		rosterGround: () => remote.rosterGround(),
		keepRoster: (roster, mark) => remote.keepRoster(roster, mark),
		subscribe: (listener) => remote.subscribe(proxy(listener))
	};
}
