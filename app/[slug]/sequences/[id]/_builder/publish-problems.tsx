'use client';
/** Blocking problems, each leading to its step. */
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Problem } from '#server/domain/definition/problems.ts';
import { useBuilder } from './builder-context.tsx';
import { useProblemText } from './problem-list.tsx';

export function PublishProblems({ problems, onOpen }: { problems: readonly Problem[]; onOpen: (stepKey: string | null) => void }) {
  const t = useTranslations('sequences.publish');
  const { numbers } = useBuilder();
  const text = useProblemText();
  if (problems.length === 0) return null;
  return (
    <section>
      <h3 className="flex items-center gap-2 font-medium text-danger-text">
        <CircleAlert className="size-4" aria-hidden="true" />
        {t('problemsTitle', { count: problems.length })}
      </h3>
      <ul className="mt-2">
        {problems.map((problem) => {
          const position = problem.stepKey === null ? undefined : numbers.get(problem.stepKey);
          return (
            <li key={JSON.stringify(problem)} className="border-line border-b last:border-b-0">
              <button
                type="button"
                onClick={() => onOpen(problem.stepKey)}
                className="flex w-full gap-3 rounded-md px-2 py-2 text-left hover:bg-sunken"
              >
                <span className="w-20 shrink-0 text-muted">{position ? t('step', { position }) : t('whole')}</span>
                <span className="min-w-0 underline decoration-line-strong/60 underline-offset-4">{text(problem)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
