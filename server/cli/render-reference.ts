/** docs/reference.md from the code: every default, event kind and reason code, in one page. */
import { permissions } from '#server/auth/permissions.ts';
import { roles } from '#server/domain/roles.ts';
import { emptyDefinition } from '#server/domain/definition/schema.ts';
import * as words from './reference-words.ts';

const lists: readonly [title: string, where: string, codes: Record<string, string>][] = [
  ['Enrolment events', '`enrolments.get` → `events[].kind`.', words.eventWords],
  ['Why a time moved', '`events[].reasons`, `sequences.simulate` → `steps[].reasons`.', words.moveWords],
  ['Why a step was skipped', 'Events of kind `skipped`, messages in state `skipped`.', words.skipWords],
  ['Exit reasons', '`enrolments.list` → `items[].exitReason`.', words.exitWords],
  ['Why a contact was not enrolled', '`enrolments.enrol` → `refused[].reason`.', words.refusalWords],
  ['Why a contact was not made', '`contacts.createMany` → `refused[].reason`.', words.contactRefusalWords],
  ['Why a trigger did not enrol', '`triggers.list` → `items[].refused[].reason`, besides those above.', words.triggerWords],
  ['What keeps a sequence from being published', '`sequences.validate`.', words.problemWords],
  ['Outcomes of a chatbot step', 'Keys of its `paths`.', words.outcomeWords],
  ['Kinds of channels', '`channels.list` → `items[].kind`.', words.channelWords],
  ['Errors', '`data.domain.code` of an API error. Its message says what happened and what to do.', words.errorWords],
];

export function renderReference(): string {
  const intro = 'Made from the code by `npm run reference`; a test fails when it is stale. Codes are stable: programs may compare them.';
  const codes = lists.map(([title, where, list]) => section(title, where, ['Code', 'Means'], Object.entries(list)));
  return `${['# Reference', intro, defaults(), ...codes, whoMay()].join('\n\n')}\n`;
}

function defaults(): string {
  const { steps: _steps, ...rest } = emptyDefinition;
  const rows = Object.entries(rest).map(([field, value]) => [field, `\`${JSON.stringify(value)}\``] as const);
  const about =
    'What a new sequence has until somebody changes it. Defaults of the installation are in [configuration](guides/configuration.md).';
  return section('Defaults of a sequence', about, ['Field', 'Default'], rows);
}

function whoMay(): string {
  const about = `The least role; ${roles.join(' < ')}. API keys have a role up to \`admin\`.`;
  return section('Who may call what', about, ['Procedure', 'Role'], Object.entries(permissions));
}

function section(title: string, about: string, head: readonly [string, string], rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([code, text]) => `| \`${code}\` | ${text.replaceAll('|', '\\|')} |`);
  return [`## ${title}\n\n${about}\n`, `| ${head.join(' | ')} |`, '| --- | --- |', ...lines].join('\n');
}
