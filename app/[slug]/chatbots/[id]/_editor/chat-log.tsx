'use client';
/** The bubbles of the test chat; the options of the last question can be pressed. */
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/class-names.ts';

export interface ChatLine {
  readonly from: 'bot' | 'me' | 'note';
  readonly text: string;
  readonly options?: readonly string[] | null;
}

interface ChatLogProps {
  lines: readonly ChatLine[];
  busy: boolean;
  onChoose: (option: string) => void;
  /** Shown while nothing has been said. */
  children: ReactNode;
}

export function ChatLog({ lines, busy, onChoose, children }: ChatLogProps) {
  const t = useTranslations('chatbots.test');
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.scrollTo({ top: frame.current.scrollHeight });
  }, [lines]);
  return (
    <div
      ref={frame}
      role="log"
      aria-label={t('log')}
      aria-busy={busy}
      // A frame that scrolls must be reachable by keyboard
      tabIndex={0}
      className="flex h-[22rem] flex-col gap-2 overflow-y-auto overscroll-contain p-4 lg:h-[min(28rem,calc(100dvh-30rem))] lg:min-h-56"
    >
      {lines.length === 0 && !busy && <div className="m-auto max-w-60 text-center text-muted">{children}</div>}
      {lines.map((line, index) => (
        <div key={index} className={cn('flex max-w-[88%] flex-col gap-1.5', line.from === 'me' ? 'items-end self-end' : 'items-start')}>
          {line.from === 'note' ? (
            <p className="text-muted text-xs">{line.text}</p>
          ) : (
            <p
              className={cn(
                'whitespace-pre-wrap break-words rounded-md px-3 py-2',
                line.from === 'me' ? 'bg-ink text-paper' : 'bg-sunken text-ink',
              )}
            >
              <span className="sr-only">{line.from === 'me' ? t('you') : t('bot')}: </span>
              {line.text}
            </p>
          )}
          {line.options && line.options.length > 0 && (
            <div className="flex flex-wrap gap-1.5">
              {line.options.map((option) => (
                <Button key={option} size="sm" disabled={busy} onClick={() => onChoose(option)} className="max-w-full">
                  <span className="truncate">{option}</span>
                </Button>
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  );
}
