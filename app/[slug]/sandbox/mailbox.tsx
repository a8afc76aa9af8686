'use client';
/** The contact's mailbox: mails with the newest first, one open below its head, and an answer to it. */
import { ArrowLeft, CornerUpLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DateTime } from '#app/_ui/date-time.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { Reply } from './contact-devices.tsx';
import { HtmlFrame } from '#app/_ui/html-frame.tsx';
import { ReplyLine } from './reply-line.tsx';
import type { SandboxItem } from './sandbox-view.tsx';

interface MailboxProps {
  address: string | null;
  items: readonly SandboxItem[];
  loading: boolean;
  canReply: boolean;
  onReply: (reply: Reply) => Promise<void>;
}

export function Mailbox({ address, items, loading, canReply, onReply }: MailboxProps) {
  const t = useTranslations('sandbox');
  const [openId, setOpenId] = useState<string | null>(null);
  const open = items.find((item) => item.id === openId) ?? null;
  return (
    <section
      aria-label={t('mailbox.title')}
      className="flex min-h-96 w-full flex-col overflow-hidden rounded-[1.25rem] border border-line bg-raised shadow-float"
    >
      <div className="flex min-h-12 items-center gap-2 border-line border-b px-4 py-2">
        {open ? (
          <IconButton label={t('mailbox.backToList')} onClick={() => setOpenId(null)} className="-ml-2">
            <ArrowLeft aria-hidden="true" />
          </IconButton>
        ) : (
          <p className="font-medium">{t('mailbox.inbox')}</p>
        )}
        <p className="ml-auto min-w-0 truncate text-muted text-xs">{address ?? t('mailbox.noAddress')}</p>
      </div>
      {open ? (
        <OpenMail key={open.id} mail={open} canReply={canReply} onReply={onReply} />
      ) : (
        <MailList items={items} loading={loading} onOpen={setOpenId} />
      )}
    </section>
  );
}

function MailList({ items, loading, onOpen }: { items: readonly SandboxItem[]; loading: boolean; onOpen: (id: string) => void }) {
  const t = useTranslations('sandbox');
  if (loading) return <Skeleton className="m-4 h-10" />;
  if (items.length === 0) return <p className="m-auto max-w-64 p-6 text-center text-muted">{t('mailbox.empty')}</p>;
  return (
    <ul>
      {items.toReversed().map((mail) => (
        <li key={mail.id} className="border-line border-b last:border-b-0">
          <button
            type="button"
            onClick={() => onOpen(mail.id)}
            className="-outline-offset-2 flex w-full flex-col gap-0.5 px-4 py-3 text-left transition-colors hover:bg-sunken"
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className="flex min-w-0 items-center gap-1.5 font-medium">
                {mail.direction === 'in' && <CornerUpLeft aria-label={t('mailbox.answered')} className="size-3.5 shrink-0 text-muted" />}
                <span className="truncate">{mail.subject ?? t('mailbox.noSubject')}</span>
              </span>
              <DateTime at={mail.at} className="shrink-0 text-muted text-xs" />
            </span>
            <span className="truncate text-muted text-xs">{mail.body || t('mailbox.onlyHtml')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function OpenMail({ mail, canReply, onReply }: { mail: SandboxItem; canReply: boolean; onReply: (reply: Reply) => Promise<void> }) {
  const t = useTranslations('sandbox');
  const subject = mail.subject ?? t('mailbox.noSubject');
  return (
    <article className="flex min-h-0 flex-1 flex-col">
      <header className="px-4 py-4">
        <h3 className="font-medium text-base">{subject}</h3>
        <p className="text-muted text-xs">
          {mail.direction === 'in' ? t('phone.fromContact') : t('phone.fromUs')} · <DateTime at={mail.at} />
        </p>
      </header>
      <div className="flex-1 px-4 pb-6">
        {mail.html ? (
          <HtmlFrame title={subject} html={mail.html} />
        ) : (
          <p className="max-w-prose whitespace-pre-wrap text-base [overflow-wrap:anywhere]">{mail.body}</p>
        )}
      </div>
      {mail.direction === 'out' && (
        <ReplyLine
          label={t('mailbox.reply')}
          readOnlyReason={canReply ? null : t('readOnly')}
          onSend={(text) =>
            onReply({ text, subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`, channelAccountId: mail.channelAccountId })
          }
        />
      )}
    </article>
  );
}
