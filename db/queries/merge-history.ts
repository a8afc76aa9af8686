/** Who was merged into one contact. */
import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** A contact that is another one now, as it stands in that one's timeline. */
export interface ContactMerge {
  readonly contactId: string;
  /** As it was called and known when it was merged; all null of merges in earlier versions. */
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly externalId: string | null;
  /** How many of its enrolments and conversations came along; null of merges in earlier versions. */
  readonly enrolments: number | null;
  readonly conversations: number | null;
  /** Who merged; the name is null for the system, or when they are gone. */
  readonly actorKind: string | null;
  readonly actorName: string | null;
}

/** Rows `contact_id, at, merge`, the latter a `ContactMerge`. Whoever was merged into a contact that was merged itself is among them, at the
 *  instant of the first merge. */
export function mergesIntoContact(workspaceId: WorkspaceId, contactId: string): RawBuilder<unknown> {
  return sql`
    select k.contact_id, k.at, jsonb_build_object('contactId', k.contact_id, 'name', k.name, 'phone', k.phone, 'email', k.email,
      'externalId', k.external_id, 'enrolments', k.enrolments, 'conversations', k.conversations,
      'actorKind', k.actor_kind, 'actorName', coalesce(u.name, a.name)) as merge
    from contact_merges k
    left join users u on k.actor_kind = 'user' and u.id = k.actor_id
    left join api_keys a on k.actor_kind = 'apiKey' and a.workspace_id = k.workspace_id and a.id = k.actor_id
    where k.workspace_id = ${workspaceId} and k.kept_id = ${contactId}`;
}
