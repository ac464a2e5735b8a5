/** How a tablet stands, its times as the desk writes them. */
export type ShownStanding =
	| { readonly state: 'in_use' }
	| { readonly state: 'waiting' }
	| { readonly state: 'outbox_received'; readonly entries: number }
	| { readonly state: 'wiped'; readonly at: string; readonly left: number; readonly entries: number };
