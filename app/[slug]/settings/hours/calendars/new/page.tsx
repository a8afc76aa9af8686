/** A new holiday calendar: it begins with the holidays of the workspace's country. */
import { notFound } from 'next/navigation';
import { serverApi } from '#app/_api/server.ts';
import { requireMember } from '#app/_auth/member.ts';
import { roleAtLeast } from '#server/domain/roles.ts';
import { CalendarEditor } from '../../_calendar/calendar-editor.tsx';

export default async function NewCalendarPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { role } = await requireMember(slug);
  if (!roleAtLeast(role, 'editor')) notFound();
  const api = await serverApi(slug);
  const { home, items } = await api.calendars.places();
  return <CalendarEditor slug={slug} calendar={null} countries={items} home={home} mayChange />;
}
