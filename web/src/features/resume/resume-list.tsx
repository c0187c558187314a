import { ChevronRight, FileText } from 'lucide-react';
import { Link } from 'react-router';
import { useSubscription } from 'urql';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { ResumeList_ResumeFragment } from '@/gql/graphql';
import { Badge } from '@/ui/badge';
import { formatAgo } from '@/ui/format';
import { Panel, PanelHeading } from '@/ui/panel';
import { EmptyState } from '@/ui/states';

const ResumeFragment = graphql(`
  fragment ResumeList_resume on ResumeSummary {
    id
    fileName
    stage
    rejection
    score
    targetTitle
    uploadedAt
  }
`);

const ReadingChanged = graphql(`
  subscription ReadingChanged($id: ID!) {
    resume(id: $id) { id stage matches { id result { score } } }
  }
`);

export function ResumeList(props: {
  resumes: FragmentType<typeof ResumeFragment>[];
  onChange: () => void;
}) {
  const resumes = unmask(ResumeFragment, props.resumes);
  return (
    <Panel aria-labelledby="resume-list">
      <PanelHeading id="resume-list">Your resumes</PanelHeading>
      {resumes.length === 0 ? (
        <EmptyState icon={<FileText aria-hidden className="size-6" />} title="No resume yet">
          Once you add one, you see how it reads to a machine, what your target role looks for, and
          which line of yours answers it.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {resumes.map((resume) => (
            <li key={resume.id}>
              {isUnsettled(resume) && <Watch id={resume.id} onChange={props.onChange} />}
              <Row resume={resume} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function isUnsettled(resume: ResumeList_ResumeFragment): boolean {
  return resume.stage === 'READING' || (resume.stage === 'READ' && resume.score === null);
}

/** Reads the list again whenever this resume moves on. */
function Watch({ id, onChange }: { id: string; onChange: () => void }) {
  useSubscription({ query: ReadingChanged, variables: { id } }, (_, row) => {
    onChange();
    return row;
  });
  return null;
}

function Row({ resume }: { resume: ResumeList_ResumeFragment }) {
  return (
    <Link
      to={`/resume/${resume.id}`}
      className="-mx-3 flex items-center gap-4 rounded-xl px-3 py-3.5 transition-colors hover:bg-accent-soft"
    >
      <FileText aria-hidden className="size-5 shrink-0 text-accent" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{resume.fileName}</span>
        <span className="block text-sm text-muted">
          {resume.targetTitle && `${resume.targetTitle} · `}
          {formatAgo(resume.uploadedAt)}
        </span>
        {resume.rejection && (
          <span className="mt-1 block text-sm text-bad">{resume.rejection}</span>
        )}
      </span>
      {resume.stage === 'READING' && <Badge tone="info">Reading…</Badge>}
      {resume.stage === 'REJECTED' && <Badge tone="bad">Could not be read</Badge>}
      {resume.stage === 'READ' &&
        (resume.score === null || resume.score === undefined ? (
          <Badge>Read</Badge>
        ) : (
          <span className="font-display text-xl font-semibold tabular-nums">
            <span className="sr-only">Match </span>
            {Math.round(resume.score)}
          </span>
        ))}
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
    </Link>
  );
}
