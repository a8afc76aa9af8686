/** Renders the messages of a batch with the latest texts of their steps. */
import { z } from 'zod';
import type { SendingAccount } from '#db/queries/sending-accounts.ts';
import type { SequenceState, StepContentRow } from '#db/queries/sequence-plans.ts';
import { messageContentSchema } from '#server/domain/definition/schema.ts';
import type { Content } from '#server/domain/template/render.ts';
import type { TemplateVariables } from '#server/domain/template/variables.ts';
import type { DecidedEnrolment } from './claim-batch.ts';
import type { Engine } from './engine.ts';

export interface RenderedStep {
  readonly one: DecidedEnrolment;
  readonly channelAccountId: string;
  readonly address: string;
  readonly text: { readonly subject: string | null; readonly body: string; readonly html: string | null };
}

/** A step that sends nothing now: a text that cannot be rendered becomes a skip, with what a person should know. */
export interface UndoneStep extends DecidedEnrolment {
  readonly errorText?: string;
}

const contentSchema = z.object(messageContentSchema.omit({ channelAccountId: true, templateId: true }).shape);

export async function renderSteps(
  engine: Pick<Engine, 'render'>,
  state: SequenceState,
  decided: readonly DecidedEnrolment[],
  contents: readonly StepContentRow[],
  accounts: ReadonlyMap<string, SendingAccount>,
): Promise<{ ready: RenderedStep[]; unready: UndoneStep[] }> {
  const latest = new Map(contents.map(({ stepKey, content }) => [stepKey, contentSchema.parse(content) as Content]));
  const toRender = decided.flatMap((one) => {
    if (one.decision.kind !== 'send') return [];
    const { step, address } = one.decision;
    const channelAccountId = step.message.channelAccountId;
    const content = latest.get(step.key) ?? step.message;
    const variables = variablesOf(one, state, accounts.get(channelAccountId)?.name ?? '');
    return [{ one, step, address, channelAccountId, job: { content, variables } }];
  });
  const rendered = await engine.render(toRender.map(({ job }) => job));
  const ready: RenderedStep[] = [];
  const unready: UndoneStep[] = [];
  toRender.forEach(({ one, step, address, channelAccountId }, index) => {
    const text = rendered[index];
    if (text?.ok) {
      ready.push({ one, address, channelAccountId, text: { subject: text.subject, body: text.body, html: text.html } });
      return;
    }
    const reason = text?.reason ?? 'templateError';
    const errorText = text?.reason === 'missingVariable' ? text.missing.join(', ') : (text?.message ?? '');
    unready.push({ ...one, decision: { kind: 'skip', step, reason }, errorText });
  });
  return { ready, unready };
}

function variablesOf({ row }: DecidedEnrolment, state: SequenceState, senderName: string): TemplateVariables {
  const { name, email, phone, locale, timeZone, fields } = row;
  return {
    contact: { name, email, phone, locale, timeZone, fields },
    sequence: { name: state.name },
    sender: { name: senderName },
    enrolment: { startedAt: row.startedAt },
    workspace: { name: state.workspaceName },
  };
}
