'use client';
/** The contact's phone: what arrived on the left, what was answered on the right, the newest at the bottom. */
import { useTranslations } from 'next-intl';
import { Fragment, useEffect, useRef } from 'react';
import { cn } from '#app/_ui/class-names.ts';
import { DateTime } from '#app/_ui/date-time.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { Reply } from './contact-devices.tsx';
import { ReplyLine } from './reply-line.tsx';
import type { SandboxItem } from './sandbox-view.tsx';

interface PhoneProps {
  name: string;
  address: string | null;
  items: readonly SandboxItem[];
  loading: boolean;
  canReply: boolean;
  onReply: (reply: Reply) => Promise<void>;
}

export function Phone({ name, address, items, loading, canReply, onReply }: PhoneProps) {
  const t = useTranslations('sandbox');
  const last = items.at(-1);
  const choices = last?.direction === 'out' ? (last.options ?? []) : [];
  const answer = (text: string) => onReply({ text, ...(last ? { channelAccountId: last.channelAccountId } : {}) });
  return (
    <section aria-label={t('phone.of', { name })} className="mx-auto w-full max-w-[22.5rem]">
      <div className="rounded-[2.25rem] border border-line bg-sunken p-2 shadow-float">
        <div className="flex h-[min(40rem,calc(100dvh-17rem))] min-h-96 flex-col overflow-hidden rounded-[1.8rem] bg-paper">
          <div className="flex flex-col items-center gap-2 border-line border-b px-4 pt-3 pb-2.5">
            <span aria-hidden="true" className="h-1 w-16 rounded-full bg-pressed" />
            <p className="max-w-full truncate text-muted text-xs">{address ?? t('phone.noNumber')}</p>
          </div>
          <Conversation items={items} loading={loading} />
          {choices.length > 0 && canReply && (
            <div className="flex flex-wrap gap-2 px-3 pb-2">
              {choices.map((choice) => (
                <button
                  key={choice}
                  type="button"
                  onClick={() => void answer(choice).catch(() => undefined)}
                  className="max-w-full rounded-full border border-line-strong bg-raised px-3.5 py-1.5 text-left text-ink transition-colors hover:bg-sunken"
                >
                  {choice}
                </button>
              ))}
            </div>
          )}
          <ReplyLine label={t('phone.reply')} readOnlyReason={canReply ? null : t('readOnly')} onSend={answer} />
        </div>
      </div>
    </section>
  );
}

function Conversation({ items, loading }: { items: readonly SandboxItem[]; loading: boolean }) {
  const t = useTranslations('sandbox');
  const frame = useRef<HTMLDivElement>(null);
  const newest = items.at(-1)?.id;
  useEffect(() => {
    frame.current?.scrollTo({ top: frame.current.scrollHeight });
  }, [newest, loading]);
  return (
    // Focusable: a frame that scrolls must be reachable by keyboard
    <div
      ref={frame}
      role="log"
      aria-label={t('phone.messages')}
      tabIndex={0}
      className="-outline-offset-2 flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-3 py-4"
    >
      {loading && <Skeleton className="h-14 w-3/4" />}
      {!loading && items.length === 0 && <p className="m-auto max-w-56 text-center text-muted">{t('phone.empty')}</p>}
      {items.map((item, index) => (
        <Fragment key={item.id}>
          {dayOf(item) !== dayOf(items[index - 1]) && (
            <p className="py-1 text-center text-muted text-xs">
              <DateTime at={item.at} style="date" />
            </p>
          )}
          <div
            className={cn(
              'flex max-w-[85%] flex-col gap-1 rounded-[1.1rem] px-3.5 py-2',
              item.direction === 'in' ? 'self-end rounded-br-md bg-replied-soft' : 'self-start rounded-bl-md border border-line bg-raised',
            )}
          >
            <span className="sr-only">{item.direction === 'in' ? t('phone.fromContact') : t('phone.fromUs')}</span>
            <p className="whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{item.body}</p>
            <DateTime at={item.at} style="time" className="self-end text-muted text-xs" />
          </div>
        </Fragment>
      ))}
    </div>
  );
}

function dayOf(item: SandboxItem | undefined): string | null {
  return item ? new Date(item.at).toDateString() : null;
}
