/** The chatbot a new workspace starts with: a short satisfaction survey, published, so that a sequence can start it. */
import type { Tx } from '#db/client.ts';
import { insertContactField } from '#db/queries/contact-fields.ts';
import { insertChatbot, insertChatbotVersion } from '#db/queries/chatbots.ts';
import { type Flow, flowSchema } from '#server/domain/chatbot/flow.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

const words = {
  'pt-BR': {
    name: 'Pesquisa de satisfação (exemplo)',
    field: 'Satisfação',
    hello: 'Oi, {{ contact.firstName | default: "tudo bem" }}. Sua opinião ajuda a gente a melhorar.',
    ask: 'Como foi a sua experiência até aqui?',
    great: 'Ótima',
    fair: 'Razoável',
    poor: 'Ruim',
    email: 'Em qual e-mail podemos mandar as novidades?',
    thanks: 'Obrigado pela resposta. Até logo.',
    sorry: 'Sentimos muito. Uma pessoa da equipe vai falar com você por aqui.',
  },
  en: {
    name: 'Satisfaction survey (sample)',
    field: 'Satisfaction',
    hello: 'Hi {{ contact.firstName | default: "there" }}. Your opinion helps us get better.',
    ask: 'How has it been for you so far?',
    great: 'Great',
    fair: 'Fair',
    poor: 'Poor',
    email: 'Which e-mail may we send news to?',
    thanks: 'Thank you for answering. See you soon.',
    sorry: 'We are sorry. Somebody from the team will talk to you here.',
  },
} as const;

/** Happy people are asked for an e-mail; unhappy ones are handed to a person. */
export function sampleFlow(locale: keyof typeof words): Flow {
  const say = words[locale];
  return flowSchema.parse({
    start: null,
    blocks: [
      { key: 'hello', type: 'text', text: say.hello },
      {
        key: 'experience',
        type: 'choices',
        text: say.ask,
        options: [{ label: say.great }, { label: say.fair }, { label: say.poor, next: 'sorry' }],
        saveTo: 'contact.fields.satisfaction',
      },
      { key: 'email', type: 'question', kind: 'email', text: say.email, saveTo: 'contact.email', attempts: 2, whenUnclear: 'goOn' },
      { key: 'thanks', type: 'text', text: say.thanks },
      { key: 'finish', type: 'end' },
      { key: 'sorry', type: 'text', text: say.sorry },
      { key: 'person', type: 'handOff' },
    ],
  });
}

/** Makes it with its contact field `satisfaction`, version 1 live. */
export async function insertSampleChatbot(tx: Tx, workspaceId: WorkspaceId, locale: keyof typeof words): Promise<{ id: string }> {
  const flow = sampleFlow(locale);
  await insertContactField(tx, workspaceId, { key: 'satisfaction', label: words[locale].field, kind: 'text' });
  const id = await insertChatbot(tx, workspaceId, { name: words[locale].name, draft: flow });
  await insertChatbotVersion(tx, workspaceId, { chatbotId: id, version: 1, flow, publishedBy: null });
  return { id };
}
