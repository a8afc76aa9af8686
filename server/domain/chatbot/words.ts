/** What a bot says of its own when an answer was not understood and the flow has no words for it. */
import type { Block } from './flow.ts';
import type { BotLocale } from './read-date.ts';

type Misunderstood = 'text' | 'number' | 'email' | 'phone' | 'date' | 'choices';

const retryWords: Record<BotLocale, Record<Misunderstood, string>> = {
  'pt-BR': {
    text: 'Não consegui ler a sua resposta. Pode escrever em poucas palavras?',
    number: 'Não entendi o número. Pode responder só com ele, por exemplo 42 ou 3,5?',
    email: 'Esse e-mail não parece completo. Pode mandar de novo, como nome@exemplo.com?',
    phone: 'Não reconheci o telefone. Pode mandar com o DDD, como (11) 91234-5678?',
    date: 'Não entendi a data. Pode mandar com dia, mês e ano, como 25/12/2026?',
    choices: 'Não entendi. Pode responder com o número ou o nome de uma das opções?',
  },
  en: {
    text: 'I could not read your answer. Could you write it in a few words?',
    number: 'I did not get the number. Could you answer with just that, for example 42 or 3.5?',
    email: 'That e-mail does not look complete. Could you send it again, like name@example.com?',
    phone: 'I did not recognise the phone number. Could you send it with its area code?',
    date: 'I did not get the date. Could you send it like 2026-12-25 or December 25, 2026?',
    choices: 'I did not get that. Could you answer with the number or the name of one of the options?',
  },
};

export function retryWordsFor(block: Extract<Block, { type: 'question' | 'choices' }>, locale: BotLocale): string {
  return retryWords[locale][block.type === 'choices' ? 'choices' : block.kind];
}

/** The language a bot's own words are in: the contact's where it is one of ours, else the workspace's. */
export function botLocale(contactLocale: string | null, workspaceLocale: string): BotLocale {
  const locale = contactLocale ?? workspaceLocale;
  if (/^pt\b/i.test(locale)) return 'pt-BR';
  if (/^en\b/i.test(locale)) return 'en';
  return workspaceLocale === 'en' ? 'en' : 'pt-BR';
}
