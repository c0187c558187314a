import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Disclosure } from '@/ui/disclosure';
import { countWords, plural } from '@/ui/format';

const QuestionFragment = graphql(`
  fragment AnsweredList_question on AskedQuestion {
    id
    number
    text
    gap
    answer { id text evaluation }
  }
`);

export function AnsweredList(props: { questions: FragmentType<typeof QuestionFragment>[] }) {
  const answered = unmask(QuestionFragment, props.questions).filter(({ answer }) => answer);
  if (answered.length === 0) return null;
  return (
    <section aria-label="Your answers so far" className="px-1">
      <Disclosure summary={`Your answers so far (${answered.length})`}>
        <ol className="space-y-4">
          {answered.map(({ id, number, text, gap, answer }) => (
            <li key={id} className="border-l-2 border-line pl-4">
              <p className="font-medium">
                {gap ? `${number}, follow-up: ` : `${number}. `}
                {text}
              </p>
              <p className="mt-1 line-clamp-3 text-sm break-words text-muted">{answer?.text}</p>
              <p className="mt-1 text-xs text-faint">
                {plural(countWords(answer?.text ?? ''), 'word')}
              </p>
            </li>
          ))}
        </ol>
      </Disclosure>
    </section>
  );
}
