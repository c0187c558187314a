import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { LevelMeter } from '@/ui/level-meter';
import { Panel } from '@/ui/panel';
import { ScoreRing } from '@/ui/score-ring';
import { Waiting } from '@/ui/states';
import { ScoreRange } from './score-range';

export const ReportFragment = graphql(`
  fragment ReportOverview_report on InterviewReport {
    interviewId
    status
    issued
    overall
    overallInterval { low high }
    rubric
    criteria { criterion title level answers }
    answers { answerId evaluation }
  }
`);

export function ReportOverview(props: { report: FragmentType<typeof ReportFragment> }) {
  const report = unmask(ReportFragment, props.report);
  const pending = report.answers.filter(({ evaluation }) => evaluation === 'PENDING').length;
  const total = report.answers.length;
  return (
    <Panel
      aria-label="Overall"
      className="grid grid-cols-1 gap-8 md:grid-cols-[auto_minmax(0,1fr)] md:items-center md:gap-12"
    >
      <div className="flex flex-col items-center gap-3">
        <ScoreRing score={report.overall} label="Overall score" />
        <ScoreRange interval={report.overallInterval} of="answers" />
        <p className="text-sm text-muted">{report.issued ? 'Final' : 'Still coming in'}</p>
      </div>
      <div className="min-w-0">
        <h2 className="text-xl font-semibold">By criterion</h2>
        <p className="mt-1 mb-4 text-sm text-muted">
          Mean level over your answers, from 1 to 5. What does not apply to a question is left out,
          never counted as zero. Level 1 brings no points, so its bar is empty.
        </p>
        <ul className="space-y-3.5">
          {report.criteria.map(({ criterion, title, level }) => (
            <li key={criterion}>
              <div className="mb-1 flex justify-between gap-3 text-sm">
                <span className="font-medium">{title}</span>
                <span className="text-muted tabular-nums">{levelText(level)}</span>
              </div>
              {isRated(level) && <LevelMeter level={level} label={title} />}
            </li>
          ))}
        </ul>
        {!report.issued && pending > 0 && (
          <div className="mt-5">
            <Waiting>
              {total - pending} of {total} answers read. The rest appear here by themselves.
            </Waiting>
          </div>
        )}
        {report.rubric && <p className="mt-5 text-xs text-faint">Rubric {report.rubric}.</p>}
      </div>
    </Panel>
  );
}

function isRated(level: number | null | undefined): level is number {
  return level !== null && level !== undefined;
}

function levelText(level: number | null | undefined): string {
  return isRated(level) ? `${level.toFixed(1)} of 5` : 'not rated yet';
}
