/** A contact for tests of bots. */
import type { BotFacts } from '../render-text.ts';

export function testFacts(contact: Partial<BotFacts['variables']['contact']> = {}, facts: Partial<BotFacts> = {}): BotFacts {
  return {
    variables: {
      contact: {
        name: 'Ana Souza',
        email: null,
        phone: '+5511912345678',
        locale: 'pt-BR',
        timeZone: 'America/Sao_Paulo',
        fields: { city: 'Recife' },
        ...contact,
      },
      sequence: { name: 'Boas-vindas' },
      sender: { name: 'Sandbox' },
      enrolment: { startedAt: '2026-11-22T12:00:00.000Z' },
    },
    locale: 'pt-BR',
    country: 'BR',
    today: '2026-11-22',
    ...facts,
  };
}
