import type { CaseDocument } from '#lib/domain/document/document.ts';
import { documentNames } from '#lib/messages/hold.ts';
import type { Translate } from '#lib/messages/message.ts';

/** What a paper is called: by its title where it is none of the usual ones. */
export function paperName({ code, title }: Pick<CaseDocument, 'code' | 'title'>, t: Translate): string {
	return code === 'OTHER' && title ? title : t(documentNames[code]);
}
