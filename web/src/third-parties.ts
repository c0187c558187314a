import { useQuery } from 'urql';
import { graphql } from '@/gql/gql';

const ThirdPartiesQuery = graphql(`
  query ThirdParties {
    thirdParties { languageModel speech }
  }
`);

/** The host whose language model judges answers; null where none does, undefined until it is known. */
export function useLanguageModel(): string | null | undefined {
  const [{ data }] = useQuery({ query: ThirdPartiesQuery });
  return data && (data.thirdParties.languageModel ?? null);
}

type PrivacyNotes = {
  answers: string;
  resume: string;
  post: string;
  voice: string;
  /** Who else hears the voice; `null` where nobody does, `undefined` until it is known. */
  speech: string | null | undefined;
};

/** What becomes of what people say and upload, in words; empty until it is known. */
export function usePrivacyNotes(): PrivacyNotes {
  const [{ data }] = useQuery({ query: ThirdPartiesQuery });
  if (!data) return { answers: '', resume: '', post: '', voice: '', speech: undefined };
  const { languageModel: model, speech } = data.thirdParties;
  return {
    answers: model
      ? `Questions and answers are sent to ${model}, whose language model words and judges them.`
      : 'Nothing here is sent to anybody.',
    resume: model
      ? `It is read on this machine; its lines without contact details are sent to ${model} for questions and suggestions.`
      : 'It is read on this machine and goes nowhere else.',
    post: model
      ? `What it asks for is sent to ${model} for suggestions.`
      : 'It stays on this machine.',
    voice: speech
      ? `Your voice is sent to ${speech}, which writes it down.`
      : 'Your voice is written down on this machine, and its sound is kept only where you ask for a recording.',
    speech: speech ?? null,
  };
}
