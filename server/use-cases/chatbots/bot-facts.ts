/** From the rows that a bot needs to the facts its interpreter takes. */
import type { BotSubjectRow } from '#db/queries/bot-sessions.ts';
import type { BotFacts } from '#server/domain/chatbot/render-text.ts';
import { botLocale } from '#server/domain/chatbot/words.ts';
import { currencyOf } from '#server/domain/template/variables.ts';

export function botFacts(row: BotSubjectRow, at: Date): BotFacts {
  const { name, email, phone, fields, timeZone } = row;
  return {
    variables: {
      contact: { name, email, phone, locale: row.locale ?? row.workspaceLocale, timeZone, fields },
      sequence: { name: row.sequenceName ?? '' },
      sender: { name: row.senderName },
      enrolment: { startedAt: row.enrolledAt ?? at },
      workspace: { name: row.workspaceName, currency: currencyOf(row.country) },
    },
    locale: botLocale(row.locale, row.workspaceLocale),
    country: row.country,
    today: row.today,
  };
}
