'use client';
import { Badge, StatusBadge } from '#app/_ui/badge.tsx';
import { BeatItem, BeatLine } from '#app/_ui/beat-line.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { Progress } from '#app/_ui/progress.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import { sample } from './sample-words.ts';

export function TimeGallery() {
  return (
    <>
      <Section title={sample.sections.states}>
        <div className="flex flex-wrap gap-2">
          <Badge>{sample.channel}</Badge>
          {sample.states.map((state) => (
            <StatusBadge key={state.tone} tone={state.tone}>
              {state.word}
            </StatusBadge>
          ))}
        </div>
      </Section>
      <Section title={sample.sections.time}>
        <div className="grid gap-8 sm:grid-cols-2">
          <BeatLine label={sample.sections.time}>
            {sample.beats.map((beat, index) => (
              <BeatItem
                key={beat.at}
                tone={beat.tone}
                time={<DateTime at={beat.at} />}
                first={index === 0}
                last={index === sample.beats.length - 1}
                future={index >= 2}
              >
                {beat.text}
              </BeatItem>
            ))}
          </BeatLine>
          <div className="flex flex-col gap-2">
            <DateTime at="2026-11-23T12:00:00Z" />
            <DateTime at="2026-11-23T12:00:00Z" zone="America/Manaus" />
            <DateTime at="2027-01-04T12:00:00Z" zone="Europe/Lisbon" />
            <DateTime at="2026-11-23T12:00:00Z" style="date" />
          </div>
        </div>
      </Section>
      <Section title={sample.sections.progress}>
        <div className="grid gap-8 sm:grid-cols-2">
          <div className="flex flex-col gap-5">
            <Progress label={sample.importing} value={81} detail={sample.imported} />
            <Progress label={sample.importing} value={null} />
            <Spinner label={sample.waiting} />
          </div>
          <div className="flex gap-10">
            {sample.stats.map((stat) => (
              <Stat key={stat.label} label={stat.label} value={stat.value} hint={stat.hint} href="#content" />
            ))}
          </div>
        </div>
      </Section>
    </>
  );
}
