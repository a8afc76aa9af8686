/** Phones with a word beside them that says what kind of phone it is: `Cel: 11987654321`, `(11) 98765-4321 (WhatsApp)`. Any other word may say
 *  that it is somebody else's, wrong, or not to be used (`Maria`, `recado`, `não usar`), and an extension leads elsewhere: none of these
 *  is dropped. */
import { withoutAccents } from '../without-accents.ts';

const kinds = new Set(
  `telefone tel fone celular cel movel whatsapp whats wpp zap fixo residencial residencia casa comercial trabalho escritorio pessoal
   particular principal contato numero vivo claro tim oi telephone phone mobile cellphone cell landline home work office business personal main
   primary number e de do da so tem and only`.split(/\s+/),
);
/** What else stands around such words. */
const marks = /^[\s()[\]:;,./|_\u2010-\u2015-]*$/;
const firstDigit = /\(?\+?\(?\d/;
const lastDigit = /\d\D*$/;

/** The one phone in `text` without the words around it; null where there is none, or other words. */
export function withoutLabel(text: string): string | null {
  const start = text.search(firstDigit);
  const end = text.search(lastDigit) + 1;
  const before = text.slice(0, Math.max(start, 0));
  const after = text.slice(end);
  const phone = text.slice(start, end);
  // `Cel 1 98765-4321`: which of several it is, and not a part of it.
  if (start === -1 || /^\d\b/.test(phone) || /\p{L}$/u.test(before) || /^\p{L}/u.test(after)) return null;
  return areKinds(before) && areKinds(after) ? phone : null;
}

/** Two phones with such words between them. */
export function areSeveral(text: string): boolean {
  const between = /(?:\d\D*){7}\d(\D*\p{L}\D*)\d(?:\D*\d){7}/u.exec(text)?.[1];
  return between !== undefined && areKinds(between);
}

function areKinds(around: string): boolean {
  const words =
    withoutAccents(around)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.every((word) => kinds.has(word)) && marks.test(around.replace(/\p{L}+/gu, ''));
}
