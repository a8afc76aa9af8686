'use client';
/** The end of an enrolment, with a reason for the people's timelines. */
import { useTranslations } from 'next-intl';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { Step } from '#server/domain/definition/schema.ts';
import { useBuilder } from './builder-context.tsx';

type ExitStep = Extract<Step, { type: 'exit' }>;

export function ExitEditor({ step }: { step: ExitStep }) {
  const t = useTranslations('sequences.panel');
  const { changeStep } = useBuilder();
  const change = (reason: string) =>
    changeStep(step.key, (before) => {
      if (before.type !== 'exit') return before;
      const { exit: _before, ...rest } = before;
      return reason ? { ...rest, exit: { reason } } : rest;
    });
  return (
    <section className="flex flex-col gap-3">
      <p className="text-muted">{t('exitText')}</p>
      <Field label={t('exitReason')} hint={t('exitReasonHint')}>
        <Input maxLength={120} value={step.exit?.reason ?? ''} onValueChange={change} />
      </Field>
    </section>
  );
}
