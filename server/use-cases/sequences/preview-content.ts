import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { findChannelAccount } from '#db/queries/channel-accounts.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { getContact } from '#db/queries/contacts.ts';
import type { Actor } from '#server/auth/actor.ts';
import { adapterOf } from '#server/channels/registry.ts';
import { checkTemplate } from '#server/domain/template/check.ts';
import { markHtml, type PreviewPart, splitMarks } from '#server/domain/template/preview.ts';
import type { TemplateProblem } from '#server/domain/template/problems.ts';
import type { Content } from '#server/domain/template/render.ts';
import { currencyOf, type TemplateVariables } from '#server/domain/template/variables.ts';
import { now } from '#server/platform/clock.ts';
import { renderBatch } from '#server/platform/render-pool.ts';

export const previewSchema = z.strictObject({
  contactId: z.uuid(),
  content: z.strictObject({
    subject: z.string().max(998).optional(),
    body: z.string().max(65_536),
    html: z.string().max(262_144).optional(),
    fallback: z.string().max(65_536).optional(),
  }),
  channelAccountId: z.uuid().optional(),
  sequenceName: z.string().max(120).optional(),
});
export type PreviewInput = z.infer<typeof previewSchema>;

type PartName = 'subject' | 'body' | 'html' | 'fallback';

export interface ContentPreview {
  readonly subject: PreviewPart[] | null;
  readonly body: PreviewPart[];
  /** Gaps stand in `<mark>`. Member's own HTML: show it without scripts, in a frame of its own. */
  readonly html: string | null;
  /** What would go out instead because something is missing; null when nothing is, or there is none. */
  readonly fallback: PreviewPart[] | null;
  /** Variables without value and default: the message would be skipped, unless the fallback text goes. */
  readonly missing: string[];
  readonly problems: (TemplateProblem & { readonly part: PartName })[];
  /** Why it cannot be filled in at all; null when it can. */
  readonly error: string | null;
  /** Where it would go; null when the contact has no address for this channel, or no channel was named. */
  readonly address: string | null;
}

const deadlineMs = 3_000;

/** How a text reads for one contact, with its gaps shown and its mistakes named. Changes nothing. */
export async function previewContent(db: Db, actor: Actor, input: PreviewInput): Promise<ContentPreview> {
  const { workspaceId } = actor;
  const contact = await getContact(db, workspaceId, input.contactId);
  const account = input.channelAccountId ? await findChannelAccount(db, workspaceId, input.channelAccountId) : null;
  const fieldKeys = new Set((await listContactFields(db, workspaceId)).map((field) => field.key));
  const workspace = await db
    .selectFrom('workspaces')
    .select(['name', 'country', 'timeZone', 'locale'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const variables: TemplateVariables = {
    contact: {
      name: contact.name,
      email: contact.email,
      phone: contact.phone,
      locale: contact.locale ?? workspace.locale,
      timeZone: contact.timeZone ?? workspace.timeZone,
      fields: contact.fields,
    },
    sequence: { name: input.sequenceName ?? '' },
    sender: { name: account?.name ?? workspace.name },
    enrolment: { startedAt: await now(db) },
    workspace: { name: workspace.name, currency: currencyOf(workspace.country) },
  };
  return {
    ...(await renderParts(input.content, variables, fieldKeys)),
    address: account ? adapterOf(account.kind).addressOf(contact) : null,
  };
}

async function renderParts(
  content: Content,
  variables: TemplateVariables,
  fieldKeys: ReadonlySet<string>,
): Promise<Omit<ContentPreview, 'address'>> {
  const names: PartName[] = ['subject', 'body', 'html', 'fallback'];
  const problems = names.flatMap((part) => checkTemplate(content[part] ?? '', { fieldKeys }).map((problem) => ({ part, ...problem })));
  const own = { ...content, fallback: undefined };
  const [marked, strict, fallback] = await renderBatch(
    [
      { content: own, variables, markGaps: true },
      { content: own, variables },
      { content: { body: content.fallback ?? '' }, variables, markGaps: true },
    ],
    deadlineMs,
  );
  const missing = strict && !strict.ok && strict.reason === 'missingVariable' ? strict.missing : [];
  if (!marked?.ok) {
    const error = marked?.reason === 'templateError' ? marked.message : 'The text could not be filled in.';
    return { subject: null, body: [], html: null, fallback: null, missing, problems, error };
  }
  return {
    subject: marked.subject === null ? null : splitMarks(marked.subject),
    body: splitMarks(marked.body),
    html: marked.html === null ? null : markHtml(marked.html),
    fallback: missing.length > 0 && content.fallback && fallback?.ok ? splitMarks(fallback.body) : null,
    missing,
    problems,
    error: null,
  };
}
