/** A PIN anybody would try first: one digit six times, or a run such as 123456 or 987654. */
export function easyPin(pin: string): boolean {
	const digits = [...pin].map(Number);
	const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)));
	return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 2);
}
