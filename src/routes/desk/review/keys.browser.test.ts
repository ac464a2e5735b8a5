import { beforeAll, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import script from '../../../../static/desk/keys.js?raw';

/*
 * The desk's one script, as the board includes it: it moves the focus along the lines and never while somebody types.
 */
beforeAll(() => {
	document.body.innerHTML = `<details data-keys-help><summary>help</summary><p>keys</p></details>`;
	const element = document.createElement('script');
	element.textContent = script;
	document.head.append(element);
});

beforeEach(() => {
	document.querySelector('#page')?.remove();
	const page = document.createElement('div');
	page.id = 'page';
	page.innerHTML = `
		<p data-keys-hint hidden>J K</p>
		<input type="search" data-keys-search value="before" />
		<textarea></textarea>
		<ul>${[1, 2, 3]
			.map(
				(n) => `<li data-keys-item>
					<a href="#narrow-${n}" data-keys-open style="display: none">narrow ${n}</a>
					<a href="#wide-${n}" data-keys-open>wide ${n}</a></li>`
			)
			.join('')}</ul>`;
	document.body.append(page);
	location.hash = '';
	if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
});

const focused = () => document.activeElement?.textContent;

test('J goes down, K goes up, both stop at the ends, by the link that can be seen', async () => {
	await userEvent.keyboard('j');
	expect(focused()).toBe('wide 1');
	await userEvent.keyboard('jjjj');
	expect(focused()).toBe('wide 3');
	await userEvent.keyboard('k');
	expect(focused()).toBe('wide 2');
	await userEvent.keyboard('kkk');
	expect(focused()).toBe('wide 1');
});

test('J goes on from the child that is open, and Enter opens', async () => {
	document.querySelectorAll('[data-keys-item]')[1]?.setAttribute('aria-current', 'true');
	await userEvent.keyboard('j');
	expect(focused()).toBe('wide 3');
	await userEvent.keyboard('{Enter}');
	expect(location.hash).toBe('#wide-3');
});

test('the slash goes to the search box with what stands in it chosen, and ? shows and hides the help', async () => {
	await userEvent.keyboard('/');
	expect(document.activeElement).toBe(document.querySelector('[data-keys-search]'));
	await userEvent.keyboard('x');
	expect(document.querySelector<HTMLInputElement>('[data-keys-search]')?.value).toBe('x');
	document.querySelector<HTMLInputElement>('[data-keys-search]')?.blur();
	await userEvent.keyboard('?');
	expect(document.querySelector('details')?.open).toBe(true);
	await userEvent.keyboard('?');
	expect(document.querySelector('details')?.open).toBe(false);
});

test('in a box the keys write, and with Ctrl or Alt they stay the browser’s', async () => {
	const box = document.querySelector('textarea');
	box?.focus();
	await userEvent.keyboard('jk?/');
	expect(box?.value).toBe('jk?/');
	expect(document.querySelector('details')?.open).toBe(false);
	box?.blur();
	for (const key of ['{Control>}j{/Control}', '{Alt>}j{/Alt}', '{Meta>}j{/Meta}']) await userEvent.keyboard(key);
	expect(document.activeElement).toBe(document.body);
});
