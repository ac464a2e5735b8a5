import type { Stage } from '#lib/domain/eligibility/stage.ts';

/** How a stage looks as a chip: its tint and its icon. The word stands beside both; colour alone says nothing. */
export const stageLook: Readonly<Record<Stage, { readonly tint: string; readonly icon: string }>> = {
	not_started: { tint: '', icon: 'i-clock' },
	running: { tint: '', icon: 'i-clock' },
	ends_soon: { tint: 'pri', icon: 'i-clock' },
	waiting_for_papers: { tint: 'warn', icon: 'i-file' },
	waiting_for_review: { tint: 'pri', icon: 'i-review' },
	one_signature: { tint: 'info', icon: 'i-review' },
	not_agreed: { tint: 'bad', icon: 'i-warn' },
	claimed: { tint: 'info', icon: 'i-pause' },
	halted: { tint: 'warn', icon: 'i-pause' },
	evidence_changed: { tint: 'warn', icon: 'i-warn' },
	certified: { tint: 'ok', icon: 'i-check' },
	left: { tint: '', icon: 'i-go' }
};
