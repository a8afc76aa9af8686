/** Whether what a contact wrote asks to be left alone. Source: product §6. */
import { fold } from './chatbot/fold.ts';

/** Whole messages that mean it, folded: nobody is taken off a list for a word inside of a sentence. */
const words = new Set([
  'pare',
  'parar',
  'sair',
  'stop',
  'stop all',
  'unsubscribe',
  'cancelar inscricao',
  'descadastrar',
  'descadastre',
  'me descadastre',
  'remover',
  'opt out',
  'optout',
]);

export function asksToStop(text: string): boolean {
  const plain = fold(text.replaceAll(/[^\p{L}\p{M}\s]/gu, ' '));
  return words.has(plain);
}
