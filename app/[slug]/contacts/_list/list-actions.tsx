'use client';
/** Where one goes from the list, and what one makes. On a phone all but the making stands behind one button. */
import { CopyX, Download, Ellipsis, History, Plus, Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#app/_ui/menu.tsx';
import { type ExportFormat, exportFormats } from '#server/domain/export.ts';
import { ExportMenu } from '../../_export/export-menu.tsx';
import { useExport } from '../../_export/use-export.ts';

interface ListActionsProps {
  slug: string;
  mayEdit: boolean;
  /** There is something to export. */
  hasRows: boolean;
  askExport: (format: ExportFormat) => Promise<{ url: string }>;
  onCreate: () => void;
}

export function ListActions({ slug, mayEdit, hasRows, askExport, onCreate }: ListActionsProps) {
  const t = useTranslations('contacts.list');
  const { fetchFile } = useExport(slug, askExport);
  const path = `/${slug}/contacts`;
  return (
    <>
      <span className="hidden flex-wrap items-center gap-2 sm:flex">
        <LinkButton href={`${path}/imports`} variant="quiet">
          {t('imports')}
        </LinkButton>
        <LinkButton href={`${path}/duplicates`} variant="quiet">
          {t('duplicates')}
        </LinkButton>
        {mayEdit && hasRows && <ExportMenu slug={slug} ask={askExport} />}
        {mayEdit && <ImportLink slug={slug} />}
      </span>
      {mayEdit && <CreateButton onCreate={onCreate} />}
      <Menu
        trigger={
          <IconButton size="md" variant="secondary" label={t('more')} className="sm:hidden">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        {mayEdit && (
          <MenuLink href={`${path}/import`} icon={<Upload aria-hidden="true" />}>
            {t('import')}
          </MenuLink>
        )}
        <MenuLink href={`${path}/imports`} icon={<History aria-hidden="true" />}>
          {t('imports')}
        </MenuLink>
        <MenuLink href={`${path}/duplicates`} icon={<CopyX aria-hidden="true" />}>
          {t('duplicates')}
        </MenuLink>
        {mayEdit && hasRows && (
          <>
            <MenuSeparator />
            {exportFormats.map((format) => (
              <MenuItem key={format} icon={<Download aria-hidden="true" />} onSelect={() => void fetchFile(format)}>
                {t(`exports.${format}`)}
              </MenuItem>
            ))}
          </>
        )}
      </Menu>
    </>
  );
}

export function ImportLink({ slug }: { slug: string }) {
  const t = useTranslations('contacts.list');
  return (
    <LinkButton href={`/${slug}/contacts/import`}>
      <Upload aria-hidden="true" />
      {t('import')}
    </LinkButton>
  );
}

export function CreateButton({ onCreate }: { onCreate: () => void }) {
  const t = useTranslations('contacts.list');
  return (
    <Button variant="primary" onClick={onCreate}>
      <Plus aria-hidden="true" />
      {t('create')}
    </Button>
  );
}
