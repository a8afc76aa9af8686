import { describe, expect, it } from 'vitest';
import type { ContactFilter } from '#server/domain/contact/schema.ts';
import { conditionOf } from '#server/domain/contact/write-out.ts';
import { conditionOfDraft, emptyDraft, whomOf } from './trigger-draft.ts';

const segmentId = '00000000-0000-7000-8000-000000000001';

describe('whom an entry counts for', () => {
  it.each<[string, ContactFilter, string]>([
    ['nothing asked', {}, 'everybody'],
    ['a segment', { segmentId }, 'segment'],
    ['a tag, as entries were made before', { tag: 'vip' }, 'conditions'],
    ['conditions', { where: { on: 'consent', op: 'given', source: 'feira', inLastDays: 30 } }, 'conditions'],
    ['a segment and a search', { segmentId, search: 'ana' }, 'conditions'],
    ['those outside of a segment', { where: { on: 'segment', op: 'isNot', segmentId } }, 'conditions'],
  ])('asks the same after it was opened and saved: %s', (_what, condition, whom) => {
    const draft = whomOf(condition);
    expect(draft.whom).toBe(whom);
    const saved = conditionOf(conditionOfDraft(draft) ?? {});
    const before = conditionOf(condition);
    expect(saved).toEqual(before === null || 'of' in before || whom === 'segment' ? before : { on: 'all', of: [before] });
  });

  it('is not saved while a segment or the end of a condition is missing', () => {
    expect(conditionOfDraft({ ...emptyDraft, whom: 'segment' })).toBeNull();
    expect(conditionOfDraft({ ...emptyDraft, whom: 'conditions' })).toBeNull();
    const group = { on: 'all' as const, of: [{ on: 'consent' as const, op: 'given' as const, since: '' }] };
    expect(conditionOfDraft({ ...emptyDraft, whom: 'conditions', group })).toBeNull();
  });
});
