import {
  type AnyVariables,
  Client,
  fetchExchange,
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
  CriterionLevel: notAnEntity,
  CriterionSummary: notAnEntity,
  Draft: notAnEntity,
  Education: notAnEntity,
  Evidence: notAnEntity,
  Feature: notAnEntity,
  InterviewConnection: notAnEntity,
  InterviewEdge: notAnEntity,
  InterviewPayload: notAnEntity,
  Job: notAnEntity,
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
  SignOutPayload: notAnEntity,
  Span: notAnEntity,
  StarSpan: notAnEntity,
  Suggestion: notAnEntity,
  TermFinding: notAnEntity,
  TrendPoint: notAnEntity,
  ViewerPayload: notAnEntity,
  WantedTerm: notAnEntity,
};

export function createClient(socket: LiveSocket): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { headers: clientHeader, credentials: 'same-origin' },
    exchanges: [
      cacheExchange({ keys }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query: query ?? '', variables }, sink),
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
  void fetch('/graphql', {
    method: 'POST',
    keepalive: true,
    credentials: 'same-origin',
    headers: { ...clientHeader, 'content-type': 'application/json' },
    body: JSON.stringify({ query: stringifyDocument(document), variables }),
  }).catch(() => undefined);
}
