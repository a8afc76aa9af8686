'use client';
/** What is not chosen between: it stays of all of them, by a rule that stands beside it. */
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '#app/_ui/badge.tsx';
import { cn } from '#app/_ui/class-names.ts';
import { DateTime } from '#app/_ui/date-time.tsx';
import { longestNotes } from '#server/domain/contact/schema.ts';
import type { Group } from './duplicate-list.tsx';
import { type Candidate, merging, type MergeChoice } from './merge-choice.ts';

interface RecordRowsProps {
  group: Group;
  choice: MergeChoice;
}

export function RecordRows({ group, choice }: RecordRowsProps) {
  const t = useTranslations('duplicates');
  const tForm = useTranslations('contacts.form');
  const tPrivacy = useTranslations('privacy');
  const any = (has: (contact: Candidate) => boolean) => group.contacts.some(has);
  const channel = (kind: string) => (tPrivacy.has(`kinds.${kind}` as 'kinds.smtp') ? tPrivacy(`kinds.${kind}` as 'kinds.smtp') : kind);
  const notes = merging(group, choice).flatMap((contact) => contact.notes ?? []);
  const isTooLong = notes.join('\n\n').length > longestNotes;
  return (
    <>
      {any(({ notes: own }) => own !== null) && (
        <RecordRow {...{ group, choice }} label={tForm('notes')} rule={isTooLong ? t('notesCut', { most: longestNotes }) : t('notesStay')}>
          {({ notes: own }) => own !== null && <span className="line-clamp-6 whitespace-pre-line break-words">{own}</span>}
        </RecordRow>
      )}
      <RecordRow {...{ group, choice }} label={t('tags')} rule={t('tagsStay')}>
        {({ tags }) => (
          <span className="flex flex-wrap gap-1">
            {tags.map((tag) => (
              <Badge key={tag} className="max-w-32">
                <span className="truncate">{tag}</span>
              </Badge>
            ))}
          </span>
        )}
      </RecordRow>
      {any(({ consents }) => consents.length > 0) && (
        <RecordRow {...{ group, choice }} label={tPrivacy('title')} rule={t('consentsStay')}>
          {({ consents }) => (
            <ul className="flex flex-col gap-2">
              {consents.map(({ channelKind, status, source, at }) => (
                <li key={channelKind}>
                  <span className={cn('block', status === 'withdrawn' && 'text-failed')}>
                    {tPrivacy(status, { channel: channel(channelKind) })}
                  </span>
                  <span className="block break-words text-muted text-xs">
                    {tPrivacy.rich('since', { source, at: () => <DateTime at={at} style="date" /> })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </RecordRow>
      )}
      {any(({ optOuts }) => optOuts.length > 0) && (
        <RecordRow {...{ group, choice }} label={t('optOuts')} rule={t('optOutsStay')}>
          {({ optOuts }) => (
            <ul className="flex flex-col gap-1">
              {optOuts.map(({ channelKind, at }) => (
                <li key={channelKind}>
                  {channel(channelKind)}
                  <span className="block text-muted text-xs">
                    <DateTime at={at} style="date" />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </RecordRow>
      )}
    </>
  );
}

interface RecordRowProps extends RecordRowsProps {
  label: string;
  /** What becomes of it. */
  rule: string;
  children: (contact: Candidate) => ReactNode;
}

function RecordRow({ group, choice, label, rule, children }: RecordRowProps) {
  return (
    <tr>
      <RowHead>
        {label} <span className="block text-muted text-xs">{rule}</span>
      </RowHead>
      {group.contacts.map((contact) => (
        <td key={contact.id} className={cn('border-line border-b px-2 py-2 align-top', !choice.included.has(contact.id) && 'text-muted')}>
          {children(contact)}
        </td>
      ))}
    </tr>
  );
}

export function RowHead({ children }: { children: ReactNode }) {
  return (
    <th
      scope="row"
      className="sticky left-0 z-10 w-24 min-w-20 max-w-40 break-words border-line border-b bg-paper py-2 pr-2 align-top font-normal text-muted"
    >
      {children}
    </th>
  );
}
