'use client';
/** What a step of an enrolment's plan is called: its own words, else what it is. */
import { useTranslations } from 'next-intl';
import type { EnrolmentDetails } from './enrolment-types.ts';

const LONGEST = 48;

export function useStepName({ plan }: Pick<EnrolmentDetails, 'plan'>): (stepKey: string | null, stepNumber: number | null) => string {
  const t = useTranslations('enrolments');
  const time = useTranslations('time');
  return (stepKey, stepNumber) => {
    const step = plan.find((one) => one.stepKey === stepKey);
    if (!step) return t('timeline.unnamedStep', { number: stepNumber ?? 0 });
    if (!step.title) return time(`simulation.types.${step.type as 'message'}`);
    return step.title.length > LONGEST ? `${step.title.slice(0, LONGEST - 1)}…` : step.title;
  };
}
