'use client';
/** What to look at now, each with what to do about it; or, in words, that there is nothing. */
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { StateMark, type Tone, toneText } from '#app/_ui/state-mark.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { useDuration } from './use-duration.ts';

type Warning = inferRouterOutputs<AppRouter>['system']['health']['warnings'][number];

const grave: readonly Warning['code'][] = ['noWorker', 'channelFailing'];

export function SystemWarnings({ warnings }: { warnings: readonly Warning[] }) {
  const t = useTranslations('system');
  const duration = useDuration();
  if (warnings.length === 0) return <p className="text-muted">{t('warningsNone')}</p>;
  return (
    <ul className="flex flex-col gap-4">
      {warnings.map((warning) => {
        const tone: Tone = grave.includes(warning.code) ? 'failed' : 'waiting';
        return (
          <li key={`${warning.code} ${Object.values(warning.params).join(' ')}`} className="flex min-w-0 gap-3">
            <span className={`mt-1.5 shrink-0 ${toneText[tone]}`}>
              <StateMark tone={tone} className="size-2.5 text-current" />
            </span>
            <div className="min-w-0 max-w-2xl break-words">
              <div>{sentence(warning)}</div>
              <div className="text-muted">{t(`advice.${warning.code}`)}</div>
            </div>
          </li>
        );
      })}
    </ul>
  );

  function sentence({ code, params }: Warning): string {
    if (code === 'overdue') return t('warning.overdue', { duration: duration(params.seconds) });
    if (code === 'queueWaits') return t('warning.queueWaits', { queue: params.queue, duration: duration(params.seconds) });
    if (code !== 'workerClock') return t(`warning.${code}`, params);
    const direction = params.seconds > 0 ? 'ahead' : 'behind';
    return t('warning.workerClock', { host: params.host, seconds: Math.abs(params.seconds), direction });
  }
}
