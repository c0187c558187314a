import { FileX } from 'lucide-react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { ButtonLink } from '@/ui/button';
import { Panel } from '@/ui/panel';
import { EmptyState, Skeleton, Waiting } from '@/ui/states';

const ResumeFragment = graphql(`
  fragment ResumeState_resume on ResumeInsights {
    id
    stage
    rejection
  }
`);

/** What is shown while there is no text yet, or will be none. */
export function ResumeState(props: { resume: FragmentType<typeof ResumeFragment> }) {
  const resume = unmask(ResumeFragment, props.resume);
  if (resume.stage === 'READ') return null;
  if (resume.stage === 'REJECTED') {
    return (
      <Panel>
        <EmptyState
          icon={<FileX aria-hidden className="size-6" />}
          title="We could not read this file"
          action={<ButtonLink to="/resume">Add another file</ButtonLink>}
        >
          {resume.rejection ?? 'Export it again as PDF or DOCX with text that can be selected.'}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel className="space-y-4">
      <Waiting>Reading your resume. This page fills in by itself.</Waiting>
      <Skeleton className="h-5 w-1/2" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-5/6" />
      <Skeleton className="h-4 w-2/3" />
    </Panel>
  );
}
