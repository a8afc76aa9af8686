/** What a trigger may watch: checked against the workspace before it is stored. */
import type { Tx } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { ensureTags } from '#db/queries/tags.ts';
import { parseFieldValue } from '#server/domain/contact/fields.ts';
import type { TriggerOn } from '#server/domain/trigger.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** As it is stored: the tag is made where it does not exist yet, a value is read in the kind of its field. Throws `invalid` for a
 *  field that does not exist, or that cannot become that. */
export async function watchesOf(tx: Tx, workspaceId: WorkspaceId, on: TriggerOn): Promise<{ on: TriggerOn; tagId: string | null }> {
  if (on.kind === 'tagAdded') {
    const tags = await ensureTags(tx, workspaceId, [on.tag]);
    return { on, tagId: tags.get(on.tag) ?? null };
  }
  if (on.kind !== 'fieldChanged') return { on, tagId: null };
  const kind = await kindOf(tx, workspaceId, on.field);
  if (on.becomes === undefined) return { on, tagId: null };
  const becomes = parseFieldValue(kind, on.becomes);
  if (becomes !== undefined) return { on: { ...on, becomes }, tagId: null };
  throw new DomainError('invalid', `"${on.field}" holds a ${kind}; "${on.becomes}" is none.`, {
    field: 'becomes',
    problem: 'fieldInvalid',
    kind,
  });
}

async function kindOf(tx: Tx, workspaceId: WorkspaceId, field: string) {
  if (!field.startsWith('fields.')) return 'text';
  const key = field.slice('fields.'.length);
  const known = (await listContactFields(tx, workspaceId)).find((candidate) => candidate.key === key);
  if (known) return known.kind;
  throw new DomainError('invalid', `There is no contact field "${key}". Create it first (contacts.createField).`, {
    field: 'field',
    problem: 'fieldUnknown',
  });
}
