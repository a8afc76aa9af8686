'use client';
/** Makes an invitation and shows its link, this once. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { CopyField } from '#app/_ui/copy-field.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { Role } from '#server/domain/roles.ts';
import { RoleSelect } from './role-select.tsx';

export function InviteDialog({ mayInviteOwner, onInvited }: { mayInviteOwner: boolean; onInvited: () => Promise<unknown> }) {
  const t = useTranslations('settings.invitations');
  const tField = useTranslations('auth.fields');
  const errorText = useErrorText();
  const api = useApi();
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [tried, setTried] = useState(false);
  const invite = useMutation(api.members.invite.mutationOptions({ onSuccess: onInvited }));
  const emailLooksRight = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email.trim());

  function change(next: boolean) {
    setOpen(next);
    if (!next) return;
    setEmail('');
    setRole('editor');
    setTried(false);
    invite.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (emailLooksRight) invite.mutate({ email, role });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      trigger={<Button variant="primary">{t('invite')}</Button>}
      title={invite.data ? t('linkTitle') : t('inviteTitle')}
      description={invite.data ? t('linkDescription', { email }) : t('inviteDescription')}
      footer={
        invite.data ? (
          <Button onClick={() => setOpen(false)}>{t('done')}</Button>
        ) : (
          <Button type="submit" form={formId} variant="primary" busy={invite.isPending}>
            {t('create')}
          </Button>
        )
      }
    >
      {invite.data ? (
        <CopyField label={t('link')} value={`${window.location.origin}/invite/${invite.data.token}`} />
      ) : (
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field
            label={t('email')}
            error={invite.error ? errorText(invite.error) : tried && !emailLooksRight ? tField('email') : undefined}
          >
            <Input type="email" autoComplete="off" value={email} onChange={(event) => setEmail(event.target.value)} />
          </Field>
          <Field label={t('role')}>
            <RoleSelect value={role} onChange={setRole} allowOwner={mayInviteOwner} />
          </Field>
        </form>
      )}
    </Dialog>
  );
}
