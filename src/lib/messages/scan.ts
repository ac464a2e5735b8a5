import { area } from './message.ts';

/** The camera that reads codes. */
export const scan = area({
	open: ['打开相机扫码', 'Scan with the camera'],
	close: ['关上相机', 'Close the camera'],
	looking: ['正在找二维码…', 'Looking for a code…'],
	starting: ['相机正在打开…', 'The camera is opening…'],
	torchOn: ['开灯', 'Light on'],
	torchOff: ['关灯', 'Light off'],
	otherLens: ['换镜头', 'Other lens'],
	fromPhoto: ['选一张拍好的照片', 'Choose a photo instead'],
	photoReading: ['正在看这张照片…', 'Reading the photo…'],
	photoEmpty: [
		'这张照片里没有找到二维码。请把二维码拍满画面，光线要够，不要反光，再选一张。',
		'No code was found in this photo. Let the code fill the picture, in good light without glare, and choose another.'
	],
	photoNotImage: [
		'这不是能打开的照片。请选 JPEG、PNG 或 WebP 图片。',
		'This is no photo that opens. Choose a JPEG, PNG or WebP picture.'
	],
	cameraNone: ['这台平板没有找到相机。', 'No camera was found on this tablet.'],
	cameraRefused: [
		'相机没有得到许可。可以在浏览器地址栏旁边的设置里允许使用相机，再试一次。',
		'The camera has no permission. Allow it in the settings beside the address of the page, and try again.'
	],
	cameraBusy: [
		'相机打不开，可能正被别的程序使用。请关掉那个程序，再试一次。',
		'The camera does not open; another program may be using it. Close that program and try again.'
	],
	readerFailed: [
		'扫码程序没有装好。请联网打开一次本程序，再试；也可以用别的办法。',
		'The scanner did not load. Open this app once with a network and try again, or use another way.'
	],
	hint: ['让二维码占满方框，拿稳', 'Let the code fill the square and hold still']
});
