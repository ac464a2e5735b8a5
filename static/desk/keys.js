/*
 * Keys for lists at the desk: J and K move, Enter opens, / goes to the search box, ? shows the help. It moves the focus of
 * the browser and nothing else: it reads no child's data, keeps nothing, and the page is whole without it. In a box, a
 * choice or an editor, and with Ctrl, Alt or Meta, keys are what they always are.
 */
(() => {
	const items = () => [...document.querySelectorAll('[data-keys-item]')];
	const help = document.querySelector('[data-keys-help]');
	for (const hint of document.querySelectorAll('[data-keys-hint]')) hint.hidden = false;

	/** The link of a line that can be seen: wide and narrow windows have one each. */
	const linkIn = (item) => [...item.querySelectorAll('a[data-keys-open]')].find((link) => link.offsetParent !== null);

	function move(by) {
		const lines = items();
		if (lines.length === 0) return;
		const focused = lines.findIndex((line) => line.contains(document.activeElement));
		const chosen = lines.findIndex((line) => line.getAttribute('aria-current') === 'true');
		const from = focused >= 0 ? focused : chosen;
		// From nowhere J begins at the first line and K at the last.
		const to = from < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, from + by));
		const link = linkIn(lines[to]);
		if (!link) return;
		link.focus();
		lines[to].scrollIntoView({ block: 'nearest' });
	}

	document.addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
		const target = event.target instanceof Element ? event.target : document.body;
		if (target.closest('input, textarea, select, [contenteditable]')) return;
		switch (event.key) {
			case 'j':
			case 'J':
				move(1);
				break;
			case 'k':
			case 'K':
				move(-1);
				break;
			case '/': {
				const box = document.querySelector('[data-keys-search]');
				if (!box) return;
				box.focus();
				box.select();
				break;
			}
			case '?':
			case '？':
				if (!help) return;
				help.open = !help.open;
				if (help.open) help.scrollIntoView({ block: 'nearest' });
				break;
			default:
				return;
		}
		event.preventDefault();
	});
})();
