import {
  type AnyVariables,
  Client,
  fetchExchange,
  mapExchange,
  stringifyDocument,
  subscriptionExchange,
  type TypedDocumentNode,
} from '@urql/core';
import { cacheExchange, type KeyingConfig } from '@urql/exchange-graphcache';
import type { LiveSocket } from './subscriptions';

/** The server takes POST requests only with this header, which no foreign page can set. */
export const clientHeader = { 'x-interaura-client': 'web' };

const notAnEntity = () => null;

/** Rows with an id are shared by every query and subscription; the parts of a row live inside it. */
export const keys: KeyingConfig = {
  Dashboard: () => 'mine',
  AnalyticsTrend: () => 'mine',
  Role: (role) => (typeof role.slug === 'string' ? role.slug : null),
  InterviewReport: (it) => (typeof it.interviewId === 'string' ? it.interviewId : null),
  AnswerReport: (it) => (typeof it.answerId === 'string' ? it.answerId : null),
  AtsCheck: notAnEntity,
  BetterAnswer: notAnEntity,
  BetterAnswerPart: notAnEntity,
  CriterionChange: notAnEntity,
  CriterionLevel: notAnEntity,
  CriterionSummary: notAnEntity,
  Draft: notAnEntity,
  Education: notAnEntity,
  Evidence: notAnEntity,
  Feature: notAnEntity,
  HeldBack: notAnEntity,
  InterviewConnection: notAnEntity,
  InterviewEdge: notAnEntity,
  InterviewPayload: notAnEntity,
  InterviewRecording: notAnEntity,
  Job: notAnEntity,
  LevelInterval: notAnEntity,
  MatchResult: notAnEntity,
  MatchResumePayload: notAnEntity,
  NamedSkill: notAnEntity,
  PageInfo: notAnEntity,
  PointCoverage: notAnEntity,
  Rating: notAnEntity,
  Refusal: notAnEntity,
  RegisterPayload: notAnEntity,
  ResumeConnection: notAnEntity,
  ResumeEdge: notAnEntity,
  ResumeOutline: notAnEntity,
  ResumeSection: notAnEntity,
  ScoreInterval: notAnEntity,
  SignOutPayload: notAnEntity,
  Span: notAnEntity,
  StarSpan: notAnEntity,
  Suggestion: notAnEntity,
  TermFinding: notAnEntity,
  ThirdParties: notAnEntity,
  TrendChange: notAnEntity,
  TrendPoint: notAnEntity,
  ViewerPayload: notAnEntity,
  WantedTerm: notAnEntity,
};

/** The hash that stands for an operation's text: the server was built with the same list. */
type PersistedQuery = { persistedQuery: { version: 1; sha256Hash: string } };

function persisted(document: object): PersistedQuery | undefined {
  const { hash } = ('__meta__' in document ? document.__meta__ : {}) as { hash?: string };
  return hash ? { persistedQuery: { version: 1, sha256Hash: hash } } : undefined;
}

/**
 * Built pages name their operations by hash. In development the text is sent, so that an operation
 * can be changed without building the server anew.
 */
const byHash = import.meta.env.PROD;

const persistedExchange = mapExchange({
  onOperation: (operation) => ({
    ...operation,
    extensions: { ...operation.extensions, ...persisted(operation.query) },
  }),
});

export function createClient(
  socket: LiveSocket,
  naming: 'hash' | 'text' = byHash ? 'hash' : 'text',
): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { headers: clientHeader, credentials: 'same-origin' },
    exchanges: [
      cacheExchange({ keys }),
      ...(naming === 'hash' ? [persistedExchange] : []),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables, extensions }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query: query ?? '', variables, extensions }, sink),
          }),
        }),
      }),
    ],
  });
}

/** Sends one operation that has to survive the page being closed. Nobody waits for its answer. */
export function sendOnLeaving<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): void {
  const extensions = byHash ? persisted(document) : undefined;
  const operation = extensions ? { extensions } : { query: stringifyDocument(document) };
  void fetch('/graphql', {
    method: 'POST',
    keepalive: true,
    credentials: 'same-origin',
    headers: { ...clientHeader, 'content-type': 'application/json' },
    body: JSON.stringify({ ...operation, variables }),
  }).catch(() => undefined);
}
