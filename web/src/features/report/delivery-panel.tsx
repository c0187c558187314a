import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import type { DeliveryPanel_AnswerFragment } from '@/gql/graphql';
import { Disclosure } from '@/ui/disclosure';
import { formatDuration, plural } from '@/ui/format';
import { LevelMeter } from '@/ui/level-meter';
import { Waiting } from '@/ui/states';

const AnswerFragment = graphql(`
  fragment DeliveryPanel_answer on AnswerReport {
    answerId
    spoken
    delivery {
      overall
      words
      speechMs
      longestMonologueMs
      rubric
      measuredBy
      ratings {
        criterion
        title
        level
        anchor
        weight
        rationale
        features { name value }
        moments { startMs endMs label }
        sources
      }
    }
  }
`);

type Delivery = NonNullable<DeliveryPanel_AnswerFragment['delivery']>;
type Rating = Delivery['ratings'][number];

/** How a spoken answer was said, beside what was said. */
export function DeliveryPanel(props: {
  answer: FragmentType<typeof AnswerFragment>;
  /** Shows a moment in the replay. */
  onJump: (ms: number) => void;
}) {
  const { spoken, delivery } = unmask(AnswerFragment, props.answer);
  if (!spoken) return null;
  if (!delivery) return <Waiting>Measuring how you said it…</Waiting>;
  const seen = delivery.ratings.filter(({ level }) => level !== null && level !== undefined);
  const unseen = delivery.ratings.filter(({ level }) => level === null || level === undefined);
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-semibold">How you said it</h3>
        {delivery.overall !== null && delivery.overall !== undefined && (
          <p className="text-sm text-muted tabular-nums">
            Delivery {Math.round(delivery.overall)} of 100, beside the score of what you said
          </p>
        )}
      </div>
      <p className="mb-4 text-sm text-muted">
        {plural(delivery.words, 'word')} in {formatDuration(delivery.speechMs / 1000)} of speech;
        the longest stretch without a break was {formatDuration(delivery.longestMonologueMs / 1000)}
        .
      </p>
      <ul className="grid grid-cols-1 gap-x-10 gap-y-6 md:grid-cols-2">
        {seen.map((rating) => (
          <DeliveryRow key={rating.criterion} rating={rating} onJump={props.onJump} />
        ))}
      </ul>
      {unseen.length > 0 && (
        <p className="mt-4 text-sm text-muted">
          Not judged, for there was too little to hear or see:{' '}
          {unseen.map(({ title }) => title.toLowerCase()).join(', ')}.
        </p>
      )}
      <div className="mt-5">
        <Disclosure summary="Where do these levels come from?">
          <Sources delivery={delivery} ratings={seen} />
        </Disclosure>
      </div>
    </div>
  );
}

const shownMoments = 8;

function DeliveryRow({ rating, onJump }: { rating: Rating; onJump: (ms: number) => void }) {
  const level = rating.level ?? 0;
  return (
    <li>
      <div className="flex justify-between gap-3">
        <span className="font-medium">{rating.title}</span>
        <span className="text-muted tabular-nums">{level.toFixed(1)} of 5</span>
      </div>
      <LevelMeter level={level} label={`${rating.title}, level of 5`} className="my-2" />
      {rating.anchor && <p className="text-sm">{rating.anchor}</p>}
      {rating.rationale && <p className="mt-1 text-sm text-muted">{rating.rationale}</p>}
      {rating.moments.length > 0 && (
        <ul aria-label={`${rating.title}: moments`} className="mt-2 flex flex-wrap gap-1.5">
          {rating.moments.slice(0, shownMoments).map(({ startMs, label }) => (
            <li key={`${startMs}-${label}`}>
              <button
                type="button"
                className="rounded-lg bg-sunken px-2 py-1 text-xs tabular-nums hover:bg-accent-soft"
                onClick={() => onJump(startMs)}
              >
                {formatDuration(startMs / 1000)} {label}
              </button>
            </li>
          ))}
          {rating.moments.length > shownMoments && (
            <li className="px-1 py-1 text-xs text-muted">
              and {rating.moments.length - shownMoments} more in the replay
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function Sources({ delivery, ratings }: { delivery: Delivery; ratings: Rating[] }) {
  return (
    <div className="space-y-4 rounded-xl bg-sunken p-4 text-sm">
      <p className="text-muted">
        Measured by {delivery.measuredBy} and judged by {delivery.rubric}. Delivery never changes
        the score of what you said. What could not be heard or seen is left out, never counted as
        zero.
      </p>
      {ratings.map((rating) => (
        <div key={rating.criterion}>
          <p className="font-medium">
            {rating.title}: level {(rating.level ?? 0).toFixed(1)} × share{' '}
            {Math.round(rating.weight * 100)}%
          </p>
          <dl className="mt-1 grid gap-x-6 sm:grid-cols-2">
            {rating.features.map(({ name, value }) => (
              <div key={name} className="flex justify-between gap-3 border-b border-line py-1">
                <dt className="min-w-0 break-words text-muted">{name.replaceAll('_', ' ')}</dt>
                <dd className="tabular-nums">{Number(value.toFixed(2))}</dd>
              </div>
            ))}
          </dl>
          {rating.sources.map((source) => (
            <p key={source} className="mt-1 text-xs text-muted">
              {source}
            </p>
          ))}
        </div>
      ))}
    </div>
  );
}
