/** All fixtures, one file per family. A procedure without one fails the walk. */
import type { Fixtures } from './fixture.ts';
import { calendarFixtures } from './fixtures/calendars.ts';
import { channelFixtures, sandboxFixtures } from './fixtures/channels.ts';
import { chatbotFixtures } from './fixtures/chatbots.ts';
import { contactFixtures, segmentFixtures } from './fixtures/contacts.ts';
import { conversationFixtures } from './fixtures/conversations.ts';
import { enrolmentFixtures } from './fixtures/enrolments.ts';
import { importFixtures } from './fixtures/imports.ts';
import { sequenceFixtures } from './fixtures/sequences.ts';
import { teamFixtures } from './fixtures/team.ts';
import { triggerFixtures } from './fixtures/triggers.ts';

export const fixtures: Fixtures = {
  ...calendarFixtures,
  ...channelFixtures,
  ...chatbotFixtures,
  ...contactFixtures,
  ...conversationFixtures,
  ...enrolmentFixtures,
  ...importFixtures,
  ...sandboxFixtures,
  ...segmentFixtures,
  ...sequenceFixtures,
  ...teamFixtures,
  ...triggerFixtures,
};
