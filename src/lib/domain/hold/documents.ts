/**
 * The papers of rule book 3.2: who issues each to whom, and how sure we are of it. What a recorded paper is, is in
 * ../document/document.ts; its name in Chinese and English is in the messages.
 */
import type { DocumentCode } from '../document/document.ts';
import type { Basis } from './policy.ts';

export const documentParties = [
	'police',
	'institution',
	'civil_affairs',
	'adopter',
	'assessor',
	'registry',
	'hospital'
] as const;
export type DocumentParty = (typeof documentParties)[number];

export interface DocumentRule {
	readonly issuers: readonly DocumentParty[];
	readonly receiver?: DocumentParty;
	readonly basis: Basis;
}

/** Does this party issue this paper? Every paper without a rule can come from anybody. */
export function isIssuedBy(code: DocumentCode, party: DocumentParty): boolean {
	return code === 'OTHER' || documentRules[code].issuers.includes(party);
}

const notice = '民发〔2015〕159号';
const registration = '中国公民收养子女登记办法';

/** Every paper but OTHER, which has no rule. */
export const documentRules: Readonly<Record<Exclude<DocumentCode, 'OTHER'>, DocumentRule>> = {
	'DOC-A': {
		issuers: ['police'],
		receiver: 'institution',
		basis: { certainty: 'secondary', source: `${notice}, 附件1` }
	},
	'DOC-B': {
		issuers: ['police'],
		receiver: 'institution',
		basis: { certainty: 'secondary', source: `${notice}, 附件2` }
	},
	'DOC-C': {
		issuers: ['police'],
		receiver: 'institution',
		basis: { certainty: 'secondary', source: `${notice}, 附件3`, note: 'the attachment’s number is from memory' }
	},
	'DOC-D': { issuers: ['institution'], basis: { certainty: 'secondary', source: notice } },
	'DOC-E': {
		issuers: ['police'],
		receiver: 'institution',
		basis: { certainty: 'secondary', source: '民政部令第63号（2018）' }
	},
	'DOC-F': {
		issuers: ['civil_affairs'],
		receiver: 'institution',
		basis: { certainty: 'secondary', source: '民政部令第63号（2018）' }
	},
	'DOC-G': { issuers: ['adopter', 'institution'], basis: { certainty: 'secondary', source: notice } },
	'DOC-H': {
		issuers: ['civil_affairs', 'assessor'],
		receiver: 'registry',
		basis: { certainty: 'verified', source: '民法典 1105(5)', note: 'day limits are from memory and not used' }
	},
	'DOC-I': {
		issuers: ['institution'],
		receiver: 'registry',
		basis: { certainty: 'verified', source: `${registration} 7` }
	},
	'DOC-J': { issuers: ['registry'], receiver: 'adopter', basis: { certainty: 'verified', source: registration } },
	'DOC-K': {
		issuers: ['police'],
		receiver: 'institution',
		basis: { certainty: 'secondary', source: 'DB63/T 1892-2021' }
	},
	'DOC-L': {
		issuers: ['hospital'],
		receiver: 'registry',
		basis: { certainty: 'verified', source: `${registration} 7` }
	},
	'DOC-M': { issuers: ['police'], receiver: 'institution', basis: { certainty: 'verified', source: registration } }
};
