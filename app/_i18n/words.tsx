'use client';
/** Gives the screens their words, from a file that browsers keep: in each page anew they would be two fifths of it. */
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { catalogues, type Locale } from './catalogues.ts';

export function Words({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <NextIntlClientProvider locale={locale} timeZone="UTC" messages={catalogues[locale]}>
      {children}
    </NextIntlClientProvider>
  );
}
