'use client';
/** One mark on a contact's beat line: a message with its state, what happened to an enrolment, and why, an import, or a merge. */
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { StatusBadge } from '#app/_ui/badge.tsx';
import { BeatItem } from '#app/_ui/beat-line.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import type { Tone } from '#app/_ui/state-mark.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { ReasonSentence } from '../../sequences/_timing/reason-sentence.tsx';
import type { Timeline } from './contact-view.tsx';
import { ImportDeeds } from './import-deeds.tsx';
import { MergeNote } from './merge-note.tsx';

type Item = Timeline['items'][number];

interface TimelineItemProps {
  slug: string;
  item: Item;
  zone: string;
  first: boolean;
  last: boolean;
}

const messageTones: Record<string, Tone> = {
  queued: 'waiting',
  sending: 'waiting',
  accepted: 'sent',
  sent: 'sent',
  delivered: 'sent',
  read: 'sent',
  failed: 'failed',
  unknown: 'held',
  skipped: 'neutral',
  canceled: 'neutral',
  received: 'replied',
};
const eventTones: Record<string, Tone> = { failed: 'failed', unknown: 'held', paused: 'held', held: 'held', rescheduled: 'waiting' };

export function TimelineItem({ slug, item, zone, first, last }: TimelineItemProps) {
  const tone = item.message ? (messageTones[item.message.state] ?? 'neutral') : (eventTones[item.event?.kind ?? ''] ?? 'neutral');
  return (
    <BeatItem tone={tone} time={<DateTime at={item.at} zone={zone} />} first={first} last={last}>
      {item.message ? (
        <Message slug={slug} item={item} message={item.message} tone={tone} zone={zone} />
      ) : item.event ? (
        <Event slug={slug} item={item} event={item.event} zone={zone} />
      ) : item.kind === 'import' && item.import ? (
        <ImportDeeds slug={slug} deeds={item.import} />
      ) : item.merge ? (
        <MergeNote merge={item.merge} />
      ) : (
        <Created slug={slug} by={item.import} />
      )}
    </BeatItem>
  );
}

function Created({ slug, by }: { slug: string; by: Item['import'] }) {
  const t = useTranslations('contacts.timeline');
  return by ? <ImportDeeds slug={slug} deeds={by} /> : <p>{t('created')}</p>;
}

interface MessageProps {
  slug: string;
  item: Item;
  message: NonNullable<Item['message']>;
  tone: Tone;
  zone: string;
}

function Message({ slug, item, message, tone, zone }: MessageProps) {
  const t = useTranslations('contacts.timeline');
  const state = `states.${message.state}` as 'states.sent';
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <StatusBadge tone={tone}>{t.has(state) ? t(state) : message.state}</StatusBadge>
        <span className="text-muted">{t('via', { channel: message.channel.name })}</span>
        {item.sequence && <TextLink href={`/${slug}/sequences/${item.sequence.id}`}>{item.sequence.name}</TextLink>}
      </p>
      <div className="max-w-2xl rounded-md border border-line bg-raised px-3 py-2">
        {message.subject && <p className="mb-1 font-medium">{message.subject}</p>}
        <p className="whitespace-pre-line break-words">{message.body}</p>
      </div>
      {message.reason && <SkipReason reason={message.reason} />}
      {message.errorText && <p className="text-danger-text text-xs">{message.errorText}</p>}
      <ReasonSentence from={item.fromAt} reasons={item.reasons} zone={zone} />
    </div>
  );
}

interface EventProps {
  slug: string;
  item: Item;
  event: NonNullable<Item['event']>;
  zone: string;
}

function Event({ slug, item, event, zone }: EventProps) {
  const t = useTranslations('contacts');
  const recorded = event.kind === 'recorded' ? recordedName(event.details) : null;
  if (recorded !== null) return <p>{t('timeline.recorded', { name: recorded })}</p>;
  const known = `timeline.events.${event.kind}` as 'timeline.events.other';
  const exit = item.reasons[0] ? (`enrolments.exits.${item.reasons[0]}` as 'enrolments.exits.removed') : null;
  const name: ReactNode = item.sequence && <TextLink href={`/${slug}/sequences/${item.sequence.id}`}>{item.sequence.name}</TextLink>;
  return (
    <div className="flex flex-col gap-0.5">
      <p>
        {t.rich(t.has(known) ? known : 'timeline.events.other', { sequence: () => name })}
        {event.actorName && <span className="text-muted"> {t('timeline.by', { name: event.actorName })}</span>}
      </p>
      {event.kind === 'exited' && exit && t.has(exit) && <p className="text-muted text-xs">{t(exit)}</p>}
      {event.kind === 'skipped' && item.reasons.map((reason) => <SkipReason key={reason} reason={reason} />)}
      {event.kind === 'rescheduled' && <ReasonSentence from={item.fromAt} reasons={item.reasons} zone={zone} />}
    </div>
  );
}

function recordedName(details: unknown): string {
  return typeof details === 'object' && details !== null && 'name' in details ? String(details.name) : '';
}

function SkipReason({ reason }: { reason: string }) {
  const t = useTranslations('contacts.timeline');
  const key = `skips.${reason}` as 'skips.past';
  return t.has(key) ? <p className="text-muted text-xs">{t('because', { reason: t(key) })}</p> : null;
}
