/** What a new workspace starts with, so that there is something to look at and to send: people who do not exist
 *  (their addresses are at example.com) and a short sequence, in the language of the workspace. */
import { type Definition, emptyDefinition } from '#server/domain/definition/schema.ts';

export interface SampleContact {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly timeZone: string;
}

/** Four people in three of Brazil's time zones; each zone is that of the phone's area code. */
export const sampleContacts: readonly SampleContact[] = [
  { name: 'Ana Exemplo', phone: '+5511900000001', email: 'ana@example.com', timeZone: 'America/Sao_Paulo' },
  { name: 'Bruno Exemplo', phone: '+5521900000002', email: 'bruno@example.com', timeZone: 'America/Sao_Paulo' },
  { name: 'Carla Exemplo', phone: '+5592900000003', email: 'carla@example.com', timeZone: 'America/Manaus' },
  { name: 'Davi Exemplo', phone: '+5568900000004', email: 'davi@example.com', timeZone: 'America/Rio_Branco' },
];

export type SampleLocale = 'pt-BR' | 'en';

const words = {
  'pt-BR': {
    sequence: 'Boas-vindas (exemplo)',
    tag: 'exemplo',
    hello: 'Olá, {{ contact.firstName | default: "tudo bem" }}. Que bom ter você por aqui. Esta é a primeira mensagem de uma sequência.',
    followUp: 'Oi, {{ contact.firstName | default: "tudo bem" }}. Conseguiu dar uma olhada? Se responder, a sequência para por aqui.',
  },
  en: {
    sequence: 'Welcome (sample)',
    tag: 'sample',
    hello: 'Hello {{ contact.firstName | default: "there" }}. Good to have you here. This is the first message of a sequence.',
    followUp: 'Hi {{ contact.firstName | default: "there" }}. Did you get a chance to look? If you answer, the sequence ends here.',
  },
} as const;

export function sampleTagName(locale: SampleLocale): string {
  return words[locale].tag;
}

/** A message at once, the chatbot after two minutes, and a message on the next day at 10:00; no window, so that the
 *  first one arrives at any hour. */
export function sampleSequence(
  locale: SampleLocale,
  ids: { channelAccountId: string; chatbotId: string },
): { name: string; definition: Definition } {
  const say = words[locale];
  const { channelAccountId, chatbotId } = ids;
  return {
    name: say.sequence,
    definition: {
      ...emptyDefinition,
      window: null,
      steps: [
        { key: 'hello', type: 'message', timing: { kind: 'immediately' }, message: { channelAccountId, body: say.hello } },
        {
          key: 'survey',
          type: 'chatbot',
          timing: { kind: 'after', amount: 2, unit: 'minutes' },
          chatbot: { chatbotId, channelAccountId, timeoutMinutes: 1_440 },
        },
        {
          key: 'follow-up',
          type: 'message',
          timing: { kind: 'after', amount: 1, unit: 'days', at: '10:00' },
          message: { channelAccountId, body: say.followUp },
        },
      ],
    },
  };
}
