/** The frame of the pages before a workspace: first run, sign-in, invitation. */
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Logo } from '#app/_ui/logo.tsx';

export default async function EntryLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('common');
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-10 sm:py-16">
      <div className="w-full max-w-md">
        <header className="mb-8">
          <Logo name={t('product')} />
        </header>
        <main>{children}</main>
      </div>
    </div>
  );
}
