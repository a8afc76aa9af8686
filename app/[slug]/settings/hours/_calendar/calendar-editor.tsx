'use client';
/** A holiday calendar: places and own dates on one side, the dates that they close on the other. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { calendarContentSchema } from '#server/domain/calendar/schema.ts';
import { useRulesErrorText } from '../rules-error-text.ts';
import { type CalendarDraft, withDates, withoutDate } from './calendar-draft.ts';
import { DeleteCalendar } from './delete-calendar.tsx';
import { HolidayList } from './holiday-list.tsx';
import { OwnDates } from './own-dates.tsx';
import { PlaceFields } from './place-fields.tsx';

type Outputs = inferRouterOutputs<AppRouter>['calendars'];
type Calendar = Outputs['get'];
export type Place = Outputs['places']['items'][number];

interface CalendarEditorProps {
  slug: string;
  /** Null: a new one. */
  calendar: Calendar | null;
  countries: readonly Place[];
  /** The country of the workspace. */
  home: string;
  mayChange: boolean;
}

export function CalendarEditor({ slug, calendar, countries, home, mayChange }: CalendarEditorProps) {
  const t = useTranslations('calendars');
  const api = useApi();
  const router = useRouter();
  const queries = useQueryClient();
  const errorText = useRulesErrorText();
  const begin: CalendarDraft = calendar ?? { name: '', content: calendarContentSchema.parse({ country: home }) };
  const [{ name, content }, setDraft] = useState<CalendarDraft>({ name: begin.name, content: begin.content });
  const [isNameMissing, setNameMissing] = useState(false);
  const list = `/${slug}/settings/hours`;
  const settled = (word: 'created' | 'saved') => ({
    onSuccess: async () => {
      toast.success(t(word));
      await queries.invalidateQueries(api.calendars.pathFilter());
      router.push(list);
      router.refresh();
    },
    onError: (error: unknown) => toast.error(errorText(error)),
  });
  const create = useMutation(api.calendars.create.mutationOptions(settled('created')));
  const update = useMutation(api.calendars.update.mutationOptions(settled('saved')));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setNameMissing(name.trim() === '');
    if (name.trim() === '') return;
    if (calendar) update.mutate({ id: calendar.id, revision: calendar.revision, name, ...content });
    else create.mutate({ name, ...content });
  };
  const setContent = (next: CalendarDraft['content']) => setDraft({ name, content: next });
  return (
    <div className="flex flex-col gap-5">
      <div>
        <TextLink href={list} className="inline-flex items-center gap-1.5 font-normal text-muted">
          <ArrowLeft className="size-4" aria-hidden="true" />
          {t('back')}
        </TextLink>
        <h2 className="mt-2 font-medium text-base">{calendar ? calendar.name : t('new')}</h2>
      </div>
      <form onSubmit={submit} className="grid gap-x-10 gap-y-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <fieldset disabled={!mayChange} className="flex min-w-0 flex-col gap-6">
          <Field label={t('name')} error={isNameMissing ? t('nameMissing') : undefined}>
            <Input
              value={name}
              maxLength={80}
              placeholder={t('namePlaceholder')}
              onValueChange={(text) => {
                setNameMissing(false);
                setDraft({ name: text, content });
              }}
            />
          </Field>
          <PlaceFields content={content} countries={countries} onChange={setContent} disabled={!mayChange} />
          <OwnDates
            dates={content.dates}
            onAdd={(dates) => setContent(withDates(content, dates))}
            onRemove={(date) => setContent(withoutDate(content, date))}
            disabled={!mayChange}
          />
        </fieldset>
        <HolidayList content={content} onChange={setContent} disabled={!mayChange} />
        {mayChange && (
          <div className="sticky bottom-14 z-20 -mx-4 flex flex-wrap items-center gap-3 border-line border-t bg-paper px-4 py-3 sm:-mx-8 sm:px-8 md:bottom-0 lg:col-span-2 lg:mx-0 lg:px-0">
            <Button type="submit" variant="primary" busy={create.isPending || update.isPending}>
              {calendar ? t('save') : t('create')}
            </Button>
            {calendar && calendar.sequences.length > 0 && (
              <p className="text-muted text-xs">{t('effect', { count: calendar.sequences.length })}</p>
            )}
            <span className="flex-1" />
            {calendar && <DeleteCalendar slug={slug} calendar={calendar} />}
          </div>
        )}
      </form>
    </div>
  );
}
