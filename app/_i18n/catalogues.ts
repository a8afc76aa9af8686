/** Every word on screen, one file per part of the product and language. pt-BR is written first. */
import enCommon from './en/common.json';
import enShell from './en/shell.json';
import enAuth from './en/auth.json';
import enContacts from './en/contacts.json';
import enDuplicates from './en/duplicates.json';
import enImports from './en/imports.json';
import enSequences from './en/sequences.json';
import enEnrolments from './en/enrolments.json';
import enChatbots from './en/chatbots.json';
import enSettings from './en/settings.json';
import enSandbox from './en/sandbox.json';
import enResults from './en/results.json';
import enTime from './en/time.json';
import enChannels from './en/channels.json';
import enContent from './en/content.json';
import enErrors from './en/errors.json';
import enSystem from './en/system.json';
import enCalendars from './en/calendars.json';
import enExports from './en/exports.json';
import enPrivacy from './en/privacy.json';
import enTriggers from './en/triggers.json';
import ptCommon from './pt-BR/common.json';
import ptShell from './pt-BR/shell.json';
import ptAuth from './pt-BR/auth.json';
import ptContacts from './pt-BR/contacts.json';
import ptDuplicates from './pt-BR/duplicates.json';
import ptImports from './pt-BR/imports.json';
import ptSequences from './pt-BR/sequences.json';
import ptEnrolments from './pt-BR/enrolments.json';
import ptChatbots from './pt-BR/chatbots.json';
import ptSettings from './pt-BR/settings.json';
import ptSandbox from './pt-BR/sandbox.json';
import ptResults from './pt-BR/results.json';
import ptTime from './pt-BR/time.json';
import ptChannels from './pt-BR/channels.json';
import ptContent from './pt-BR/content.json';
import ptErrors from './pt-BR/errors.json';
import ptSystem from './pt-BR/system.json';
import ptCalendars from './pt-BR/calendars.json';
import ptExports from './pt-BR/exports.json';
import ptPrivacy from './pt-BR/privacy.json';
import ptTriggers from './pt-BR/triggers.json';

export const locales = ['pt-BR', 'en'] as const;
export type Locale = (typeof locales)[number];

const ptBR = {
  common: ptCommon,
  shell: ptShell,
  auth: ptAuth,
  contacts: ptContacts,
  duplicates: ptDuplicates,
  imports: ptImports,
  sequences: ptSequences,
  enrolments: ptEnrolments,
  chatbots: ptChatbots,
  settings: ptSettings,
  sandbox: ptSandbox,
  results: ptResults,
  time: ptTime,
  channels: ptChannels,
  content: ptContent,
  errors: ptErrors,
  system: ptSystem,
  calendars: ptCalendars,
  exports: ptExports,
  privacy: ptPrivacy,
  triggers: ptTriggers,
};
export type Catalogue = typeof ptBR;

const en: Catalogue = {
  common: enCommon,
  shell: enShell,
  auth: enAuth,
  contacts: enContacts,
  duplicates: enDuplicates,
  imports: enImports,
  sequences: enSequences,
  enrolments: enEnrolments,
  chatbots: enChatbots,
  settings: enSettings,
  sandbox: enSandbox,
  results: enResults,
  time: enTime,
  channels: enChannels,
  content: enContent,
  errors: enErrors,
  system: enSystem,
  calendars: enCalendars,
  exports: enExports,
  privacy: enPrivacy,
  triggers: enTriggers,
};

export const catalogues: Record<Locale, Catalogue> = { 'pt-BR': ptBR, en };

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale);
}
