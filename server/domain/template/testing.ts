/** Variables for tests of texts: one contact with everything, to be changed as the test needs. */
import type { TemplateVariables } from './variables.ts';

export function variablesFor(
  contact: Partial<TemplateVariables['contact']> = {},
  rest: Partial<TemplateVariables> = {},
): TemplateVariables {
  return {
    contact: {
      name: 'Maria da Silva',
      email: 'maria@example.com',
      phone: '+5511987654321',
      locale: 'pt-BR',
      timeZone: 'America/Sao_Paulo',
      fields: { city: 'Santos', due: '2026-12-31', booking: '2026-12-31T01:00:00Z', price: 1234.5, blank: ' ' },
      ...contact,
    },
    sequence: { name: 'Boas-vindas' },
    sender: { name: 'Clínica Aurora' },
    enrolment: { startedAt: '2026-11-20T12:00:00Z' },
    ...rest,
  };
}
