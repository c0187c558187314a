import { Pause, Play } from 'lucide-react';
import { type FragmentType, unmask } from '@/gql/fragment-masking';
import { graphql } from '@/gql/gql';
import { Button } from '@/ui/button';
import { Panel, PanelHeading } from '@/ui/panel';
import { Lanes } from './lanes';
import { Transcript } from './transcript';
import type { ReplayClock } from './use-replay-clock';

export const ReplayFragment = graphql(`
  fragment ReplayPanel_replay on InterviewReplay {
    interviewId
    beganAt
    endMs
    questions { questionId answerId number followUp text askedMs answeredMs spoken }
    utterances { id questionId startMs words { text startMs endMs filler } }
    lanes { kind title marks { startMs endMs label } }
  }
`);

/** The interview as it went: transcript word by word, and lanes of markers that lead to their moments. */
export function ReplayPanel(props: {
  replay: FragmentType<typeof ReplayFragment>;
  clock: ReplayClock;
  /** Where the recording is, if there is one. */
  recording: string | null;
}) {
  const replay = unmask(ReplayFragment, props.replay);
  const { clock } = props;
  if (replay.utterances.length === 0) return null;
  const shown = replay.lanes.filter(({ marks }) => marks.length > 0);
  return (
    <Panel aria-label="Replay" id="replay" className="space-y-5 scroll-mt-20">
      <PanelHeading
        hint="Click a word or a marker to go there."
        aside={
          <Button look="secondary" size="small" onClick={clock.toggle}>
            {clock.playing ? (
              <Pause aria-hidden className="size-4" />
            ) : (
              <Play aria-hidden className="size-4" />
            )}
            {clock.playing ? 'Stop' : 'Play'}
          </Button>
        }
      >
        Replay
      </PanelHeading>
      {props.recording && (
        // biome-ignore lint/a11y/useMediaCaption: the transcript stands beneath it, word by word
        <video
          ref={clock.player}
          // Browsers show nothing of a film that stands at its very beginning.
          src={`${props.recording}#t=0.1`}
          playsInline
          preload="metadata"
          aria-label="Recording of the interview"
          className="max-h-96 w-full rounded-xl bg-canvas object-contain"
        />
      )}
      <Lanes lanes={shown} endMs={replay.endMs} atMs={clock.atMs} onJump={clock.jump} />
      <Transcript
        replay={replay}
        atMs={clock.atMs}
        following={clock.playing || clock.jumped}
        onJump={clock.jump}
      />
    </Panel>
  );
}
