'use client';
/** The page of a contact: details and enrolments beside the history. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Download, Ellipsis, Pencil, ShieldX, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { Section } from '#app/_ui/section.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { downloadJson } from '../../_export/download.ts';
import { EnrolDialog } from '../../_enrolment/enrol-dialog.tsx';
import { ContactSheet } from '../_form/contact-sheet.tsx';
import { ContactConsent } from './contact-consent.tsx';
import { ContactConversations, type Conversations } from './contact-conversations.tsx';
import { ContactDetails } from './contact-details.tsx';
import { ContactEnrolments } from './contact-enrolments.tsx';
import { ContactTimeline } from './contact-timeline.tsx';
import { EraseDialog } from './erase-dialog.tsx';

type Outputs = inferRouterOutputs<AppRouter>;
export type Contact = Outputs['contacts']['get'];
export type Timeline = Outputs['contacts']['timeline'];
export type Enrolments = Outputs['enrolments']['list'];

interface ContactViewProps {
  slug: string;
  contact: Contact;
  timeline: Timeline;
  enrolments: Enrolments;
  conversations: Conversations;
  fields: Outputs['contacts']['fields']['items'];
  mayEdit: boolean;
  /** May take the person's data out, and erase the person. */
  mayErase: boolean;
}

export function ContactView({ slug, contact: loaded, timeline, enrolments, conversations, fields, mayEdit, mayErase }: ContactViewProps) {
  const t = useTranslations('contacts');
  const privacy = useTranslations('privacy');
  const api = useApi();
  const queries = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  const [open, setOpen] = useState<'edit' | 'enrol' | 'delete' | 'erase' | null>(null);
  const { data: contact } = useQuery(api.contacts.get.queryOptions({ id: loaded.id }, { initialData: loaded }));
  const remove = useMutation(api.contacts.delete.mutationOptions({ onError: (error) => void toast.error(errorText(error)) }));
  const close = () => setOpen(null);
  const path = `/${slug}/contacts`;
  const exportPerson = useMutation(
    api.contacts.exportPerson.mutationOptions({
      onError: (error) => void toast.error(errorText(error)),
      onSuccess: (person) => {
        downloadJson(person, `${privacy('fileName')}.json`);
        toast.success(privacy('downloaded'));
      },
    }),
  );
  const leave = () => {
    router.push(path);
    queries.removeQueries({ queryKey: api.contacts.pathKey() });
  };
  const confirmDelete = async () => {
    await remove.mutateAsync({ id: contact.id });
    toast.success(t('bulk.deleted', { count: 1 }));
    leave();
  };
  return (
    <>
      <PageHeader
        back={<TextLink href={path}>{t('page.back')}</TextLink>}
        title={contact.name ?? contact.phone ?? contact.email ?? t('unnamed')}
        badge={contact.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}
        actions={
          mayEdit && (
            <>
              <Button onClick={() => setOpen('edit')}>
                <Pencil aria-hidden="true" />
                {t('page.edit')}
              </Button>
              <Button variant="primary" onClick={() => setOpen('enrol')}>
                {t('page.enrol')}
              </Button>
              <Menu
                trigger={
                  <IconButton label={t('page.more')} size="md">
                    <Ellipsis aria-hidden="true" />
                  </IconButton>
                }
              >
                <MenuItem destructive icon={<Trash2 aria-hidden="true" />} onSelect={() => setOpen('delete')}>
                  {t('page.delete')}
                </MenuItem>
                {mayErase && (
                  <>
                    <MenuSeparator />
                    <MenuItem icon={<Download aria-hidden="true" />} onSelect={() => exportPerson.mutate({ id: contact.id })}>
                      {privacy('download')}
                    </MenuItem>
                    <MenuItem destructive icon={<ShieldX aria-hidden="true" />} onSelect={() => setOpen('erase')}>
                      {privacy('erase')}
                    </MenuItem>
                  </>
                )}
              </Menu>
            </>
          )
        }
      />
      <div className="grid gap-x-12 gap-y-2 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <div>
          <Section title={t('page.details')}>
            <ContactDetails contact={contact} fields={fields} />
          </Section>
          <Section title={t('page.enrolments')}>
            <ContactEnrolments slug={slug} contactId={contact.id} zone={contact.timeZone} firstPage={enrolments} mayEdit={mayEdit} />
          </Section>
          <Section title={privacy('title')}>
            <ContactConsent slug={slug} contact={contact} mayEdit={mayEdit} />
          </Section>
          <Section title={t('conversations.title')}>
            <ContactConversations slug={slug} contact={contact} firstPage={conversations} mayEdit={mayEdit} />
          </Section>
        </div>
        <Section title={t('page.timeline')} className="border-t lg:border-t-0 lg:pt-0">
          <ContactTimeline slug={slug} contactId={contact.id} zone={contact.timeZone} firstPage={timeline} />
        </Section>
      </div>
      {open === 'edit' && <ContactSheet slug={slug} contact={contact} onClose={close} onSaved={() => router.refresh()} />}
      {open === 'enrol' && <EnrolDialog slug={slug} target={{ contactIds: [contact.id] }} count={1} onClose={close} />}
      {open === 'erase' && <EraseDialog contactId={contact.id} onClose={close} onErased={leave} />}
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={(next) => !next && close()}
        title={t('bulk.deleteTitle', { count: 1 })}
        description={t('bulk.deleteDescription')}
        confirmLabel={t('page.delete')}
        destructive
        onConfirm={confirmDelete}
      />
    </>
  );
}
