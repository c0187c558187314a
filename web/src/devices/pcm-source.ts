/** Gives a microphone's sound in chunks of 100 ms, 16 kHz, 16 bits. Returns how to stop it. */
export async function pcmChunks(
  stream: MediaStream,
  take: (samples: ArrayBuffer, capturedAt: number) => void,
): Promise<() => void> {
  const context = new AudioContext({ sampleRate: 16_000 });
  await context.audioWorklet.addModule('/pcm-worklet.js');
  const source = context.createMediaStreamSource(stream);
  const node = new AudioWorkletNode(context, 'pcm-chunks', { numberOfOutputs: 0 });
  node.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    take(data, performance.timeOrigin + performance.now() - 100);
  };
  source.connect(node);
  await context.resume();
  return () => {
    node.port.onmessage = null;
    source.disconnect();
    void context.close();
  };
}

/** Loudness of a chunk, 0 (silent) to 1 (as loud as it gets), as an ear hears it: 60 dB below is silent. */
export function loudness(samples: ArrayBuffer): number {
  const values = new Int16Array(samples);
  let sum = 0;
  for (const value of values) sum += value * value;
  const level = Math.sqrt(sum / Math.max(1, values.length)) / 32_768;
  return level <= 0.001 ? 0 : Math.min(1, 1 + (20 * Math.log10(level)) / 60);
}
