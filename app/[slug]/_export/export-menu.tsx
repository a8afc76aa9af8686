'use client';
/** Asks for a file in one of two forms, and has the browser fetch it. */
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Menu, MenuItem } from '#app/_ui/menu.tsx';
import { type ExportFormat, exportFormats } from '#server/domain/export.ts';
import { useExport } from './use-export.ts';

interface ExportMenuProps {
  slug: string;
  size?: 'sm' | 'md';
  /** Answers the address of the file, under this installation. */
  ask: (format: ExportFormat) => Promise<{ url: string }>;
}

export function ExportMenu({ slug, size = 'md', ask }: ExportMenuProps) {
  const t = useTranslations('exports');
  const { busy, fetchFile } = useExport(slug, ask);
  return (
    <Menu
      trigger={
        <Button size={size} busy={busy}>
          <Download aria-hidden="true" />
          {t('button')}
        </Button>
      }
    >
      {exportFormats.map((format) => (
        <MenuItem key={format} onSelect={() => void fetchFile(format)}>
          {t(format)}
        </MenuItem>
      ))}
    </Menu>
  );
}
