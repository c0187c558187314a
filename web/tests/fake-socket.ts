import type { News } from '@/features/live/news';

/** The socket of a page whose server is the test. */
export class FakeSocket {
  static readonly OPEN = 1;
  static readonly all: FakeSocket[] = [];
  readyState = FakeSocket.OPEN;
  bufferedAmount = 0;
  onopen = () => undefined;
  onclose = (_: { code: number; reason: string }) => undefined;
  onmessage = (_: { data: string }) => undefined;
  readonly sent: unknown[] = [];
  constructor() {
    FakeSocket.all.push(this);
  }
  send(message: unknown) {
    this.sent.push(message);
  }
  close() {
    this.readyState = 3;
  }
  tell(news: News) {
    this.onmessage({ data: JSON.stringify(news) });
  }
  /** The types of the text messages that were sent. */
  said(): string[] {
    const texts = this.sent.filter((message) => typeof message === 'string');
    return texts.map((text) => JSON.parse(text).type);
  }
}
