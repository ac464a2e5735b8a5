import { expect, test } from 'vitest';
import type { Sha256 } from '#lib/domain/ids.ts';
import { pageFootCss, quoted } from './page-foot.ts';

const snapshot = 'ab12'.repeat(16) as Sha256;
const foot = (more: { snapshot?: Sha256 } = { snapshot }) =>
	pageFootCss({
		record: { part: 'file', version: 31, snapshot: more.snapshot, number: 812, at: '2026-11-27T02:00:00.000Z' },
		caseNumber: 'YL-2024-0031',
		by: '2026-11-27 10:00 由何文静打印（第二管理员，云岭县儿童福利院）',
		demo: false
	});

test('every page tells its number, the snapshot in groups of four, who printed it, and from which version', () => {
	const css = foot();
	expect(css).toContain('"第 " counter(page) " 页 共 " counter(pages) " 页"');
	expect(css).toContain('ab12 ab12 ab12');
	expect(css).toContain('由何文静打印');
	expect(css).toContain('档案第 31 版　打印记录 812');
	expect(css).toContain('YL-2024-0031');
});

test('where nobody reviewed the foot says so instead of leaving the place empty', () => {
	expect(foot({})).toContain('还没有审核');
});

test('no name can end the string and write rules of its own', () => {
	expect(quoted('a"; } body { display: none } "')).toBe('"a\\22 ; } body { display: none } \\22 "');
	expect(quoted('a\nb\\c</style>')).toBe('"a\\a b\\5c c\\3c /style\\3e "');
});
