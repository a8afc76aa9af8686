/** All migrations in order. A new one is added at the end and never edited once released. */
import type { Migration } from 'kysely/migration';
import * as foundation from './0001-foundation.ts';
import * as holidayCalendars from './0002-holiday-calendars.ts';
import * as pausesThatEnd from './0003-pauses-that-end.ts';
import * as stopsAndCaps from './0004-stops-and-caps.ts';
import * as workerClocks from './0005-worker-clocks.ts';
import * as leanRows from './0006-lean-rows.ts';
import * as contactFacts from './0007-contact-facts.ts';
import * as consentAndSuppression from './0008-consent-and-suppression.ts';
import * as importsThatUndo from './0009-imports-that-undo.ts';
import * as triggers from './0010-triggers.ts';
import * as merges from './0011-merges.ts';
import * as contactFilters from './0012-contact-filters.ts';
import * as mergedAddresses from './0013-merged-addresses.ts';
import * as wordsOfContacts from './0014-words-of-contacts.ts';
import * as importDetails from './0015-import-details.ts';
import * as instantsOfMessages from './0017-instants-of-messages.ts';
import * as historyOfMerges from './0018-history-of-merges.ts';
import * as undosThatFail from './0019-undos-that-fail.ts';

export const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-holiday-calendars': holidayCalendars,
  '0003-pauses-that-end': pausesThatEnd,
  '0004-stops-and-caps': stopsAndCaps,
  '0005-worker-clocks': workerClocks,
  '0006-lean-rows': leanRows,
  '0007-contact-facts': contactFacts,
  '0008-consent-and-suppression': consentAndSuppression,
  '0009-imports-that-undo': importsThatUndo,
  '0010-triggers': triggers,
  '0011-merges': merges,
  '0012-contact-filters': contactFilters,
  '0013-merged-addresses': mergedAddresses,
  '0014-words-of-contacts': wordsOfContacts,
  '0015-import-details': importDetails,
  '0017-instants-of-messages': instantsOfMessages,
  '0018-history-of-merges': historyOfMerges,
  '0019-undos-that-fail': undosThatFail,
};
