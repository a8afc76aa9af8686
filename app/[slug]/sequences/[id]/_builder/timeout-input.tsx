'use client';
/** How long a bot waits for an answer. */
import { useTranslations } from 'next-intl';
import { MinutesInput } from '../../_timing/minutes-input.tsx';
import { useBuilder } from './builder-context.tsx';

const longestMinutes = 43_200;

export function TimeoutInput({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const t = useTranslations('sequences.panel');
  const { mayEdit } = useBuilder();
  return (
    <MinutesInput
      label={t('timeout')}
      hint={t('timeoutHint')}
      minutes={minutes}
      longest={longestMinutes}
      onChange={onChange}
      disabled={!mayEdit}
    />
  );
}
