'use client';
/** A text to carry elsewhere: a link, a key. Shown whole to be selected by hand, copied by the button. */
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from './button.tsx';
import { inputStyle } from './input-style.ts';
import { cn } from './class-names.ts';

export function CopyField({ label, value }: { label: string; value: string }) {
  const t = useTranslations('common');
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  async function copy() {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Without https the browser gives no clipboard: copy what is selected.
      document.execCommand('copy');
    }
    setCopied(true);
  }

  return (
    <div className="flex gap-2">
      <input
        ref={field}
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        className={cn(inputStyle, 'h-9 font-mono text-xs')}
      />
      <Button onClick={() => void copy()}>
        {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
      </Button>
    </div>
  );
}
