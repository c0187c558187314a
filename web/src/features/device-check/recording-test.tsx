import { CircleDot } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/button';

const seconds = 5;

/** Records five seconds and plays them back: they stay in this browser. */
export function RecordingTest({
  microphone,
  camera,
}: {
  microphone: MediaStream;
  camera: MediaStream | null;
}) {
  const [left, setLeft] = useState<number | null>(null);
  const [recorded, setRecorded] = useState<string | null>(null);
  const [problem, setProblem] = useState(false);
  const running = useRef<MediaRecorder | null>(null);

  useEffect(() => () => running.current?.stop(), []);
  useEffect(
    () => () => {
      if (recorded) URL.revokeObjectURL(recorded);
    },
    [recorded],
  );

  const record = () => {
    setRecorded(null);
    setProblem(false);
    const stream = new MediaStream([
      ...microphone.getAudioTracks(),
      ...(camera?.getVideoTracks() ?? []),
    ]);
    let recorder: MediaRecorder;
    try {
      recorder = new MediaRecorder(stream);
    } catch {
      setProblem(true);
      return;
    }
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      running.current = null;
      setLeft(null);
      setRecorded(URL.createObjectURL(new Blob(parts, { type: recorder.mimeType })));
    };
    running.current = recorder;
    recorder.start();
    setLeft(seconds);
  };

  useEffect(() => {
    if (left === null) return;
    const timer = setTimeout(() => {
      if (left > 1) setLeft(left - 1);
      else running.current?.stop();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left]);

  return (
    <div className="space-y-3">
      <Button look="secondary" size="small" busy={left !== null} onClick={record}>
        {left === null && <CircleDot aria-hidden className="size-4" />}
        {left === null ? 'Record five seconds' : `Recording: ${left} s left`}
      </Button>
      {problem && (
        <p role="alert" className="text-sm text-warn">
          This browser cannot record. The interview works without.
        </p>
      )}
      {recorded && (
        // biome-ignore lint/a11y/useMediaCaption: it is one's own voice, a moment old
        <video
          src={recorded}
          controls
          autoPlay
          playsInline
          aria-label="What was recorded"
          className={camera ? 'w-full max-w-80 rounded-xl' : 'h-14 w-full max-w-80 rounded-xl'}
        />
      )}
    </div>
  );
}
