'use client';
/** Where the contact types. Enter sends, Shift+Enter begins a new line; what failed to leave stays. */
import { SendHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { IconButton } from '#app/_ui/icon-button.tsx';

interface ReplyLineProps {
  label: string;
  /** Why nothing can be typed; null when it can. */
  readOnlyReason: string | null;
  onSend: (text: string) => Promise<void>;
}

export function ReplyLine({ label, readOnlyReason, onSend }: ReplyLineProps) {
  const t = useTranslations('sandbox');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  if (readOnlyReason) return <p className="border-line border-t px-4 py-3 text-center text-muted text-xs">{readOnlyReason}</p>;
  const send = async () => {
    const words = text.trim();
    if (!words || busy) return;
    setBusy(true);
    try {
      await onSend(words);
      setText('');
    } catch {
      // Whoever sends has said why; the text stays.
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <form onSubmit={onSubmit} className="flex items-end gap-1.5 border-line border-t p-2.5">
      <textarea
        rows={1}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-32 min-h-9 min-w-0 flex-1 resize-none rounded-[1.1rem] border border-line-strong bg-raised px-3.5 py-1.5 text-base text-ink placeholder:text-muted focus-visible:outline-offset-0 sm:text-sm"
      />
      <IconButton type="submit" label={t('send')} size="md" disabled={busy || text.trim() === ''}>
        <SendHorizontal aria-hidden="true" />
      </IconButton>
    </form>
  );
}
