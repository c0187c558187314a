/**
 * One stretch of time with microphone and camera on. What is opened in it is let go with it, even what
 * the browser gives only afterwards.
 */
export class Turn {
  private readonly stops: (() => void)[] = [];
  private ended = false;

  get over(): boolean {
    return this.ended;
  }

  /** Takes on what stops something; `false` where the turn was over already, and it was stopped at once. */
  keep(stop: () => void): boolean {
    if (this.ended) stop();
    else this.stops.push(stop);
    return !this.ended;
  }

  end(): void {
    this.ended = true;
    for (const stop of this.stops.splice(0)) stop();
  }
}
