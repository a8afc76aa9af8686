/** The whole API. Its type, `AppRouter`, is all that a client needs. */
import { accountRouter } from './account.ts';
import { apiKeysRouter } from './api-keys.ts';
import { auditRouter } from './audit.ts';
import { calendarsRouter } from './calendars.ts';
import { channelsRouter } from './channels.ts';
import { chatbotsRouter } from './chatbots.ts';
import { contactsRouter } from './contacts.ts';
import { conversationsRouter } from './conversations.ts';
import { enrolmentsRouter } from './enrolments.ts';
import { eventsRouter } from './events.ts';
import { importsRouter } from './imports.ts';
import { membersRouter } from './members.ts';
import { operationsRouter } from './operations.ts';
import { sandboxRouter } from './sandbox.ts';
import { segmentsRouter } from './segments.ts';
import { sequencesRouter } from './sequences.ts';
import { suppressionsRouter } from './suppressions.ts';
import { systemRouter } from './system.ts';
import { triggersRouter } from './triggers.ts';
import { router } from './trpc.ts';
import { workspaceRouter } from './workspace.ts';

export const appRouter = router({
  account: accountRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  calendars: calendarsRouter,
  channels: channelsRouter,
  chatbots: chatbotsRouter,
  contacts: contactsRouter,
  conversations: conversationsRouter,
  enrolments: enrolmentsRouter,
  events: eventsRouter,
  imports: importsRouter,
  members: membersRouter,
  operations: operationsRouter,
  sandbox: sandboxRouter,
  segments: segmentsRouter,
  sequences: sequencesRouter,
  suppressions: suppressionsRouter,
  system: systemRouter,
  triggers: triggersRouter,
  workspace: workspaceRouter,
});

export type AppRouter = typeof appRouter;
