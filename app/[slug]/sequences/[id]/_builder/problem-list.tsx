'use client';
/** What keeps a plan from being published, in the reader's language. */
import { CircleAlert } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { Problem } from '#server/domain/definition/problems.ts';

export function useProblemText(): (problem: Problem) => string {
  const t = useTranslations('sequences.problems');
  const format = useFormatter();
  return ({ code, params }) => {
    const known = String(params?.['rules'] ?? '')
      .split(', ')
      .filter((rule) => t.has(`rules.${rule}` as 'rules.window'))
      .map((rule) => t(`rules.${rule}` as 'rules.window'));
    return t(code, { line: 1, what: '', ...params, rules: format.list(known, { type: 'conjunction' }) });
  };
}

export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const text = useProblemText();
  if (problems.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 rounded-md bg-danger-soft px-3 py-2 text-danger-text">
      {problems.map((problem) => (
        <li key={`${problem.code} ${problem.path} ${JSON.stringify(problem.params)}`} className="flex items-start gap-2">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {text(problem)}
        </li>
      ))}
    </ul>
  );
}
