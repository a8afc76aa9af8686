/** How a step can end, for steps that can end in several ways. */
import type { Step } from './schema.ts';

export const chatbotOutcomes = ['completed', 'noAnswer', 'handoff', 'error'] as const;

/** The outcomes that may carry a path; none for steps that simply happen. A branch's own names come before `otherwise`. */
export function outcomesOf(step: Step): readonly string[] {
  switch (step.type) {
    case 'chatbot':
      return chatbotOutcomes;
    case 'waitFor':
      return ['happened', 'timedOut'];
    case 'branch':
      return [...step.branch.conditions.map((condition) => condition.outcome), 'otherwise'];
    case 'split':
      return step.split.variants.map((variant) => variant.outcome);
    case 'task':
      return ['done', 'skipped', 'timedOut'];
    case 'webhook':
      return ['ok', 'failed'];
    case 'message':
    case 'update':
    case 'exit':
      return [];
  }
}
