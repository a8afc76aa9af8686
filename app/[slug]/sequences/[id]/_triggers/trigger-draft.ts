/** A trigger as it is being typed, and what it becomes. */
import { tagNameSchema } from '#server/domain/contact/schema.ts';
import { silences, type TriggerOn } from '#server/domain/trigger.ts';

export const draftKinds = ['contactCreated', 'tagAdded', 'fieldChanged', ...silences] as const;
export type DraftKind = (typeof draftKinds)[number];

export interface TriggerDraft {
  readonly kind: DraftKind;
  readonly tag: string;
  readonly field: string;
  readonly becomes: string;
  readonly days: string;
  /** Empty: all contacts. */
  readonly onlyTag: string;
}

export const emptyDraft: TriggerDraft = { kind: 'tagAdded', tag: '', field: 'name', becomes: '', days: '30', onlyTag: '' };

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
