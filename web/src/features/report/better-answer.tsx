import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { BetterAnswerPartKind } from '@/gql/graphql';
import { Badge, type Tone } from '@/ui/badge';
import { classNames } from '@/ui/class-names';

const AnswerFragment = graphql(`
  fragment BetterAnswer_answer on AnswerReport {
    answerId
    betterAnswer {
      note
      parts { kind text }
    }
  }
`);

const kinds: Record<BetterAnswerPartKind, { name: string; tone: Tone; line: string }> = {
  FROM_ANSWER: { name: 'Your words', tone: 'good', line: 'border-good' },
  REWORDED: { name: 'Yours, in other words', tone: 'good', line: 'border-good' },
  FROM_RESUME: { name: 'Your resume', tone: 'info', line: 'border-info' },
  TO_ADD: { name: 'To add', tone: 'warn', line: 'border-warn border-dashed' },
};

export function BetterAnswer(props: { answer: FragmentType<typeof AnswerFragment> }) {
  const better = unmask(AnswerFragment, props.answer).betterAnswer;
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
              <Badge tone={kind.tone}>{kind.name}</Badge>
              <p
                className={classNames(
                  'mt-1 break-words',
                  part.kind === 'TO_ADD' && 'text-muted italic',
                )}
              >
                {part.text}
              </p>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
