'use client';
/** Takes a file, dropped or chosen, and sends it with its progress shown. */
import { CircleAlert, FileUp } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/class-names.ts';
import { Progress } from '#app/_ui/progress.tsx';
import { useFileProblemText } from './file-problem-text.ts';
import { sendFile } from './send-file.ts';

interface ChooseFileProps {
  slug: string;
  /** The file stays shown as being sent until this is done. */
  onUploaded: (uploadId: string) => Promise<void>;
  /** The file that is there, and may stay. */
  current?: { name: string; onKeep: () => void };
}

export function ChooseFile({ slug, onUploaded, current }: ChooseFileProps) {
  const t = useTranslations('imports.choose');
  const format = useFormatter();
  const problemText = useFileProblemText();
  const input = useRef<HTMLInputElement>(null);
  const aborter = useRef<AbortController>(undefined);
  const [over, setOver] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [sending, setSending] = useState<{ name: string; sent: number; total: number } | null>(null);
  useEffect(() => () => aborter.current?.abort(), []);
  const megabytes = (bytes: number) => format.number(bytes / 1_000_000, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });

  const send = async (file: File | undefined) => {
    if (!file) return;
    setError(null);
    setSending({ name: file.name, sent: 0, total: file.size });
    aborter.current = new AbortController();
    try {
      const onProgress = (sent: number, total: number) => setSending({ name: file.name, sent, total });
      await onUploaded(await sendFile({ slug, file, onProgress, signal: aborter.current.signal }));
    } catch (failure) {
      setError(problemText(failure) ?? t('failed'));
      setSending(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };

  return (
    <section aria-labelledby="choose-file" className="max-w-2xl">
      {current && (
        <div className="mb-6 flex flex-wrap items-center justify-between gap-3 border-line border-y py-3">
          <p className="min-w-0 break-words">{t('current', { name: current.name })}</p>
          <Button variant="primary" onClick={current.onKeep}>
            {t('keep')}
          </Button>
        </div>
      )}
      <h2 id="choose-file" className="mb-3 font-medium text-base">
        {t(current ? 'other' : 'title')}
      </h2>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          'flex min-h-56 flex-col items-center justify-center gap-3 rounded-md border border-line-strong border-dashed px-6 py-8 text-center transition-colors',
          over ? 'border-ink bg-sunken' : 'bg-raised',
        )}
      >
        {sending ? (
          <div className="w-full max-w-sm text-left">
            <Progress
              label={t('sending', { name: sending.name })}
              value={sending.sent}
              max={Math.max(sending.total, 1)}
              detail={t('sent', { done: megabytes(sending.sent), total: megabytes(sending.total) })}
            />
          </div>
        ) : (
          <>
            <FileUp className="size-6 text-muted" aria-hidden="true" />
            <p className="hidden sm:block">
              {t('drop')} {t('or')}
            </p>
            <Button variant={current ? 'secondary' : 'primary'} onClick={() => input.current?.click()}>
              {t('browse')}
            </Button>
            <p className="text-muted text-xs">{t('hint')}</p>
          </>
        )}
        <input
          ref={input}
          type="file"
          aria-label={t('browse')}
          accept=".csv,.tsv,.txt,.gz,text/csv,text/tab-separated-values,text/plain,application/gzip"
          className="hidden"
          onChange={(event) => {
            void send(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      {error && (
        <p role="alert" className="mt-3 flex items-start gap-2 text-danger-text">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {error}
        </p>
      )}
      <p className="mt-3 text-muted">{t('excel')}</p>
    </section>
  );
}
