/** Whether an answer was written by a machine because the person is away: a hold, never a reply. Source: product §4. */
import { fold } from './chatbot/fold.ts';

/** How the subjects of such answers begin, folded, in the languages of the product and in Spanish. */
const beginnings = [
  'resposta automatica',
  'respuesta automatica',
  'automatic reply',
  'auto reply',
  'autoreply',
  'out of office',
  'fora do escritorio',
  'fuera de la oficina',
  'ausencia temporaria',
  'ausente',
  'estou de ferias',
];

/** How many days enrolments wait after such an answer. */
export const outOfOfficeDays = 3;

/** `subject` of mail; null elsewhere. Machines that say so themselves (RFC 3834) are known by the channel. */
export function isOutOfOffice(subject: string | null): boolean {
  if (subject === null) return false;
  const plain = fold(subject).replaceAll('-', ' ').trim();
  return beginnings.some((beginning) => plain.startsWith(beginning));
}
