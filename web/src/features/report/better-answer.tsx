import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { BetterAnswerPartKind } from '@/gql/graphql';
import { Badge, type Tone } from '@/ui/badge';
import { classNames } from '@/ui/class-names';
import { quoted } from '@/ui/spans';

export const AnswerFragment = graphql(`
  fragment BetterAnswer_answer on AnswerReport {
    answerId
    judgedText
    betterAnswer {
      note
      parts { kind text span { start end } }
    }
  }
`);

const kinds: Record<BetterAnswerPartKind, { name: string; tone: Tone; line: string }> = {
  FROM_ANSWER: { name: 'Your words', tone: 'good', line: 'border-good' },
  REWORDED: { name: 'Yours, in other words', tone: 'good', line: 'border-good' },
  FROM_RESUME: { name: 'Your resume', tone: 'info', line: 'border-info' },
  TO_ADD: { name: 'To add', tone: 'warn', line: 'border-warn border-dashed' },
};

export function BetterAnswer(props: {
  answer: FragmentType<typeof AnswerFragment>;
  /** Shows where in the answer something was said. */
  onShow: (span: { start: number }) => void;
}) {
  const { judgedText: said, betterAnswer: better } = unmask(AnswerFragment, props.answer);
  if (!better) return null;
  return (
    <div>
      <h3 className="font-semibold">A better answer, from what is yours</h3>
      <p className="mt-1 mb-4 text-sm text-muted">{better.note}</p>
      <ol className="space-y-3">
        {better.parts.map((part, index) => {
          const kind = kinds[part.kind];
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts are one text in a fixed order
              key={index}
              className={classNames('border-l-3 pl-4', kind.line)}
            >
              <div className="flex flex-wrap items-center gap-3">
                <Badge tone={kind.tone}>{kind.name}</Badge>
                {part.span && <Place span={part.span} onShow={props.onShow} />}
              </div>
              <p
                className={classNames(
                  'mt-1 break-words',
                  part.kind === 'TO_ADD' && 'text-muted italic',
                )}
              >
                {part.text}
              </p>
              {part.span && part.kind === 'REWORDED' && (
                <p className="mt-1 text-sm break-words text-muted">
                  You said: “{quoted(said, part.span).trim()}”
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Place({
  span,
  onShow,
}: {
  span: { start: number };
  onShow: (span: { start: number }) => void;
}) {
  return (
    <button
      type="button"
      className="text-sm text-accent underline underline-offset-4"
      onClick={() => onShow({ start: span.start })}
    >
      Show where you said it
    </button>
  );
}
