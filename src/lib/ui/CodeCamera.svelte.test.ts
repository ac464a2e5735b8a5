import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import CodeCamera from './CodeCamera.svelte';

/** A camera whose picture is a canvas. */
function fakeCamera() {
	const canvas = document.createElement('canvas');
	canvas.width = 640;
	canvas.height = 480;
	canvas.getContext('2d')?.fillRect(0, 0, 640, 480);
	return canvas.captureStream(10);
}

const media = () => vi.spyOn(navigator.mediaDevices, 'getUserMedia');
const pixels = () => Promise.resolve(new ImageData(10, 10));
const props = {
	what: '工牌上的二维码',
	read: (): Promise<readonly string[]> => Promise.resolve([]),
	pixelsOf: pixels,
	oncodes: (_: readonly string[]) => {}
};

afterEach(() => vi.restoreAllMocks());

test('what the camera shows is read and told, and the camera stops with the component', async () => {
	const stream = fakeCamera();
	media().mockResolvedValue(stream);
	const seen: string[] = [];
	const sizes: number[] = [];
	const screen = await render(CodeCamera, {
		...props,
		read: (picture: ImageData) => {
			sizes.push(picture.width);
			return Promise.resolve(['CODE']);
		},
		oncodes: (texts: readonly string[]) => seen.push(...texts)
	});
	await screen.getByRole('button', { name: '打开相机扫码' }).click();
	await expect.poll(() => seen.length).toBeGreaterThan(1);
	expect(new Set(seen)).toEqual(new Set(['CODE']));
	expect(sizes[0]).toBe(640);
	await screen.unmount();
	expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
});

test('a camera that opens after the person has gone is stopped at once', async () => {
	const stream = fakeCamera();
	let give: (opened: MediaStream) => void = () => {};
	media().mockReturnValue(new Promise((resolve) => (give = resolve)));
	const screen = await render(CodeCamera, props);
	await screen.getByRole('button', { name: '打开相机扫码' }).click();
	await screen.unmount();
	give(stream);
	await expect.poll(() => stream.getTracks()[0]?.readyState).toBe('ended');
});

for (const [name, words] of [
	['NotFoundError', '没有找到相机'],
	['NotAllowedError', '相机没有得到许可'],
	['NotReadableError', '可能正被别的程序使用']
] as const) {
	test(`${name} is told in words, and the photo remains`, async () => {
		media().mockRejectedValue(new DOMException('', name));
		const screen = await render(CodeCamera, props);
		await screen.getByRole('button', { name: '打开相机扫码' }).click();
		await expect.element(screen.getByRole('alert')).toHaveTextContent(words);
		await expect.element(screen.getByLabelText('选一张拍好的照片')).toBeEnabled();
	});
}

async function chosen(more: Partial<typeof props>) {
	const screen = await render(CodeCamera, { ...props, ...more });
	await screen.getByLabelText('选一张拍好的照片').upload(new File(['x'], 'x.jpg', { type: 'image/jpeg' }));
	return screen;
}

test('a chosen photo is read instead', async () => {
	const seen: string[] = [];
	await chosen({ read: () => Promise.resolve(['A', 'B']), oncodes: (texts) => seen.push(...texts) });
	await expect.poll(() => seen).toEqual(['A', 'B']);
});

test('a photo without a code, one that is none, and a scanner that does not run are each told', async () => {
	const empty = await chosen({});
	await expect.element(empty.getByRole('alert')).toHaveTextContent('没有找到二维码');
	await empty.unmount();
	const none = await chosen({ pixelsOf: (() => Promise.resolve(undefined)) as unknown as typeof pixels });
	await expect.element(none.getByRole('alert')).toHaveTextContent('不是能打开的照片');
	await none.unmount();
	const broken = await chosen({ read: () => Promise.reject(new Error('no program')) });
	await expect.element(broken.getByRole('alert')).toHaveTextContent('扫码程序没有装好');
});
