/** What a definition may speak of in its workspace: accounts, chatbots, fields. */
import { sql } from 'kysely';
import type { DefinitionFacts } from '#server/domain/definition/problems.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

interface FactsRow {
  readonly accounts: { id: string; kind: string }[];
  readonly chatbotIds: string[];
  readonly fieldKeys: string[];
}

export async function getDefinitionFacts(db: Db, workspaceId: WorkspaceId): Promise<DefinitionFacts> {
  const { rows } = await sql<FactsRow>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind)), '[]') from channel_accounts
        where workspace_id = w.id and deleted_at is null) as accounts,
      (select coalesce(jsonb_agg(id), '[]') from chatbots
        where workspace_id = w.id and deleted_at is null and live_version is not null) as chatbot_ids,
      (select coalesce(jsonb_agg(key), '[]') from contact_fields where workspace_id = w.id) as field_keys
    from workspaces w where w.id = ${workspaceId}`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The workspace of the actor is gone.');
  return {
    channelAccounts: new Map(row.accounts.map((account) => [account.id, { kind: account.kind }])),
    chatbotIds: new Set(row.chatbotIds),
    fieldKeys: new Set(row.fieldKeys),
  };
}
