import { FileText } from 'lucide-react';
import { Link } from 'react-router';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { ButtonLink } from '@/ui/button';
import { Panel, PanelHeading } from '@/ui/panel';
import { ScoreRing } from '@/ui/score-ring';
import { Waiting } from '@/ui/states';

const ResumeFragment = graphql(`
  fragment LatestResume_resume on ResumeSummary {
    id
    fileName
    stage
    score
    targetTitle
  }
`);

export function LatestResume(props: { resume: FragmentType<typeof ResumeFragment> | null }) {
  const resume = unmask(ResumeFragment, props.resume);
  return (
    <Panel aria-labelledby="latest-resume">
      <PanelHeading id="latest-resume">Resume</PanelHeading>
      {!resume ? (
        <div className="space-y-4">
          <p className="text-muted">
            Add your resume to see how it fits your role, and to be asked about what is in it.
          </p>
          <ButtonLink to="/resume" look="secondary">
            <FileText aria-hidden className="size-4" />
            Add a resume
          </ButtonLink>
        </div>
      ) : (
        <div className="flex items-center gap-5">
          <ScoreRing score={resume.score} label="Resume match" size="small" />
          <div className="min-w-0">
            <Link
              to={`/resume/${resume.id}`}
              className="block truncate font-medium underline decoration-accent underline-offset-4 hover:text-accent"
            >
              {resume.fileName}
            </Link>
            {resume.stage === 'READING' && <Waiting>Reading it now…</Waiting>}
            {resume.stage === 'REJECTED' && (
              <p className="text-sm text-warn">Could not be read. Open it to see what to do.</p>
            )}
            {resume.stage === 'READ' && (
              <p className="text-sm text-muted">
                {resume.targetTitle
                  ? `Matched with ${resume.targetTitle}`
                  : 'Not matched with a role yet'}
              </p>
            )}
          </div>
        </div>
      )}
    </Panel>
  );
}
