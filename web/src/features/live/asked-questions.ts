type Asked = { questionId: string | null; from: number };

/**
 * From which chunk on which question is answered, for as long as such chunks may be sent again.
 */
export class AskedQuestions {
  private asked: Asked[] = [];

  ask(questionId: string | null, from: number): void {
    if (this.newest?.questionId === questionId) return;
    this.asked = [...this.asked.filter((asked) => asked.from < from), { questionId, from }];
  }

  /** In order. */
  get all(): readonly Asked[] {
    return this.asked;
  }

  get newest(): Asked | undefined {
    return this.asked.at(-1);
  }

  /** Forgets questions that no chunk after this one answers. */
  committed(upTo: number): void {
    this.asked = this.asked.filter((_, place) => {
      const next = this.asked[place + 1];
      return !next || next.from > upTo + 1;
    });
  }
}
