import type { Role } from '#lib/domain/disclosure/roles.ts';
import { area, type Message } from './message.ts';

export const roleNames = area({
	care_worker: ['护理员', 'Care worker'],
	supervisor: ['主管', 'Supervisor'],
	second_administrator: ['第二管理员', 'Second administrator'],
	registry_officer: ['登记处人员', 'Registry officer'],
	police_liaison: ['公安联络员', 'Police liaison'],
	auditor: ['审计员', 'Auditor']
}) satisfies Record<Role, Message>;

/** Signing in at the desk. */
export const accountWords = area({
	signIn: ['登录', 'Sign in'],
	signInTitle: ['工作台登录', 'Sign in to the desk'],
	login: ['用户名', 'User name'],
	password: ['密码', 'Password'],
	signOut: ['退出', 'Sign out'],
	refused: ['用户名或密码不对，请再试一次。', 'User name or password is wrong. Please try again.'],
	tooMany: [
		'试的次数太多了。请过 {minutes} 分钟再试，或请主管重设密码。',
		'Too many tries. Please wait {minutes} {minutes|minute|minutes}, or ask for a new password.'
	],
	ended: [
		'15 分钟没有操作，已经自动退出。请重新登录。',
		'You were signed out after 15 minutes without use. Please sign in again.'
	],
	loginEmpty: ['请填写用户名。', 'Enter your user name.'],
	passwordEmpty: ['请填写密码。', 'Enter your password.'],
	careWorkers: ['护理员在平板上工作，不在这里登录。', 'Care workers work on the tablets and do not sign in here.'],
	demoLogins: ['演示账号印在启动它的窗口里。', 'The demo accounts are printed where the demo was started.']
});
