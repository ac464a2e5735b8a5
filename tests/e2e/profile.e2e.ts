import { enrolCode, foundHouse, signIn } from './support/desk.ts';
import { foundIn } from './support/disk.ts';
import { beginIntake, line, next, savedHere } from './support/intake.ts';
import { TestRegistry } from './support/registry.ts';
import { TestTablet } from './support/tablet.ts';
import { expect, test } from './support/test.ts';

/** Fifty strings that stand nowhere else: thirty said by the child, twenty in fields of their own. */
const said = Array.from({ length: 30 }, (_, n) => `planted-word-${n}-${(n * 7919 + 104_729).toString(36)}`);
const typed = {
	reception: [
		'caseNumber',
		'handedOverBy',
		'receivedBy',
		'witnessOne',
		'witnessTwo',
		'noticeNumber',
		'issuingBureau',
		'policeStation'
	],
	identity: ['nameGiven', 'nameAssigned', 'nameCalled', 'namePinyin', 'language', 'accent', 'suspectLink', 'siblings'],
	body: ['features', 'healthFirstCheck', 'urgentNeeds', 'vaccinationKnown']
} as const;
const inField = (key: string) => `种下的字 planted-field-${key}-x7q`;
const planted = [...said, ...Object.values(typed).flat().map(inField)];

test('a stolen tablet, killed in the middle of a form, tells nothing of a child', async ({ browser }) => {
	test.setTimeout(240_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	try {
		await foundHouse(registry);
		const supervisor = await signIn(browser, registry.origin, 'chen');
		await (await tablet.enrol(registry.origin, await enrolCode(supervisor, '李秀兰'))).close();
		const page = await tablet.open(`${registry.origin}/app/children`);
		const address = await beginIntake(page);
		for (const key of typed.reception) await line(page, key, inField(key));
		await next(page, '孩子是谁，从哪里来');
		for (const key of typed.identity) await line(page, key, inField(key));
		await page.getByRole('link', { name: '身体特征' }).click();
		for (const key of typed.body) await line(page, key, inField(key));
		await next(page, '随身带的和身上穿的');
		await next(page, '孩子说过的话');
		// What is still only a draft when the browser dies is sealed too.
		await line(page, 'ownAccount', said.join('，'));
		await savedHere(page);
		await tablet.kill();

		const found = await foundIn(tablet.profile, [...planted, tablet.passphrase, address.split('/').at(-1) ?? '']);
		// The child's id stands in the address of the page and so in the browser's own history: it names nobody.
		expect(found.filter(({ text }) => !address.endsWith(text))).toEqual([]);

		// The scan can see: the address of the registry is in the profile, and the words are there for who has the passphrase.
		expect(await foundIn(tablet.profile, [registry.origin])).not.toEqual([]);
		await tablet.up();
		const again = await tablet.open(`${address}/account`);
		await expect(again.locator('#field-ownAccount')).toHaveValue(said.join('，'));
	} finally {
		await tablet.close();
		await registry.close();
	}
});
