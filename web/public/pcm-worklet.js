// Turns what the microphone gives into chunks of 100 ms: 1,600 signed 16-bit samples at 16 kHz.
const chunkSamples = 1600;

class PcmChunks extends AudioWorkletProcessor {
  constructor() {
    super();
    this.chunk = new Int16Array(chunkSamples);
    this.filled = 0;
  }

  process(inputs) {
    const channel = inputs[0]?.[0];
    if (!channel) return true;
    for (const sample of channel) {
      const bounded = Math.max(-1, Math.min(1, sample));
      this.chunk[this.filled] = bounded < 0 ? bounded * 0x8000 : bounded * 0x7fff;
      this.filled += 1;
      if (this.filled === chunkSamples) {
        this.port.postMessage(this.chunk.buffer, [this.chunk.buffer]);
        this.chunk = new Int16Array(chunkSamples);
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('pcm-chunks', PcmChunks);
