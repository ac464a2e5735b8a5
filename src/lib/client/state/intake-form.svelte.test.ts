import { afterEach, expect, test } from 'vitest';
import { fieldState, fold } from '#lib/domain/case-file/case-file.ts';
import { childIdSchema, type ChildId } from '#lib/domain/ids.ts';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { noRestDays } from '#lib/domain/hold/rest-days.ts';
import { civilDate } from '#lib/domain/time.ts';
import { IntakeForm, intakeDraftKey } from './intake-form.svelte.ts';
import { inventedRoster } from './memory-children.ts';
import { memoryRow } from './memory-row.ts';
import { createMemoryVault, entriesOf, type MemoryVault } from './memory-vault.ts';
import { Tablet } from './tablet.svelte.ts';

const childId = childIdSchema.parse('018f0000-0000-7000-8000-0000000000f1');
const forms: IntakeForm[] = [];
afterEach(() => {
	for (const form of forms.splice(0)) form.stop();
});

function vaultForTests(): MemoryVault {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('policy missing');
	return createMemoryVault({
		now: () => Date.parse('2026-11-22T01:14:00Z'),
		random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
		roster: inventedRoster,
		rowOf: (file) => memoryRow(file, civilDate('2026-11-22'), policy.value, noRestDays, inventedRoster),
		passphrase: 'deng deng deng deng deng',
		pin: '135790',
		badge: ''
	});
}

/** A tablet over a vault, as after opening the app: a new one over the same vault is the app after a kill. */
async function formOver(vault: MemoryVault, child: ChildId = childId): Promise<{ form: IntakeForm; tablet: Tablet }> {
	const tablet = new Tablet({
		vault,
		preparePhoto: () => Promise.reject(new Error('no photos in this test')),
		now: () => Date.parse('2026-11-22T01:14:00Z'),
		random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
		timeZone: 'Asia/Shanghai'
	});
	await tablet.start();
	const form = new IntakeForm(tablet, child);
	await form.start();
	forms.push(form);
	return { form, tablet };
}

async function entries(vault: MemoryVault) {
	const opened = await vault.open(childId);
	return opened.ok && opened.value ? opened.value.entries : [];
}

test('what was typed is there again after the browser was killed', async () => {
	const vault = vaultForTests();
	const { form } = await formOver(vault);
	form.change('nameAssigned', { answer: { state: 'known', value: '小雪' } });
	form.change('noticeDate', { raw: '{"year":"2025","month":"2","day":"29"}' });
	await form.draft.flush();

	const { form: again } = await formOver(vault);
	expect(again.name).toBe('小雪');
	expect(again.input('noticeDate').raw).toContain('29');
	expect(again.resumedFrom).toBeDefined();
});

test('resting keeps what was typed a moment ago', async () => {
	const vault = vaultForTests();
	const { form, tablet } = await formOver(vault);
	form.change('nameCalled', { answer: { state: 'known', value: '妞妞' } });
	await tablet.rest();
	expect(JSON.stringify((await vault.draft(intakeDraftKey(childId)))?.value)).toContain('妞妞');
});

test('leaving a step makes one entry of what changed, and the draft is gone', async () => {
	const vault = vaultForTests();
	const { form } = await formOver(vault);
	form.change('sex', { answer: { state: 'known', value: '2' } });
	form.change('nameAssigned', { answer: { state: 'unknown' } });
	const saved = await form.recordChanges();
	expect(saved.ok).toBe(true);
	const recorded = entriesOf(await entries(vault), 'intake.recorded');
	expect(recorded).toHaveLength(1);
	expect(Object.keys(recorded[0]?.payload.answers ?? {}).sort()).toEqual(['nameAssigned', 'sex']);
	expect(await vault.draft(intakeDraftKey(childId))).toBeUndefined();
	expect(form.answer('sex')).toEqual({ state: 'known', value: '2' });

	// Nothing changed since: nothing more is recorded.
	await form.recordChanges();
	expect(entriesOf(await entries(vault), 'intake.recorded')).toHaveLength(1);
});

test('a correction replaces the version it saw, so that nobody has to settle it', async () => {
	const vault = vaultForTests();
	const { form } = await formOver(vault);
	form.change('sex', { answer: { state: 'known', value: '2' } });
	await form.recordChanges();
	form.change('sex', { answer: { state: 'known', value: '1' } });
	await form.recordChanges();
	const file = fold(
		childId,
		(await entries(vault)).map(({ parsed }) => parsed)
	);
	expect(fieldState(file, 'sex')).toMatchObject({ status: 'settled', answer: { state: 'known', value: '1' } });
});

test('a field that cannot be read yet stays in the draft while the others become an entry', async () => {
	const vault = vaultForTests();
	const { form } = await formOver(vault);
	form.change('sex', { answer: { state: 'known', value: '2' } });
	form.change('height', { raw: '960' });
	await form.recordChanges();
	await form.draft.flush();
	expect(entriesOf(await entries(vault), 'intake.recorded')[0]?.payload.answers.height).toBeUndefined();
	expect(JSON.stringify((await vault.draft(intakeDraftKey(childId)))?.value)).toContain('960');
	expect(form.unfinished).toEqual(['height']);
});

test('a full disk loses nothing: the words stay, the fault is told, and the next try records them', async () => {
	const vault = vaultForTests();
	const { form } = await formOver(vault);
	form.change('sex', { answer: { state: 'known', value: '2' } });
	await form.draft.flush();
	vault.failNextWrites(1, { type: 'storage_full' });
	const refused = await form.recordChanges();
	expect(refused).toMatchObject({ ok: false, error: { type: 'storage_full' } });
	expect(form.fault).toMatchObject({ type: 'storage_full' });
	expect(form.answer('sex')).toEqual({ state: 'known', value: '2' });
	expect((await form.recordChanges()).ok).toBe(true);
	expect(entriesOf(await entries(vault), 'intake.recorded')).toHaveLength(1);
});

test('a draft that could not be kept is not called saved, and is kept with the next try', async () => {
	const vault = vaultForTests();
	const { form } = await formOver(vault);
	vault.failNextWrites(1, { type: 'storage_full' });
	form.change('nameAssigned', { answer: { state: 'known', value: '小雪' } });
	await form.draft.flush();
	expect(form.draft.savedAt).toBeUndefined();
	expect(form.draft.fault).toMatchObject({ type: 'storage_full' });
	await form.draft.flush();
	expect(form.draft.savedAt).toBeDefined();
	expect(form.draft.fault).toBeUndefined();
});

test('an answer that was wiped out is open again, not forgotten', async () => {
	const vault = vaultForTests();
	const { form } = await formOver(vault);
	form.change('clothing', { answer: { state: 'known', value: '红色棉袄' } });
	await form.recordChanges();
	form.change('clothing', {});
	await form.recordChanges();
	expect(form.answer('clothing')).toEqual({ state: 'notNow' });
});

test('submitting asks for what starts a clock or stands in the notice, and takes "not known" for it', async () => {
	const vault = vaultForTests();
	const { form } = await formOver(vault);
	const before = form.needs.length;
	expect(before).toBeGreaterThan(10);
	form.change('handoverDate', { answer: { state: 'unknown' } });
	expect(form.needs).toHaveLength(before - 1);
	form.setPhotosNotNow(true);
	expect(form.needs.some((need) => need.type === 'front_photo')).toBe(false);
});
