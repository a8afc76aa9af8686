/** Carries out what bots decided: their messages are queued, what they learned is written on the contacts. */
import type { Tx } from '#db/client.ts';
import { type BotMessage, type ContactPatch, insertBotMessages, patchContacts } from '#db/queries/bot-effects.ts';
import { type ContactFieldRow, listContactFields } from '#db/queries/contact-fields.ts';
import { zoneFromPhone } from '#server/domain/address/phone-zone.ts';
import type { BotEffect } from '#server/domain/chatbot/interpreter.ts';
import { parseFieldValue } from '#server/domain/contact/fields.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export interface TurnToApply {
  readonly sessionId: string;
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly enrolmentId: string | null;
  readonly stepNumber: number | null;
  readonly turn: number;
  readonly at: Date;
  readonly effects: readonly BotEffect[];
}

/** In sets, in the order given. Answers the channel accounts that now have messages to deliver. */
export async function applyBotTurns(tx: Tx, workspaceId: WorkspaceId, turns: readonly TurnToApply[]): Promise<string[]> {
  const messages = turns.flatMap(messagesOf);
  await insertBotMessages(tx, workspaceId, messages);
  if (turns.some((turn) => turn.effects.some((effect) => effect.kind === 'setField'))) {
    const fields = new Map((await listContactFields(tx, workspaceId)).map((field) => [field.key, field]));
    await patchContacts(tx, workspaceId, patchesOf(turns, fields));
  }
  return [...new Set(messages.map((message) => message.channelAccountId))];
}

function messagesOf(turn: TurnToApply): BotMessage[] {
  const { contactId, channelAccountId, enrolmentId, stepNumber, at } = turn;
  return turn.effects
    .filter((effect) => effect.kind === 'say')
    .map((say, index) => ({
      contactId,
      channelAccountId,
      enrolmentId,
      stepNumber,
      botSessionId: turn.sessionId,
      botTurn: turn.turn,
      botN: index + 1,
      body: say.text,
      options: say.options,
      at,
    }));
}

/** One patch per contact. A field that was deleted since, or whose kind the value does not fit, is left alone. */
function patchesOf(turns: readonly TurnToApply[], fields: ReadonlyMap<string, ContactFieldRow>): ContactPatch[] {
  const patches = new Map<string, ContactPatch>();
  const addresses = new Set<string>();
  for (const turn of turns) {
    for (const effect of turn.effects) {
      if (effect.kind !== 'setField') continue;
      const before = patches.get(turn.contactId) ?? emptyPatch(turn.contactId);
      patches.set(turn.contactId, patched(before, effect.field, effect.value, fields, addresses));
    }
  }
  return [...patches.values()];
}

function emptyPatch(contactId: string): ContactPatch {
  return { contactId, name: null, email: null, phone: null, timeZone: null, fields: {} };
}

const longestName = 200;

/** `taken`: addresses that another contact of the same set fills already. */
function patched(
  patch: ContactPatch,
  target: string,
  value: string | number,
  fields: ReadonlyMap<string, ContactFieldRow>,
  taken: Set<string>,
): ContactPatch {
  if (target === 'contact.name') return { ...patch, name: String(value).replace(/\s+/g, ' ').trim().slice(0, longestName) || patch.name };
  if (target === 'contact.email' || target === 'contact.phone') {
    const address = String(value);
    const key = address.toLowerCase();
    if (taken.has(key)) return patch;
    taken.add(key);
    if (target === 'contact.email') return { ...patch, email: address };
    return { ...patch, phone: address, timeZone: zoneFromPhone(address) };
  }
  const key = target.slice('contact.fields.'.length);
  const field = fields.get(key);
  const written = field && parseFieldValue(field.kind, value, field.options ?? []);
  return written === undefined ? patch : { ...patch, fields: { ...patch.fields, [key]: written } };
}
