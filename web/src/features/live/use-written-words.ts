import { useCallback, useEffect } from 'react';
import { useClient } from 'urql';
import { graphql } from '@/gql/gql';
import type { Said } from './transcript-state';

const WrittenWords = graphql(`
  query WrittenWords($id: ID!) {
    interviewReplay(id: $id) {
      interviewId
      utterances { id questionId startMs words { text startMs endMs filler } }
    }
  }
`);

/**
 * Asks what the server has written down for an interview when a question opens, so that a reload or another
 * tab shows it; and again when told to.
 */
export function useWrittenWords(
  interviewId: string,
  questionId: string | null,
  onWritten: (said: Said[]) => void,
): () => void {
  const client = useClient();
  const read = useCallback(() => {
    const asked = client.query(
      WrittenWords,
      { id: interviewId },
      { requestPolicy: 'network-only' },
    );
    void asked.toPromise().then(({ data }) => {
      const utterances = data?.interviewReplay?.utterances ?? [];
      onWritten(
        utterances.map(({ id, questionId, startMs, words }) => ({
          utteranceId: id,
          questionId: questionId ?? null,
          words: words.map((word) => ({
            text: word.text,
            start_ms: word.startMs - startMs,
            end_ms: word.endMs - startMs,
            confidence: 1,
            filler: word.filler,
          })),
        })),
      );
    });
  }, [client, interviewId, onWritten]);
  useEffect(() => {
    if (questionId) read();
  }, [questionId, read]);
  return read;
}
