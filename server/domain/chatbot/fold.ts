/** Text as people mean it: without accents, case, punctuation at the ends, or doubled spaces. */
import { withoutAccents } from '../without-accents.ts';

export function fold(text: string): string {
  return withoutAccents(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,;:!?()[\]"'*]+|[\s.,;:!?()[\]"'*]+$/g, '');
}
