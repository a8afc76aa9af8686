'use client';
/** Everything about one step, edited beside the line. */
import { useLocale, useTranslations } from 'next-intl';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { Step } from '#server/domain/definition/schema.ts';
import { TimingEditor } from '../../_timing/timing-editor.tsx';
import { waitSentence } from '../../_timing/wait-sentence.ts';
import { useBuilder } from './builder-context.tsx';
import { ChatbotEditor } from './chatbot-editor.tsx';
import { ExitEditor } from './exit-editor.tsx';
import { MessageEditor } from './message-editor.tsx';
import { ProblemList } from './problem-list.tsx';
import { StepLimits } from './step-limits.tsx';

export function StepPanel({ step }: { step: Step }) {
  const t = useTranslations('sequences.panel');
  const time = useTranslations('time');
  const locale = useLocale();
  const { mayEdit, changeStep, problems, fields, definition, sequence } = useBuilder();
  const fieldLabel = (key: string) => fields.find((field) => field.key === key)?.label ?? key;
  const dateFields = fields.filter((field) => field.kind === 'date');
  return (
    <fieldset disabled={!mayEdit} className="flex min-w-0 flex-col gap-6">
      <ProblemList problems={problems.filter((problem) => problem.stepKey === step.key)} />
      <section className="flex flex-col gap-2">
        <h3 className="font-medium">{t('wait')}</h3>
        <TimingEditor
          value={step.timing}
          onChange={(timing) => changeStep(step.key, (before) => ({ ...before, timing }))}
          ifPast={step.ifPast}
          onIfPastChange={(ifPast) => changeStep(step.key, (before) => ({ ...before, ifPast }))}
          dateFields={dateFields}
          sentence={waitSentence(step, { t: time, locale, fieldLabel, zone: definition.zone, workspaceZone: sequence.planning.timeZone })}
          disabled={!mayEdit}
        />
        <StepLimits step={step} />
      </section>
      <ContentOf step={step} />
      <Field label={t('name')} hint={t('nameHint')}>
        <Input
          maxLength={120}
          value={step.name ?? ''}
          onValueChange={(name) => changeStep(step.key, ({ name: _before, ...rest }) => (name ? { ...rest, name } : rest) as Step)}
        />
      </Field>
    </fieldset>
  );
}

function ContentOf({ step }: { step: Step }) {
  const t = useTranslations('sequences.panel');
  switch (step.type) {
    case 'message':
      return <MessageEditor step={step} />;
    case 'chatbot':
      return <ChatbotEditor step={step} />;
    case 'exit':
      return <ExitEditor step={step} />;
    default:
      return <p className="text-muted">{t('unsupported')}</p>;
  }
}
