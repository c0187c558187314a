import type { ReactNode } from 'react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Badge } from '@/ui/badge';
import { Meter } from '@/ui/meter';
import { Panel, PanelHeading } from '@/ui/panel';
import { confidenceInWords } from './confidence';

const ResumeFragment = graphql(`
  fragment OutlinePanel_resume on ResumeInsights {
    id
    pages
    confidence
    agreement
    reader
    remarks
    outline {
      name
      emails
      phones
      links
      location
      yearsOfExperience
      skills { name mentions span { start } }
      jobs { title employer start end current span { start } }
      education { institution degree year span { start } }
    }
  }
`);

export function OutlinePanel(props: { resume: FragmentType<typeof ResumeFragment> }) {
  const { outline, confidence, reader, remarks } = unmask(ResumeFragment, props.resume);
  if (!outline) return null;
  const contact = [
    outline.name,
    outline.location,
    ...outline.emails,
    ...outline.phones,
    ...outline.links,
  ].filter(Boolean);
  return (
    <Panel aria-labelledby="outline">
      <PanelHeading id="outline">What we understood</PanelHeading>
      <div className="space-y-6">
        {confidence !== null && confidence !== undefined && (
          <Confidence confidence={confidence} reader={reader} remarks={remarks} />
        )}
        <Part title="Contact" empty={contact.length === 0}>
          <ul className="space-y-0.5 break-words">
            {contact.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Part>
        <Part
          title={
            outline.yearsOfExperience
              ? `Experience · about ${Math.round(outline.yearsOfExperience)} years`
              : 'Experience'
          }
          empty={outline.jobs.length === 0}
        >
          <ul className="space-y-2">
            {outline.jobs.map((job) => (
              <li key={job.span.start}>
                <span className="font-medium">{job.title ?? 'A position'}</span>
                {job.employer && `, ${job.employer}`}
                <span className="block text-sm text-muted">
                  {[job.start, job.current ? 'now' : job.end].filter(Boolean).join(' – ')}
                </span>
              </li>
            ))}
          </ul>
        </Part>
        <Part title="Education" empty={outline.education.length === 0}>
          <ul className="space-y-2">
            {outline.education.map((one) => (
              <li key={one.span.start}>
                {[one.degree, one.institution, one.year].filter(Boolean).join(', ')}
              </li>
            ))}
          </ul>
        </Part>
        <Part title="Skills" empty={outline.skills.length === 0}>
          <ul className="flex flex-wrap gap-1.5">
            {outline.skills.map((skill) => (
              <li key={skill.name}>
                <Badge>
                  {skill.name}
                  {skill.mentions > 1 && ` × ${skill.mentions}`}
                </Badge>
              </li>
            ))}
          </ul>
        </Part>
      </div>
    </Panel>
  );
}

function Part({ title, empty, children }: { title: string; empty: boolean; children: ReactNode }) {
  return (
    <div>
      <h3 className="mb-1.5 text-sm font-semibold text-muted">{title}</h3>
      {empty ? <p className="text-muted">Not found in the text.</p> : children}
    </div>
  );
}

function Confidence({
  confidence,
  reader,
  remarks,
}: {
  confidence: number;
  reader: string | null | undefined;
  remarks: string[];
}) {
  const words = confidenceInWords(confidence);
  return (
    <div className="rounded-xl bg-sunken p-4">
      <p className="flex justify-between gap-3 font-medium">
        {words.title}
        <span className="text-sm font-normal text-muted tabular-nums">
          {Math.round(confidence * 100)}% sure
        </span>
      </p>
      <Meter value={confidence} max={1} label="Confidence in the text" className="my-2.5" />
      <p className="text-sm text-muted">{words.advice}</p>
      {remarks.map((remark) => (
        <p key={remark} className="mt-1 text-sm text-muted">
          {remark}
        </p>
      ))}
      {reader && <p className="mt-1 text-xs text-faint">Read with {reader}.</p>}
    </div>
  );
}
