'use client';
import { useTheme } from '#app/_ui/theme-provider.tsx';
import { Logo } from '#app/_ui/logo.tsx';
import { Page } from '#app/_ui/page.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { Button } from '#app/_ui/button.tsx';
import { FieldsGallery } from './fields-gallery.tsx';
import { FoundationsGallery } from './foundations-gallery.tsx';
import { ListsGallery } from './lists-gallery.tsx';
import { OverlaysGallery } from './overlays-gallery.tsx';
import { sample } from './sample-words.ts';
import { TimeGallery } from './time-gallery.tsx';

export function Gallery() {
  const { setTheme } = useTheme();
  return (
    <main>
      <Page>
        <PageHeader
          back={<Logo name="Andante" className="text-ink" />}
          title={sample.title}
          description={sample.lead}
          actions={(['system', 'light', 'dark'] as const).map((theme) => (
            <Button key={theme} size="sm" onClick={() => setTheme(theme)}>
              {sample.themes[theme]}
            </Button>
          ))}
        />
        <FoundationsGallery />
        <FieldsGallery />
        <TimeGallery />
        <OverlaysGallery />
        <ListsGallery />
      </Page>
    </main>
  );
}
