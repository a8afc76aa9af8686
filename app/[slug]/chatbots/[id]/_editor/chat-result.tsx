'use client';
/** What a test chat has come to: how it ended, and what would stand on the contact. */
import { useTranslations } from 'next-intl';
import type { BotOutcome } from '#server/domain/chatbot/interpreter.ts';
import { Badge, StatusBadge } from '#app/_ui/badge.tsx';
import type { Tone } from '#app/_ui/state-mark.tsx';
import type { ContactField } from './chatbot-editor.tsx';

const tones: Record<BotOutcome, Tone> = { completed: 'sent', handoff: 'held', noAnswer: 'waiting', error: 'failed' };

interface ChatResultProps {
  outcome: BotOutcome | null;
  values: Readonly<Record<string, string | number>>;
  fields: readonly ContactField[];
}

export function ChatResult({ outcome, values, fields }: ChatResultProps) {
  const t = useTranslations('chatbots');
  const labelOf = (target: string) => {
    const key = target.replace(/^contact\.(fields\.)?/, '');
    if (!target.startsWith('contact.fields.')) return t(`targets.${key as 'name'}`);
    return fields.find((field) => field.key === key)?.label ?? key;
  };
  const entries = Object.entries(values);
  return (
    <dl className="flex flex-col gap-3 border-line border-t p-4">
      <div className="flex items-center justify-between gap-3" aria-live="polite">
        <dt className="text-muted text-xs">{t('test.outcome')}</dt>
        <dd>
          {outcome ? <StatusBadge tone={tones[outcome]}>{t(`outcomes.${outcome}`)}</StatusBadge> : <Badge>{t('test.running')}</Badge>}
        </dd>
      </div>
      <div>
        <dt className="text-muted text-xs">{t('test.fields')}</dt>
        <dd className="mt-1">
          {entries.length === 0 ? (
            <span className="text-muted">{t('test.nothingSet')}</span>
          ) : (
            <ul className="flex flex-col gap-1">
              {entries.map(([target, value]) => (
                <li key={target} className="flex flex-wrap justify-between gap-x-3">
                  <span className="text-muted">{labelOf(target)}</span>
                  <span className="min-w-0 break-words text-right">{String(value)}</span>
                </li>
              ))}
            </ul>
          )}
        </dd>
      </div>
    </dl>
  );
}
