'use client';
/** A problem of a flow, in the reader's language. */
import { useTranslations } from 'next-intl';
import type { FlowProblem } from '#server/domain/chatbot/validate-flow.ts';

export function useProblemText(): (problem: FlowProblem) => string {
  const t = useTranslations('chatbots.problems');
  return ({ code, params = {} }) => {
    const text = (name: string) => String(params[name] ?? '');
    switch (code) {
      case 'textError':
        return t(code, { message: text('message') });
      case 'emptyOption':
        return t(code, { option: text('option') });
      case 'duplicateOption':
        return t(code, { label: text('label') });
      case 'unknownField':
        return t(code, { field: text('field') });
      default:
        return t(code);
    }
  };
}
