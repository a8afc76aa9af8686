/** A trigger as it is being typed, and what it becomes. */
import type { ContactFilter } from '#server/domain/contact/schema.ts';
import { tagNameSchema } from '#server/domain/contact/schema.ts';
import { conditionOf } from '#server/domain/contact/write-out.ts';
import { silences, type TriggerOn } from '#server/domain/trigger.ts';
import { askedBy, type Group, groupOf } from '../../../_filter/filter-group.ts';

export const draftKinds = ['contactCreated', 'tagAdded', 'fieldChanged', ...silences] as const;
export type DraftKind = (typeof draftKinds)[number];

export interface TriggerDraft extends WhomDraft {
  readonly kind: DraftKind;
  readonly tag: string;
  readonly field: string;
  readonly becomes: string;
  readonly days: string;
}

/** Which contacts it counts for. */
export interface WhomDraft {
  readonly whom: 'everybody' | 'segment' | 'conditions';
  readonly segmentId: string | null;
  readonly group: Group;
}

const everybody: WhomDraft = { whom: 'everybody', segmentId: null, group: groupOf(null) };
export const emptyDraft: TriggerDraft = { kind: 'tagAdded', tag: '', field: 'name', becomes: '', days: '30', ...everybody };

/** Null where something is missing or wrong. */
export function happeningOf({ kind, tag, field, becomes, days }: TriggerDraft): TriggerOn | null {
  switch (kind) {
    case 'contactCreated':
      return { kind };
    case 'tagAdded': {
      const name = tagNameSchema.safeParse(tag);
      return name.success ? { kind, tag: name.data } : null;
    }
    case 'fieldChanged':
      return { kind, field, ...(becomes.trim() === '' ? {} : { becomes: becomes.trim() }) };
    case 'notContacted':
    case 'noReply': {
      const count = Number(days);
      return Number.isInteger(count) && count >= 1 && count <= 3_650 ? { kind: 'inactivity', silence: kind, days: count } : null;
    }
  }
}

/** A condition that is there already, to be changed. */
export function whomOf(condition: ContactFilter): WhomDraft {
  const asked = conditionOf(condition);
  if (asked === null) return everybody;
  if (asked.on === 'segment' && asked.op === 'is') return { ...everybody, whom: 'segment', segmentId: asked.segmentId };
  return { ...everybody, whom: 'conditions', group: groupOf(asked) };
}

/** Null where something is missing. */
export function conditionOfDraft({ whom, segmentId, group }: WhomDraft): ContactFilter | null {
  switch (whom) {
    case 'everybody':
      return {};
    case 'segment':
      return segmentId === null ? null : { segmentId };
    case 'conditions': {
      const where = askedBy(group);
      return where && { where };
    }
  }
}
