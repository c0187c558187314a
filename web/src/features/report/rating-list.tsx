import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { RatingList_AnswerFragment } from '@/gql/graphql';
import { Disclosure } from '@/ui/disclosure';
import { LevelMeter } from '@/ui/level-meter';

export const AnswerFragment = graphql(`
  fragment RatingList_answer on AnswerReport {
    answerId
    ratings {
      criterion
      title
      level
      interval { low high measured }
      anchor
      heldBack { levelBefore why }
      weight
      rationale
      features { name value }
      evidence { quote span { start } }
    }
  }
`);

type Rating = RatingList_AnswerFragment['ratings'][number];

export function RatingList(props: { answer: FragmentType<typeof AnswerFragment> }) {
  const { ratings } = unmask(AnswerFragment, props.answer);
  const applying = ratings.filter((rating) => isKnown(rating.level));
  const others = ratings.filter((rating) => !isKnown(rating.level));
  return (
    <div>
      <h3 className="mb-3 font-semibold">Ratings</h3>
      <ul className="grid grid-cols-1 gap-x-10 gap-y-6 md:grid-cols-2">
        {applying.map((rating) => (
          <RatingRow key={rating.criterion} rating={rating} />
        ))}
      </ul>
      {others.length > 0 && (
        <p className="mt-4 text-sm text-muted">
          Does not apply to this question:{' '}
          {others.map(({ title }) => title.toLowerCase()).join(', ')}.
        </p>
      )}
      <div className="mt-5">
        <Disclosure summary="How was this computed?">
          <Computation ratings={applying} />
        </Disclosure>
      </div>
    </div>
  );
}

function isKnown(level: number | null | undefined): level is number {
  return level !== null && level !== undefined;
}

function RatingRow({ rating }: { rating: Rating }) {
  const level = rating.level ?? 0;
  return (
    <li>
      <div className="flex justify-between gap-3">
        <span className="font-medium">{rating.title}</span>
        <span className="text-muted tabular-nums">
          {level.toFixed(1)} of 5{rating.interval && <Between interval={rating.interval} />}
        </span>
      </div>
      <LevelMeter level={level} label={`${rating.title}, level of 5`} className="my-2" />
      {rating.heldBack && <HeldBack held={rating.heldBack} />}
      {rating.anchor && <p className="text-sm">{rating.anchor}</p>}
      {rating.rationale && <p className="mt-1 text-sm text-muted">{rating.rationale}</p>}
      {rating.evidence.map(({ quote, span }) => (
        <blockquote
          key={span.start}
          className="mt-2 border-l-2 border-accent pl-3 text-sm break-words text-muted"
        >
          “{quote}”
        </blockquote>
      ))}
    </li>
  );
}

/** Where people's verdict is expected, and whether anybody has compared. */
function Between({ interval }: { interval: NonNullable<Rating['interval']> }) {
  const range = `${interval.low.toFixed(1)} to ${interval.high.toFixed(1)}`;
  return (
    <span
      className="text-sm"
      title={
        interval.measured
          ? 'Measured on short answers that people graded: nine times out of ten, their verdict lay in this range.'
          : 'Set by hand: nobody has compared these levels with people’s verdicts, so nobody has measured this range.'
      }
    >
      {' '}
      ({range}
      {!interval.measured && ', set by hand'})
    </span>
  );
}

function HeldBack({ held }: { held: NonNullable<Rating['heldBack']> }) {
  return (
    <p className="mb-1 text-sm text-warn">
      {isKnown(held.levelBefore)
        ? `By itself this would be ${held.levelBefore.toFixed(1)} of 5.`
        : 'By itself this would be more.'}{' '}
      {held.why}
    </p>
  );
}

function Computation({ ratings }: { ratings: Rating[] }) {
  return (
    <div className="space-y-4 rounded-xl bg-sunken p-4 text-sm">
      <p className="text-muted">
        Each level counts by its share. Level 1 is 0 and level 5 is 100; the sum is the score of
        this answer. The figures below are what the levels were made from. The range behind a level
        is where people’s verdict is expected. Only correctness was ever compared with people’s
        grades, nine in ten of which lay in its range; a range set by hand is a guess.
      </p>
      {ratings.map((rating) => (
        <div key={rating.criterion}>
          <p className="font-medium">
            {rating.title}: level {(rating.level ?? 0).toFixed(2)} × share{' '}
            {Math.round(rating.weight * 100)}%
          </p>
          <dl className="mt-1 grid gap-x-6 sm:grid-cols-2">
            {rating.features.map(({ name, value }) => (
              <div key={name} className="flex justify-between gap-3 border-b border-line py-1">
                <dt className="min-w-0 break-words text-muted">{name.replaceAll('_', ' ')}</dt>
                <dd className="tabular-nums">{Number(value.toFixed(3))}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}
