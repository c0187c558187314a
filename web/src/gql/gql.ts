/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation CloseAccount($input: CloseAccountInput!) {\n    closeAccount(input: $input) { refusal { code message field } position }\n  }\n": typeof types.CloseAccountDocument,
    "\n  query Outbox {\n    outbox { id to subject sentAt text link }\n  }\n": typeof types.OutboxDocument,
    "\n  mutation CompleteProfile($input: CompleteProfileInput!) {\n    completeProfile(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id ...ViewerContext_viewer }\n    }\n  }\n": typeof types.CompleteProfileDocument,
    "\n  fragment ProfileForm_role on Role {\n    slug\n    title\n    family\n    summary\n    questionCount\n    skills { name need weight }\n  }\n": typeof types.ProfileForm_RoleFragmentDoc,
    "\n  fragment ProfileForm_viewer on Viewer {\n    id\n    name\n    role { slug }\n    level\n  }\n": typeof types.ProfileForm_ViewerFragmentDoc,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n      passwordAdvice\n    }\n  }\n": typeof types.RegisterDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation SignOut {\n    signOut { signedOut }\n  }\n": typeof types.SignOutDocument,
    "\n  mutation VerifyEmail($input: VerifyEmailInput!) {\n    verifyEmail(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n    }\n  }\n": typeof types.VerifyEmailDocument,
    "\n  mutation ResendVerification($input: CommandInput!) {\n    resendVerification(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.ResendVerificationDocument,
    "\n  query OutboxKnown {\n    outbox { id }\n  }\n": typeof types.OutboxKnownDocument,
    "\n  fragment ViewerContext_viewer on Viewer {\n    id\n    name\n    email\n    verified\n    role { slug title }\n    level\n  }\n": typeof types.ViewerContext_ViewerFragmentDoc,
    "\n  query Viewer($atLeast: Position) {\n    viewer(atLeast: $atLeast) { id ...ViewerContext_viewer }\n  }\n": typeof types.ViewerDocument,
    "\n  subscription ViewerChanged {\n    viewer { id ...ViewerContext_viewer }\n  }\n": typeof types.ViewerChangedDocument,
    "\n  fragment InterviewRow_interview on InterviewSummary {\n    id\n    role { slug title }\n    mode\n    difficulty\n    status\n    questions\n    answered\n    score\n    createdAt\n    updatedAt\n  }\n": typeof types.InterviewRow_InterviewFragmentDoc,
    "\n  fragment LatestResume_resume on ResumeSummary {\n    id\n    fileName\n    stage\n    score\n    targetTitle\n  }\n": typeof types.LatestResume_ResumeFragmentDoc,
    "\n  mutation DiscardInterview($input: InterviewCommandInput!) {\n    discardInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.DiscardInterviewDocument,
    "\n  fragment PreparedSessions_dashboard on Dashboard {\n    prepared {\n      id\n      questions\n      createdAt\n      role { slug title }\n    }\n  }\n": typeof types.PreparedSessions_DashboardFragmentDoc,
    "\n  fragment RecentSessions_dashboard on Dashboard {\n    recent { id ...InterviewRow_interview }\n  }\n": typeof types.RecentSessions_DashboardFragmentDoc,
    "\n  fragment ResumeSession_dashboard on Dashboard {\n    resumable {\n      id\n      questions\n      answered\n      role { slug title }\n    }\n  }\n": typeof types.ResumeSession_DashboardFragmentDoc,
    "\n  fragment StatGrid_dashboard on Dashboard {\n    interviewsCompleted\n    answersGiven\n    averageScore\n    averageInterval { low high }\n    bestScore\n    bestInterval { low high }\n    minutesPractised\n    streakDays\n  }\n": typeof types.StatGrid_DashboardFragmentDoc,
    "\n  mutation SubmitAnswer($input: SubmitAnswerInput!) {\n    submitAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.SubmitAnswerDocument,
    "\n  fragment AnswerEditor_question on AskedQuestion {\n    id\n    kind\n    gap\n    draft { revision text savedAt }\n  }\n": typeof types.AnswerEditor_QuestionFragmentDoc,
    "\n  mutation RetryQuestion($input: RetryQuestionInput!) {\n    retryQuestion(input: $input) { refusal { code message field } position }\n  }\n": typeof types.RetryQuestionDocument,
    "\n  fragment AnsweredList_question on AskedQuestion {\n    id\n    number\n    text\n    gap\n    retryOf\n    attempt\n    answer { id text evaluation }\n  }\n": typeof types.AnsweredList_QuestionFragmentDoc,
    "\n  fragment QuestionCard_question on AskedQuestion {\n    id\n    number\n    text\n    kind\n    topic\n    gap\n    adapted\n    takesUp\n    attempt\n    resumeQuote\n  }\n": typeof types.QuestionCard_QuestionFragmentDoc,
    "\n  mutation ExtendTime($input: ExtendTimeInput!) {\n    extendTime(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.ExtendTimeDocument,
    "\n  fragment QuestionTimer_question on AskedQuestion {\n    id\n    askedAt\n    pausedMs\n    extendedSeconds\n  }\n": typeof types.QuestionTimer_QuestionFragmentDoc,
    "\n  mutation PauseInterview($input: InterviewCommandInput!) {\n    pauseInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.PauseInterviewDocument,
    "\n  mutation AbandonInterview($input: InterviewCommandInput!) {\n    abandonInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.AbandonInterviewDocument,
    "\n  mutation EndInterview($input: InterviewCommandInput!) {\n    completeInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.EndInterviewDocument,
    "\n  fragment RoomProgress_room on InterviewRoom {\n    id\n    questions\n    asked { id number gap retryOf answer { id } }\n  }\n": typeof types.RoomProgress_RoomFragmentDoc,
    "\n  mutation StartInterview($input: InterviewCommandInput!) {\n    startInterview(input: $input) { refusal { code message field } position }\n  }\n": typeof types.StartInterviewDocument,
    "\n  mutation ResumeInterview($input: InterviewCommandInput!) {\n    resumeInterview(input: $input) { refusal { code message field } position }\n  }\n": typeof types.ResumeInterviewDocument,
    "\n  mutation CompleteInterview($input: InterviewCommandInput!) {\n    completeInterview(input: $input) { refusal { code message field } position }\n  }\n": typeof types.CompleteInterviewDocument,
    "\n  fragment RoomStage_room on InterviewRoom {\n    id\n    status\n    questions\n    secondsPerQuestion\n    planningFailure\n    thinking\n    asked {\n      id\n      answer { id }\n      ...QuestionCard_question\n      ...QuestionTimer_question\n      ...AnswerEditor_question\n    }\n  }\n": typeof types.RoomStage_RoomFragmentDoc,
    "\n  mutation ConfigureInterview($input: ConfigureInterviewInput!) {\n    configureInterview(input: $input) {\n      refusal { code message field }\n      position\n      interviewId\n    }\n  }\n": typeof types.ConfigureInterviewDocument,
    "\n  fragment SetupForm_role on Role {\n    slug\n    title\n    family\n    questionCount\n  }\n": typeof types.SetupForm_RoleFragmentDoc,
    "\n  fragment SetupForm_resume on ResumeSummary {\n    id\n    fileName\n    stage\n  }\n": typeof types.SetupForm_ResumeFragmentDoc,
    "\n  query SetupPosts($id: ID!) {\n    resume(id: $id) {\n      id\n      matches { id targetTitle targetKind result { analyser } }\n    }\n  }\n": typeof types.SetupPostsDocument,
    "\n  mutation DraftAnswer($input: DraftAnswerInput!) {\n    draftAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.DraftAnswerDocument,
    "\n  mutation SubmitSpokenAnswer($input: SubmitSpokenAnswerInput!) {\n    submitSpokenAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": typeof types.SubmitSpokenAnswerDocument,
    "\n  query WrittenWords($id: ID!) {\n    interviewReplay(id: $id) {\n      interviewId\n      utterances { id questionId startMs words { text startMs endMs filler } }\n    }\n  }\n": typeof types.WrittenWordsDocument,
    "\n  fragment ReplayPanel_replay on InterviewReplay {\n    interviewId\n    beganAt\n    endMs\n    questions { questionId answerId number followUp text askedMs answeredMs spoken }\n    utterances { id questionId startMs words { text startMs endMs filler } }\n    lanes { kind title marks { startMs endMs label } }\n  }\n": typeof types.ReplayPanel_ReplayFragmentDoc,
    "\n  fragment AnswerCard_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    judgedWith\n    counting\n    attempt\n    gap\n    question\n    kind\n    topic\n    resumeQuote\n    durationMs\n    wordCount\n    evaluation\n    failure\n    overall\n    overallInterval { low high }\n    evaluator\n    stoodIn\n    ...AnswerText_answer\n    ...RatingList_answer\n    ...CoverageList_answer\n    ...BetterAnswer_answer\n    ...DeliveryPanel_answer\n    ...Contest_answer\n  }\n": typeof types.AnswerCard_AnswerFragmentDoc,
    "\n  fragment AnswerText_answer on AnswerReport {\n    answerId\n    judgedText\n    judgedWith\n    star { part span { start end } }\n    ratings { title evidence { span { start end } } }\n    betterAnswer { parts { span { start end } } }\n  }\n": typeof types.AnswerText_AnswerFragmentDoc,
    "\n  fragment Attempts_answer on AnswerReport {\n    answerId\n    questionId\n    retryOf\n    attempt\n    number\n    question\n    text\n    overall\n    ratings { criterion title level }\n    delivery { overall }\n  }\n": typeof types.Attempts_AnswerFragmentDoc,
    "\n  fragment AuditLines_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    attempt\n    question\n    judgedText\n    judgedWith\n    coverage { point covered similarity }\n  }\n": typeof types.AuditLines_AnswerFragmentDoc,
    "\n  fragment AuditOutcome_audit on ScoreAudit {\n    differences\n    notJudgedAgain\n    lines { depth text difference event { position eventId } }\n  }\n": typeof types.AuditOutcome_AuditFragmentDoc,
    "\n  fragment BetterAnswer_answer on AnswerReport {\n    answerId\n    judgedText\n    betterAnswer {\n      note\n      parts { kind text span { start end } }\n    }\n  }\n": typeof types.BetterAnswer_AnswerFragmentDoc,
    "\n  mutation ContestScore($input: ContestScoreInput!) {\n    contestScore(input: $input) { refusal { code message field } position }\n  }\n": typeof types.ContestScoreDocument,
    "\n  fragment Contest_answer on AnswerReport {\n    answerId\n    overall\n    overallInterval { low high }\n    evaluator\n    canContest\n    ratings { criterion title level features { name value } }\n    contests { reason contestedAt outcome }\n    earlier { evaluationId evaluator overall overallInterval { low high } evaluatedAt ratings { criterion level } }\n  }\n": typeof types.Contest_AnswerFragmentDoc,
    "\n  fragment CoverageList_answer on AnswerReport {\n    answerId\n    coverage { point covered similarity quote }\n  }\n": typeof types.CoverageList_AnswerFragmentDoc,
    "\n  fragment DeliveryPanel_answer on AnswerReport {\n    answerId\n    spoken\n    delivery {\n      overall\n      words\n      speechMs\n      longestMonologueMs\n      rubric\n      measuredBy\n      ratings {\n        criterion\n        title\n        level\n        anchor\n        weight\n        rationale\n        features { name value }\n        moments { startMs endMs label }\n        sources\n      }\n    }\n  }\n": typeof types.DeliveryPanel_AnswerFragmentDoc,
    "\n  fragment RatingList_answer on AnswerReport {\n    answerId\n    ratings {\n      criterion\n      title\n      level\n      interval { low high measured }\n      anchor\n      heldBack { levelBefore why }\n      weight\n      rationale\n      features { name value }\n      evidence { quote span { start } }\n    }\n  }\n": typeof types.RatingList_AnswerFragmentDoc,
    "\n  query ScoreAudit($interviewId: ID!) {\n    scoreAudit(interviewId: $interviewId) { ...AuditOutcome_audit }\n  }\n": typeof types.ScoreAuditDocument,
    "\n  fragment ReportOverview_report on InterviewReport {\n    interviewId\n    status\n    issued\n    overall\n    overallInterval { low high }\n    rubric\n    criteria { criterion title level answers }\n    answers { answerId evaluation }\n  }\n": typeof types.ReportOverview_ReportFragmentDoc,
    "\n  fragment RequirementMap_room on InterviewRoom {\n    id\n    requirements { name need questions }\n  }\n": typeof types.RequirementMap_RoomFragmentDoc,
    "\n  fragment RequirementMap_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    judgedWith\n    counting\n    overall\n  }\n": typeof types.RequirementMap_AnswerFragmentDoc,
    "\n  fragment ScoreWorkings_answer on AnswerReport {\n    answerId\n    counting\n    ratings { criterion title level weight }\n    ...AuditLines_answer\n  }\n": typeof types.ScoreWorkings_AnswerFragmentDoc,
    "\n  fragment CheckList_match on ResumeMatch {\n    id\n    result {\n      checks { name title passed message points pointsPossible }\n    }\n  }\n": typeof types.CheckList_MatchFragmentDoc,
    "\n  mutation MatchResume($input: MatchResumeInput!) {\n    matchResume(input: $input) {\n      refusal { code message field }\n      position\n      matchId\n    }\n  }\n": typeof types.MatchResumeDocument,
    "\n  fragment MatchForm_role on Role {\n    slug\n    title\n    family\n  }\n": typeof types.MatchForm_RoleFragmentDoc,
    "\n  fragment MatchOverview_match on ResumeMatch {\n    id\n    targetTitle\n    targetKind\n    failure\n    result {\n      score\n      analyser\n      terms { term kind need found points pointsPossible }\n      checks { points pointsPossible }\n    }\n  }\n": typeof types.MatchOverview_MatchFragmentDoc,
    "\n  fragment OutlinePanel_resume on ResumeInsights {\n    id\n    pages\n    confidence\n    agreement\n    reader\n    remarks\n    outline {\n      name\n      emails\n      phones\n      links\n      location\n      yearsOfExperience\n      skills { name mentions span { start } }\n      jobs { title employer start end current span { start } }\n      education { institution degree year span { start } }\n    }\n  }\n": typeof types.OutlinePanel_ResumeFragmentDoc,
    "\n  fragment ResumeInsights_resume on ResumeInsights {\n    id\n    matches {\n      id\n      targetTitle\n      ...MatchOverview_match\n      ...TermList_match\n      ...CheckList_match\n      ...SuggestionList_match\n      ...ResumeText_match\n    }\n    ...OutlinePanel_resume\n    ...ResumeText_resume\n  }\n": typeof types.ResumeInsights_ResumeFragmentDoc,
    "\n  fragment ResumeList_resume on ResumeSummary {\n    id\n    fileName\n    stage\n    rejection\n    score\n    targetTitle\n    uploadedAt\n  }\n": typeof types.ResumeList_ResumeFragmentDoc,
    "\n  subscription ReadingChanged($id: ID!) {\n    resume(id: $id) { id stage matches { id result { score } } }\n  }\n": typeof types.ReadingChangedDocument,
    "\n  fragment ResumeState_resume on ResumeInsights {\n    id\n    stage\n    rejection\n  }\n": typeof types.ResumeState_ResumeFragmentDoc,
    "\n  fragment ResumeText_resume on ResumeInsights {\n    id\n    text\n  }\n": typeof types.ResumeText_ResumeFragmentDoc,
    "\n  fragment ResumeText_match on ResumeMatch {\n    id\n    result {\n      terms { term found span { start end } }\n      suggestions { advice span { start end } }\n    }\n  }\n": typeof types.ResumeText_MatchFragmentDoc,
    "\n  fragment SuggestionList_match on ResumeMatch {\n    id\n    result {\n      suggestions { advice quote span { start } terms }\n    }\n  }\n": typeof types.SuggestionList_MatchFragmentDoc,
    "\n  fragment TermList_match on ResumeMatch {\n    id\n    result {\n      terms {\n        term\n        kind\n        need\n        weight\n        found\n        similarity\n        quote\n        span { start end }\n        foundAs\n        answers\n        points\n        pointsPossible\n      }\n    }\n  }\n": typeof types.TermList_MatchFragmentDoc,
    "\n  fragment UploadPanel_role on Role {\n    slug\n    title\n    family\n  }\n": typeof types.UploadPanel_RoleFragmentDoc,
    "\n  fragment TrendCharts_trend on AnalyticsTrend {\n    points {\n      interviewId\n      at\n      overall\n      roleTitle\n      criteria { criterion level }\n    }\n    criteria { criterion title level answers }\n    change { difference noise direction compared }\n    criterionChanges { criterion change { difference noise direction compared } }\n  }\n": typeof types.TrendCharts_TrendFragmentDoc,
    "\n  fragment TrendPeek_trend on AnalyticsTrend {\n    points { interviewId overall }\n    change { difference noise direction compared }\n  }\n": typeof types.TrendPeek_TrendFragmentDoc,
    "\n  query Trend($atLeast: Position) {\n    analyticsTrend(atLeast: $atLeast) { ...TrendCharts_trend }\n  }\n": typeof types.TrendDocument,
    "\n  subscription TrendChanged {\n    analyticsTrend { ...TrendCharts_trend }\n  }\n": typeof types.TrendChangedDocument,
    "\n  query Dashboard($atLeast: Position) {\n    dashboard(atLeast: $atLeast) {\n      latestResume { id ...LatestResume_resume }\n      ...StatGrid_dashboard\n      ...RecentSessions_dashboard\n      ...ResumeSession_dashboard\n      ...PreparedSessions_dashboard\n    }\n  }\n": typeof types.DashboardDocument,
    "\n  subscription DashboardChanged {\n    dashboard {\n      latestResume { id ...LatestResume_resume }\n      ...StatGrid_dashboard\n      ...RecentSessions_dashboard\n      ...ResumeSession_dashboard\n      ...PreparedSessions_dashboard\n    }\n  }\n": typeof types.DashboardChangedDocument,
    "\n  query TrendPeek($atLeast: Position) {\n    analyticsTrend(atLeast: $atLeast) { ...TrendPeek_trend }\n  }\n": typeof types.TrendPeekDocument,
    "\n  subscription TrendPeekChanged {\n    analyticsTrend { ...TrendPeek_trend }\n  }\n": typeof types.TrendPeekChangedDocument,
    "\n  query InterviewSetup {\n    roles { slug ...SetupForm_role }\n    resumes(first: 50) { edges { cursor node { id ...SetupForm_resume } } }\n  }\n": typeof types.InterviewSetupDocument,
    "\n  query OpenSession {\n    dashboard {\n      resumable { id }\n      prepared { id }\n    }\n  }\n": typeof types.OpenSessionDocument,
    "\n  query Room($id: ID!, $atLeast: Position) {\n    interviewRoom(id: $id, atLeast: $atLeast) {\n      id\n      status\n      thinking\n      role { slug title }\n      asked { id text answer { id } ...AnsweredList_question }\n      ...RoomProgress_room\n      ...RoomStage_room\n    }\n  }\n": typeof types.RoomDocument,
    "\n  subscription RoomChanged($id: ID!) {\n    interviewRoom(id: $id) {\n      id\n      status\n      thinking\n      role { slug title }\n      asked { id text answer { id } ...AnsweredList_question }\n      ...RoomProgress_room\n      ...RoomStage_room\n    }\n  }\n": typeof types.RoomChangedDocument,
    "\n  query Profile {\n    viewer { id ...ProfileForm_viewer }\n    roles { slug ...ProfileForm_role }\n  }\n": typeof types.ProfileDocument,
    "\n  query Report($id: ID!, $atLeast: Position) {\n    interviewReport(id: $id, atLeast: $atLeast) {\n      interviewId\n      status\n      completedAt\n      startedAt\n      issued\n      overall\n      role { slug title }\n      recording { url startedAt durationMs }\n      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }\n      ...ReportOverview_report\n    }\n  }\n": typeof types.ReportDocument,
    "\n  subscription ReportChanged($id: ID!) {\n    interviewReport(id: $id) {\n      interviewId\n      status\n      completedAt\n      startedAt\n      issued\n      overall\n      role { slug title }\n      recording { url startedAt durationMs }\n      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }\n      ...ReportOverview_report\n    }\n  }\n": typeof types.ReportChangedDocument,
    "\n  query ReportRequirements($id: ID!) {\n    interviewRoom(id: $id) { id ...RequirementMap_room }\n  }\n": typeof types.ReportRequirementsDocument,
    "\n  query Replay($id: ID!) {\n    interviewReplay(id: $id) { interviewId beganAt endMs ...ReplayPanel_replay }\n  }\n": typeof types.ReplayDocument,
    "\n  query Resume($id: ID!, $atLeast: Position) {\n    resume(id: $id, atLeast: $atLeast) {\n      id\n      fileName\n      sizeBytes\n      uploadedAt\n      pages\n      stage\n      ...ResumeState_resume\n      ...ResumeInsights_resume\n    }\n  }\n": typeof types.ResumeDocument,
    "\n  subscription ResumeChanged($id: ID!) {\n    resume(id: $id) {\n      id\n      fileName\n      sizeBytes\n      uploadedAt\n      pages\n      stage\n      ...ResumeState_resume\n      ...ResumeInsights_resume\n    }\n  }\n": typeof types.ResumeChangedDocument,
    "\n  query MatchRoles {\n    roles { slug ...MatchForm_role }\n  }\n": typeof types.MatchRolesDocument,
    "\n  query Resumes($atLeast: Position) {\n    resumes(first: 50, atLeast: $atLeast) {\n      edges { cursor node { id ...ResumeList_resume } }\n    }\n  }\n": typeof types.ResumesDocument,
    "\n  query UploadRoles {\n    roles { slug ...UploadPanel_role }\n  }\n": typeof types.UploadRolesDocument,
    "\n  subscription LatestResumeChanged {\n    dashboard { latestResume { id stage score } }\n  }\n": typeof types.LatestResumeChangedDocument,
    "\n  query ThirdParties {\n    thirdParties { languageModel speech }\n  }\n": typeof types.ThirdPartiesDocument,
};
const documents: Documents = {
    "\n  mutation CloseAccount($input: CloseAccountInput!) {\n    closeAccount(input: $input) { refusal { code message field } position }\n  }\n": types.CloseAccountDocument,
    "\n  query Outbox {\n    outbox { id to subject sentAt text link }\n  }\n": types.OutboxDocument,
    "\n  mutation CompleteProfile($input: CompleteProfileInput!) {\n    completeProfile(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id ...ViewerContext_viewer }\n    }\n  }\n": types.CompleteProfileDocument,
    "\n  fragment ProfileForm_role on Role {\n    slug\n    title\n    family\n    summary\n    questionCount\n    skills { name need weight }\n  }\n": types.ProfileForm_RoleFragmentDoc,
    "\n  fragment ProfileForm_viewer on Viewer {\n    id\n    name\n    role { slug }\n    level\n  }\n": types.ProfileForm_ViewerFragmentDoc,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n      passwordAdvice\n    }\n  }\n": types.RegisterDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n    }\n  }\n": types.SignInDocument,
    "\n  mutation SignOut {\n    signOut { signedOut }\n  }\n": types.SignOutDocument,
    "\n  mutation VerifyEmail($input: VerifyEmailInput!) {\n    verifyEmail(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n    }\n  }\n": types.VerifyEmailDocument,
    "\n  mutation ResendVerification($input: CommandInput!) {\n    resendVerification(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.ResendVerificationDocument,
    "\n  query OutboxKnown {\n    outbox { id }\n  }\n": types.OutboxKnownDocument,
    "\n  fragment ViewerContext_viewer on Viewer {\n    id\n    name\n    email\n    verified\n    role { slug title }\n    level\n  }\n": types.ViewerContext_ViewerFragmentDoc,
    "\n  query Viewer($atLeast: Position) {\n    viewer(atLeast: $atLeast) { id ...ViewerContext_viewer }\n  }\n": types.ViewerDocument,
    "\n  subscription ViewerChanged {\n    viewer { id ...ViewerContext_viewer }\n  }\n": types.ViewerChangedDocument,
    "\n  fragment InterviewRow_interview on InterviewSummary {\n    id\n    role { slug title }\n    mode\n    difficulty\n    status\n    questions\n    answered\n    score\n    createdAt\n    updatedAt\n  }\n": types.InterviewRow_InterviewFragmentDoc,
    "\n  fragment LatestResume_resume on ResumeSummary {\n    id\n    fileName\n    stage\n    score\n    targetTitle\n  }\n": types.LatestResume_ResumeFragmentDoc,
    "\n  mutation DiscardInterview($input: InterviewCommandInput!) {\n    discardInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.DiscardInterviewDocument,
    "\n  fragment PreparedSessions_dashboard on Dashboard {\n    prepared {\n      id\n      questions\n      createdAt\n      role { slug title }\n    }\n  }\n": types.PreparedSessions_DashboardFragmentDoc,
    "\n  fragment RecentSessions_dashboard on Dashboard {\n    recent { id ...InterviewRow_interview }\n  }\n": types.RecentSessions_DashboardFragmentDoc,
    "\n  fragment ResumeSession_dashboard on Dashboard {\n    resumable {\n      id\n      questions\n      answered\n      role { slug title }\n    }\n  }\n": types.ResumeSession_DashboardFragmentDoc,
    "\n  fragment StatGrid_dashboard on Dashboard {\n    interviewsCompleted\n    answersGiven\n    averageScore\n    averageInterval { low high }\n    bestScore\n    bestInterval { low high }\n    minutesPractised\n    streakDays\n  }\n": types.StatGrid_DashboardFragmentDoc,
    "\n  mutation SubmitAnswer($input: SubmitAnswerInput!) {\n    submitAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.SubmitAnswerDocument,
    "\n  fragment AnswerEditor_question on AskedQuestion {\n    id\n    kind\n    gap\n    draft { revision text savedAt }\n  }\n": types.AnswerEditor_QuestionFragmentDoc,
    "\n  mutation RetryQuestion($input: RetryQuestionInput!) {\n    retryQuestion(input: $input) { refusal { code message field } position }\n  }\n": types.RetryQuestionDocument,
    "\n  fragment AnsweredList_question on AskedQuestion {\n    id\n    number\n    text\n    gap\n    retryOf\n    attempt\n    answer { id text evaluation }\n  }\n": types.AnsweredList_QuestionFragmentDoc,
    "\n  fragment QuestionCard_question on AskedQuestion {\n    id\n    number\n    text\n    kind\n    topic\n    gap\n    adapted\n    takesUp\n    attempt\n    resumeQuote\n  }\n": types.QuestionCard_QuestionFragmentDoc,
    "\n  mutation ExtendTime($input: ExtendTimeInput!) {\n    extendTime(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.ExtendTimeDocument,
    "\n  fragment QuestionTimer_question on AskedQuestion {\n    id\n    askedAt\n    pausedMs\n    extendedSeconds\n  }\n": types.QuestionTimer_QuestionFragmentDoc,
    "\n  mutation PauseInterview($input: InterviewCommandInput!) {\n    pauseInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.PauseInterviewDocument,
    "\n  mutation AbandonInterview($input: InterviewCommandInput!) {\n    abandonInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.AbandonInterviewDocument,
    "\n  mutation EndInterview($input: InterviewCommandInput!) {\n    completeInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.EndInterviewDocument,
    "\n  fragment RoomProgress_room on InterviewRoom {\n    id\n    questions\n    asked { id number gap retryOf answer { id } }\n  }\n": types.RoomProgress_RoomFragmentDoc,
    "\n  mutation StartInterview($input: InterviewCommandInput!) {\n    startInterview(input: $input) { refusal { code message field } position }\n  }\n": types.StartInterviewDocument,
    "\n  mutation ResumeInterview($input: InterviewCommandInput!) {\n    resumeInterview(input: $input) { refusal { code message field } position }\n  }\n": types.ResumeInterviewDocument,
    "\n  mutation CompleteInterview($input: InterviewCommandInput!) {\n    completeInterview(input: $input) { refusal { code message field } position }\n  }\n": types.CompleteInterviewDocument,
    "\n  fragment RoomStage_room on InterviewRoom {\n    id\n    status\n    questions\n    secondsPerQuestion\n    planningFailure\n    thinking\n    asked {\n      id\n      answer { id }\n      ...QuestionCard_question\n      ...QuestionTimer_question\n      ...AnswerEditor_question\n    }\n  }\n": types.RoomStage_RoomFragmentDoc,
    "\n  mutation ConfigureInterview($input: ConfigureInterviewInput!) {\n    configureInterview(input: $input) {\n      refusal { code message field }\n      position\n      interviewId\n    }\n  }\n": types.ConfigureInterviewDocument,
    "\n  fragment SetupForm_role on Role {\n    slug\n    title\n    family\n    questionCount\n  }\n": types.SetupForm_RoleFragmentDoc,
    "\n  fragment SetupForm_resume on ResumeSummary {\n    id\n    fileName\n    stage\n  }\n": types.SetupForm_ResumeFragmentDoc,
    "\n  query SetupPosts($id: ID!) {\n    resume(id: $id) {\n      id\n      matches { id targetTitle targetKind result { analyser } }\n    }\n  }\n": types.SetupPostsDocument,
    "\n  mutation DraftAnswer($input: DraftAnswerInput!) {\n    draftAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.DraftAnswerDocument,
    "\n  mutation SubmitSpokenAnswer($input: SubmitSpokenAnswerInput!) {\n    submitSpokenAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n": types.SubmitSpokenAnswerDocument,
    "\n  query WrittenWords($id: ID!) {\n    interviewReplay(id: $id) {\n      interviewId\n      utterances { id questionId startMs words { text startMs endMs filler } }\n    }\n  }\n": types.WrittenWordsDocument,
    "\n  fragment ReplayPanel_replay on InterviewReplay {\n    interviewId\n    beganAt\n    endMs\n    questions { questionId answerId number followUp text askedMs answeredMs spoken }\n    utterances { id questionId startMs words { text startMs endMs filler } }\n    lanes { kind title marks { startMs endMs label } }\n  }\n": types.ReplayPanel_ReplayFragmentDoc,
    "\n  fragment AnswerCard_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    judgedWith\n    counting\n    attempt\n    gap\n    question\n    kind\n    topic\n    resumeQuote\n    durationMs\n    wordCount\n    evaluation\n    failure\n    overall\n    overallInterval { low high }\n    evaluator\n    stoodIn\n    ...AnswerText_answer\n    ...RatingList_answer\n    ...CoverageList_answer\n    ...BetterAnswer_answer\n    ...DeliveryPanel_answer\n    ...Contest_answer\n  }\n": types.AnswerCard_AnswerFragmentDoc,
    "\n  fragment AnswerText_answer on AnswerReport {\n    answerId\n    judgedText\n    judgedWith\n    star { part span { start end } }\n    ratings { title evidence { span { start end } } }\n    betterAnswer { parts { span { start end } } }\n  }\n": types.AnswerText_AnswerFragmentDoc,
    "\n  fragment Attempts_answer on AnswerReport {\n    answerId\n    questionId\n    retryOf\n    attempt\n    number\n    question\n    text\n    overall\n    ratings { criterion title level }\n    delivery { overall }\n  }\n": types.Attempts_AnswerFragmentDoc,
    "\n  fragment AuditLines_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    attempt\n    question\n    judgedText\n    judgedWith\n    coverage { point covered similarity }\n  }\n": types.AuditLines_AnswerFragmentDoc,
    "\n  fragment AuditOutcome_audit on ScoreAudit {\n    differences\n    notJudgedAgain\n    lines { depth text difference event { position eventId } }\n  }\n": types.AuditOutcome_AuditFragmentDoc,
    "\n  fragment BetterAnswer_answer on AnswerReport {\n    answerId\n    judgedText\n    betterAnswer {\n      note\n      parts { kind text span { start end } }\n    }\n  }\n": types.BetterAnswer_AnswerFragmentDoc,
    "\n  mutation ContestScore($input: ContestScoreInput!) {\n    contestScore(input: $input) { refusal { code message field } position }\n  }\n": types.ContestScoreDocument,
    "\n  fragment Contest_answer on AnswerReport {\n    answerId\n    overall\n    overallInterval { low high }\n    evaluator\n    canContest\n    ratings { criterion title level features { name value } }\n    contests { reason contestedAt outcome }\n    earlier { evaluationId evaluator overall overallInterval { low high } evaluatedAt ratings { criterion level } }\n  }\n": types.Contest_AnswerFragmentDoc,
    "\n  fragment CoverageList_answer on AnswerReport {\n    answerId\n    coverage { point covered similarity quote }\n  }\n": types.CoverageList_AnswerFragmentDoc,
    "\n  fragment DeliveryPanel_answer on AnswerReport {\n    answerId\n    spoken\n    delivery {\n      overall\n      words\n      speechMs\n      longestMonologueMs\n      rubric\n      measuredBy\n      ratings {\n        criterion\n        title\n        level\n        anchor\n        weight\n        rationale\n        features { name value }\n        moments { startMs endMs label }\n        sources\n      }\n    }\n  }\n": types.DeliveryPanel_AnswerFragmentDoc,
    "\n  fragment RatingList_answer on AnswerReport {\n    answerId\n    ratings {\n      criterion\n      title\n      level\n      interval { low high measured }\n      anchor\n      heldBack { levelBefore why }\n      weight\n      rationale\n      features { name value }\n      evidence { quote span { start } }\n    }\n  }\n": types.RatingList_AnswerFragmentDoc,
    "\n  query ScoreAudit($interviewId: ID!) {\n    scoreAudit(interviewId: $interviewId) { ...AuditOutcome_audit }\n  }\n": types.ScoreAuditDocument,
    "\n  fragment ReportOverview_report on InterviewReport {\n    interviewId\n    status\n    issued\n    overall\n    overallInterval { low high }\n    rubric\n    criteria { criterion title level answers }\n    answers { answerId evaluation }\n  }\n": types.ReportOverview_ReportFragmentDoc,
    "\n  fragment RequirementMap_room on InterviewRoom {\n    id\n    requirements { name need questions }\n  }\n": types.RequirementMap_RoomFragmentDoc,
    "\n  fragment RequirementMap_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    judgedWith\n    counting\n    overall\n  }\n": types.RequirementMap_AnswerFragmentDoc,
    "\n  fragment ScoreWorkings_answer on AnswerReport {\n    answerId\n    counting\n    ratings { criterion title level weight }\n    ...AuditLines_answer\n  }\n": types.ScoreWorkings_AnswerFragmentDoc,
    "\n  fragment CheckList_match on ResumeMatch {\n    id\n    result {\n      checks { name title passed message points pointsPossible }\n    }\n  }\n": types.CheckList_MatchFragmentDoc,
    "\n  mutation MatchResume($input: MatchResumeInput!) {\n    matchResume(input: $input) {\n      refusal { code message field }\n      position\n      matchId\n    }\n  }\n": types.MatchResumeDocument,
    "\n  fragment MatchForm_role on Role {\n    slug\n    title\n    family\n  }\n": types.MatchForm_RoleFragmentDoc,
    "\n  fragment MatchOverview_match on ResumeMatch {\n    id\n    targetTitle\n    targetKind\n    failure\n    result {\n      score\n      analyser\n      terms { term kind need found points pointsPossible }\n      checks { points pointsPossible }\n    }\n  }\n": types.MatchOverview_MatchFragmentDoc,
    "\n  fragment OutlinePanel_resume on ResumeInsights {\n    id\n    pages\n    confidence\n    agreement\n    reader\n    remarks\n    outline {\n      name\n      emails\n      phones\n      links\n      location\n      yearsOfExperience\n      skills { name mentions span { start } }\n      jobs { title employer start end current span { start } }\n      education { institution degree year span { start } }\n    }\n  }\n": types.OutlinePanel_ResumeFragmentDoc,
    "\n  fragment ResumeInsights_resume on ResumeInsights {\n    id\n    matches {\n      id\n      targetTitle\n      ...MatchOverview_match\n      ...TermList_match\n      ...CheckList_match\n      ...SuggestionList_match\n      ...ResumeText_match\n    }\n    ...OutlinePanel_resume\n    ...ResumeText_resume\n  }\n": types.ResumeInsights_ResumeFragmentDoc,
    "\n  fragment ResumeList_resume on ResumeSummary {\n    id\n    fileName\n    stage\n    rejection\n    score\n    targetTitle\n    uploadedAt\n  }\n": types.ResumeList_ResumeFragmentDoc,
    "\n  subscription ReadingChanged($id: ID!) {\n    resume(id: $id) { id stage matches { id result { score } } }\n  }\n": types.ReadingChangedDocument,
    "\n  fragment ResumeState_resume on ResumeInsights {\n    id\n    stage\n    rejection\n  }\n": types.ResumeState_ResumeFragmentDoc,
    "\n  fragment ResumeText_resume on ResumeInsights {\n    id\n    text\n  }\n": types.ResumeText_ResumeFragmentDoc,
    "\n  fragment ResumeText_match on ResumeMatch {\n    id\n    result {\n      terms { term found span { start end } }\n      suggestions { advice span { start end } }\n    }\n  }\n": types.ResumeText_MatchFragmentDoc,
    "\n  fragment SuggestionList_match on ResumeMatch {\n    id\n    result {\n      suggestions { advice quote span { start } terms }\n    }\n  }\n": types.SuggestionList_MatchFragmentDoc,
    "\n  fragment TermList_match on ResumeMatch {\n    id\n    result {\n      terms {\n        term\n        kind\n        need\n        weight\n        found\n        similarity\n        quote\n        span { start end }\n        foundAs\n        answers\n        points\n        pointsPossible\n      }\n    }\n  }\n": types.TermList_MatchFragmentDoc,
    "\n  fragment UploadPanel_role on Role {\n    slug\n    title\n    family\n  }\n": types.UploadPanel_RoleFragmentDoc,
    "\n  fragment TrendCharts_trend on AnalyticsTrend {\n    points {\n      interviewId\n      at\n      overall\n      roleTitle\n      criteria { criterion level }\n    }\n    criteria { criterion title level answers }\n    change { difference noise direction compared }\n    criterionChanges { criterion change { difference noise direction compared } }\n  }\n": types.TrendCharts_TrendFragmentDoc,
    "\n  fragment TrendPeek_trend on AnalyticsTrend {\n    points { interviewId overall }\n    change { difference noise direction compared }\n  }\n": types.TrendPeek_TrendFragmentDoc,
    "\n  query Trend($atLeast: Position) {\n    analyticsTrend(atLeast: $atLeast) { ...TrendCharts_trend }\n  }\n": types.TrendDocument,
    "\n  subscription TrendChanged {\n    analyticsTrend { ...TrendCharts_trend }\n  }\n": types.TrendChangedDocument,
    "\n  query Dashboard($atLeast: Position) {\n    dashboard(atLeast: $atLeast) {\n      latestResume { id ...LatestResume_resume }\n      ...StatGrid_dashboard\n      ...RecentSessions_dashboard\n      ...ResumeSession_dashboard\n      ...PreparedSessions_dashboard\n    }\n  }\n": types.DashboardDocument,
    "\n  subscription DashboardChanged {\n    dashboard {\n      latestResume { id ...LatestResume_resume }\n      ...StatGrid_dashboard\n      ...RecentSessions_dashboard\n      ...ResumeSession_dashboard\n      ...PreparedSessions_dashboard\n    }\n  }\n": types.DashboardChangedDocument,
    "\n  query TrendPeek($atLeast: Position) {\n    analyticsTrend(atLeast: $atLeast) { ...TrendPeek_trend }\n  }\n": types.TrendPeekDocument,
    "\n  subscription TrendPeekChanged {\n    analyticsTrend { ...TrendPeek_trend }\n  }\n": types.TrendPeekChangedDocument,
    "\n  query InterviewSetup {\n    roles { slug ...SetupForm_role }\n    resumes(first: 50) { edges { cursor node { id ...SetupForm_resume } } }\n  }\n": types.InterviewSetupDocument,
    "\n  query OpenSession {\n    dashboard {\n      resumable { id }\n      prepared { id }\n    }\n  }\n": types.OpenSessionDocument,
    "\n  query Room($id: ID!, $atLeast: Position) {\n    interviewRoom(id: $id, atLeast: $atLeast) {\n      id\n      status\n      thinking\n      role { slug title }\n      asked { id text answer { id } ...AnsweredList_question }\n      ...RoomProgress_room\n      ...RoomStage_room\n    }\n  }\n": types.RoomDocument,
    "\n  subscription RoomChanged($id: ID!) {\n    interviewRoom(id: $id) {\n      id\n      status\n      thinking\n      role { slug title }\n      asked { id text answer { id } ...AnsweredList_question }\n      ...RoomProgress_room\n      ...RoomStage_room\n    }\n  }\n": types.RoomChangedDocument,
    "\n  query Profile {\n    viewer { id ...ProfileForm_viewer }\n    roles { slug ...ProfileForm_role }\n  }\n": types.ProfileDocument,
    "\n  query Report($id: ID!, $atLeast: Position) {\n    interviewReport(id: $id, atLeast: $atLeast) {\n      interviewId\n      status\n      completedAt\n      startedAt\n      issued\n      overall\n      role { slug title }\n      recording { url startedAt durationMs }\n      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }\n      ...ReportOverview_report\n    }\n  }\n": types.ReportDocument,
    "\n  subscription ReportChanged($id: ID!) {\n    interviewReport(id: $id) {\n      interviewId\n      status\n      completedAt\n      startedAt\n      issued\n      overall\n      role { slug title }\n      recording { url startedAt durationMs }\n      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }\n      ...ReportOverview_report\n    }\n  }\n": types.ReportChangedDocument,
    "\n  query ReportRequirements($id: ID!) {\n    interviewRoom(id: $id) { id ...RequirementMap_room }\n  }\n": types.ReportRequirementsDocument,
    "\n  query Replay($id: ID!) {\n    interviewReplay(id: $id) { interviewId beganAt endMs ...ReplayPanel_replay }\n  }\n": types.ReplayDocument,
    "\n  query Resume($id: ID!, $atLeast: Position) {\n    resume(id: $id, atLeast: $atLeast) {\n      id\n      fileName\n      sizeBytes\n      uploadedAt\n      pages\n      stage\n      ...ResumeState_resume\n      ...ResumeInsights_resume\n    }\n  }\n": types.ResumeDocument,
    "\n  subscription ResumeChanged($id: ID!) {\n    resume(id: $id) {\n      id\n      fileName\n      sizeBytes\n      uploadedAt\n      pages\n      stage\n      ...ResumeState_resume\n      ...ResumeInsights_resume\n    }\n  }\n": types.ResumeChangedDocument,
    "\n  query MatchRoles {\n    roles { slug ...MatchForm_role }\n  }\n": types.MatchRolesDocument,
    "\n  query Resumes($atLeast: Position) {\n    resumes(first: 50, atLeast: $atLeast) {\n      edges { cursor node { id ...ResumeList_resume } }\n    }\n  }\n": types.ResumesDocument,
    "\n  query UploadRoles {\n    roles { slug ...UploadPanel_role }\n  }\n": types.UploadRolesDocument,
    "\n  subscription LatestResumeChanged {\n    dashboard { latestResume { id stage score } }\n  }\n": types.LatestResumeChangedDocument,
    "\n  query ThirdParties {\n    thirdParties { languageModel speech }\n  }\n": types.ThirdPartiesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CloseAccount($input: CloseAccountInput!) {\n    closeAccount(input: $input) { refusal { code message field } position }\n  }\n"): (typeof documents)["\n  mutation CloseAccount($input: CloseAccountInput!) {\n    closeAccount(input: $input) { refusal { code message field } position }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Outbox {\n    outbox { id to subject sentAt text link }\n  }\n"): (typeof documents)["\n  query Outbox {\n    outbox { id to subject sentAt text link }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteProfile($input: CompleteProfileInput!) {\n    completeProfile(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id ...ViewerContext_viewer }\n    }\n  }\n"): (typeof documents)["\n  mutation CompleteProfile($input: CompleteProfileInput!) {\n    completeProfile(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id ...ViewerContext_viewer }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProfileForm_role on Role {\n    slug\n    title\n    family\n    summary\n    questionCount\n    skills { name need weight }\n  }\n"): (typeof documents)["\n  fragment ProfileForm_role on Role {\n    slug\n    title\n    family\n    summary\n    questionCount\n    skills { name need weight }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProfileForm_viewer on Viewer {\n    id\n    name\n    role { slug }\n    level\n  }\n"): (typeof documents)["\n  fragment ProfileForm_viewer on Viewer {\n    id\n    name\n    role { slug }\n    level\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n      passwordAdvice\n    }\n  }\n"): (typeof documents)["\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n      passwordAdvice\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n    }\n  }\n"): (typeof documents)["\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    signOut { signedOut }\n  }\n"): (typeof documents)["\n  mutation SignOut {\n    signOut { signedOut }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation VerifyEmail($input: VerifyEmailInput!) {\n    verifyEmail(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n    }\n  }\n"): (typeof documents)["\n  mutation VerifyEmail($input: VerifyEmailInput!) {\n    verifyEmail(input: $input) {\n      refusal { code message field }\n      position\n      viewer { id }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResendVerification($input: CommandInput!) {\n    resendVerification(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation ResendVerification($input: CommandInput!) {\n    resendVerification(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OutboxKnown {\n    outbox { id }\n  }\n"): (typeof documents)["\n  query OutboxKnown {\n    outbox { id }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ViewerContext_viewer on Viewer {\n    id\n    name\n    email\n    verified\n    role { slug title }\n    level\n  }\n"): (typeof documents)["\n  fragment ViewerContext_viewer on Viewer {\n    id\n    name\n    email\n    verified\n    role { slug title }\n    level\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer($atLeast: Position) {\n    viewer(atLeast: $atLeast) { id ...ViewerContext_viewer }\n  }\n"): (typeof documents)["\n  query Viewer($atLeast: Position) {\n    viewer(atLeast: $atLeast) { id ...ViewerContext_viewer }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ViewerChanged {\n    viewer { id ...ViewerContext_viewer }\n  }\n"): (typeof documents)["\n  subscription ViewerChanged {\n    viewer { id ...ViewerContext_viewer }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment InterviewRow_interview on InterviewSummary {\n    id\n    role { slug title }\n    mode\n    difficulty\n    status\n    questions\n    answered\n    score\n    createdAt\n    updatedAt\n  }\n"): (typeof documents)["\n  fragment InterviewRow_interview on InterviewSummary {\n    id\n    role { slug title }\n    mode\n    difficulty\n    status\n    questions\n    answered\n    score\n    createdAt\n    updatedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LatestResume_resume on ResumeSummary {\n    id\n    fileName\n    stage\n    score\n    targetTitle\n  }\n"): (typeof documents)["\n  fragment LatestResume_resume on ResumeSummary {\n    id\n    fileName\n    stage\n    score\n    targetTitle\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardInterview($input: InterviewCommandInput!) {\n    discardInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation DiscardInterview($input: InterviewCommandInput!) {\n    discardInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PreparedSessions_dashboard on Dashboard {\n    prepared {\n      id\n      questions\n      createdAt\n      role { slug title }\n    }\n  }\n"): (typeof documents)["\n  fragment PreparedSessions_dashboard on Dashboard {\n    prepared {\n      id\n      questions\n      createdAt\n      role { slug title }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RecentSessions_dashboard on Dashboard {\n    recent { id ...InterviewRow_interview }\n  }\n"): (typeof documents)["\n  fragment RecentSessions_dashboard on Dashboard {\n    recent { id ...InterviewRow_interview }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ResumeSession_dashboard on Dashboard {\n    resumable {\n      id\n      questions\n      answered\n      role { slug title }\n    }\n  }\n"): (typeof documents)["\n  fragment ResumeSession_dashboard on Dashboard {\n    resumable {\n      id\n      questions\n      answered\n      role { slug title }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StatGrid_dashboard on Dashboard {\n    interviewsCompleted\n    answersGiven\n    averageScore\n    averageInterval { low high }\n    bestScore\n    bestInterval { low high }\n    minutesPractised\n    streakDays\n  }\n"): (typeof documents)["\n  fragment StatGrid_dashboard on Dashboard {\n    interviewsCompleted\n    answersGiven\n    averageScore\n    averageInterval { low high }\n    bestScore\n    bestInterval { low high }\n    minutesPractised\n    streakDays\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubmitAnswer($input: SubmitAnswerInput!) {\n    submitAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation SubmitAnswer($input: SubmitAnswerInput!) {\n    submitAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AnswerEditor_question on AskedQuestion {\n    id\n    kind\n    gap\n    draft { revision text savedAt }\n  }\n"): (typeof documents)["\n  fragment AnswerEditor_question on AskedQuestion {\n    id\n    kind\n    gap\n    draft { revision text savedAt }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryQuestion($input: RetryQuestionInput!) {\n    retryQuestion(input: $input) { refusal { code message field } position }\n  }\n"): (typeof documents)["\n  mutation RetryQuestion($input: RetryQuestionInput!) {\n    retryQuestion(input: $input) { refusal { code message field } position }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AnsweredList_question on AskedQuestion {\n    id\n    number\n    text\n    gap\n    retryOf\n    attempt\n    answer { id text evaluation }\n  }\n"): (typeof documents)["\n  fragment AnsweredList_question on AskedQuestion {\n    id\n    number\n    text\n    gap\n    retryOf\n    attempt\n    answer { id text evaluation }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment QuestionCard_question on AskedQuestion {\n    id\n    number\n    text\n    kind\n    topic\n    gap\n    adapted\n    takesUp\n    attempt\n    resumeQuote\n  }\n"): (typeof documents)["\n  fragment QuestionCard_question on AskedQuestion {\n    id\n    number\n    text\n    kind\n    topic\n    gap\n    adapted\n    takesUp\n    attempt\n    resumeQuote\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ExtendTime($input: ExtendTimeInput!) {\n    extendTime(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation ExtendTime($input: ExtendTimeInput!) {\n    extendTime(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment QuestionTimer_question on AskedQuestion {\n    id\n    askedAt\n    pausedMs\n    extendedSeconds\n  }\n"): (typeof documents)["\n  fragment QuestionTimer_question on AskedQuestion {\n    id\n    askedAt\n    pausedMs\n    extendedSeconds\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseInterview($input: InterviewCommandInput!) {\n    pauseInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation PauseInterview($input: InterviewCommandInput!) {\n    pauseInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AbandonInterview($input: InterviewCommandInput!) {\n    abandonInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation AbandonInterview($input: InterviewCommandInput!) {\n    abandonInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndInterview($input: InterviewCommandInput!) {\n    completeInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation EndInterview($input: InterviewCommandInput!) {\n    completeInterview(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RoomProgress_room on InterviewRoom {\n    id\n    questions\n    asked { id number gap retryOf answer { id } }\n  }\n"): (typeof documents)["\n  fragment RoomProgress_room on InterviewRoom {\n    id\n    questions\n    asked { id number gap retryOf answer { id } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartInterview($input: InterviewCommandInput!) {\n    startInterview(input: $input) { refusal { code message field } position }\n  }\n"): (typeof documents)["\n  mutation StartInterview($input: InterviewCommandInput!) {\n    startInterview(input: $input) { refusal { code message field } position }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeInterview($input: InterviewCommandInput!) {\n    resumeInterview(input: $input) { refusal { code message field } position }\n  }\n"): (typeof documents)["\n  mutation ResumeInterview($input: InterviewCommandInput!) {\n    resumeInterview(input: $input) { refusal { code message field } position }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteInterview($input: InterviewCommandInput!) {\n    completeInterview(input: $input) { refusal { code message field } position }\n  }\n"): (typeof documents)["\n  mutation CompleteInterview($input: InterviewCommandInput!) {\n    completeInterview(input: $input) { refusal { code message field } position }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RoomStage_room on InterviewRoom {\n    id\n    status\n    questions\n    secondsPerQuestion\n    planningFailure\n    thinking\n    asked {\n      id\n      answer { id }\n      ...QuestionCard_question\n      ...QuestionTimer_question\n      ...AnswerEditor_question\n    }\n  }\n"): (typeof documents)["\n  fragment RoomStage_room on InterviewRoom {\n    id\n    status\n    questions\n    secondsPerQuestion\n    planningFailure\n    thinking\n    asked {\n      id\n      answer { id }\n      ...QuestionCard_question\n      ...QuestionTimer_question\n      ...AnswerEditor_question\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfigureInterview($input: ConfigureInterviewInput!) {\n    configureInterview(input: $input) {\n      refusal { code message field }\n      position\n      interviewId\n    }\n  }\n"): (typeof documents)["\n  mutation ConfigureInterview($input: ConfigureInterviewInput!) {\n    configureInterview(input: $input) {\n      refusal { code message field }\n      position\n      interviewId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SetupForm_role on Role {\n    slug\n    title\n    family\n    questionCount\n  }\n"): (typeof documents)["\n  fragment SetupForm_role on Role {\n    slug\n    title\n    family\n    questionCount\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SetupForm_resume on ResumeSummary {\n    id\n    fileName\n    stage\n  }\n"): (typeof documents)["\n  fragment SetupForm_resume on ResumeSummary {\n    id\n    fileName\n    stage\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SetupPosts($id: ID!) {\n    resume(id: $id) {\n      id\n      matches { id targetTitle targetKind result { analyser } }\n    }\n  }\n"): (typeof documents)["\n  query SetupPosts($id: ID!) {\n    resume(id: $id) {\n      id\n      matches { id targetTitle targetKind result { analyser } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DraftAnswer($input: DraftAnswerInput!) {\n    draftAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation DraftAnswer($input: DraftAnswerInput!) {\n    draftAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubmitSpokenAnswer($input: SubmitSpokenAnswerInput!) {\n    submitSpokenAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"): (typeof documents)["\n  mutation SubmitSpokenAnswer($input: SubmitSpokenAnswerInput!) {\n    submitSpokenAnswer(input: $input) {\n      refusal { code message field }\n      position\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WrittenWords($id: ID!) {\n    interviewReplay(id: $id) {\n      interviewId\n      utterances { id questionId startMs words { text startMs endMs filler } }\n    }\n  }\n"): (typeof documents)["\n  query WrittenWords($id: ID!) {\n    interviewReplay(id: $id) {\n      interviewId\n      utterances { id questionId startMs words { text startMs endMs filler } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ReplayPanel_replay on InterviewReplay {\n    interviewId\n    beganAt\n    endMs\n    questions { questionId answerId number followUp text askedMs answeredMs spoken }\n    utterances { id questionId startMs words { text startMs endMs filler } }\n    lanes { kind title marks { startMs endMs label } }\n  }\n"): (typeof documents)["\n  fragment ReplayPanel_replay on InterviewReplay {\n    interviewId\n    beganAt\n    endMs\n    questions { questionId answerId number followUp text askedMs answeredMs spoken }\n    utterances { id questionId startMs words { text startMs endMs filler } }\n    lanes { kind title marks { startMs endMs label } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AnswerCard_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    judgedWith\n    counting\n    attempt\n    gap\n    question\n    kind\n    topic\n    resumeQuote\n    durationMs\n    wordCount\n    evaluation\n    failure\n    overall\n    overallInterval { low high }\n    evaluator\n    stoodIn\n    ...AnswerText_answer\n    ...RatingList_answer\n    ...CoverageList_answer\n    ...BetterAnswer_answer\n    ...DeliveryPanel_answer\n    ...Contest_answer\n  }\n"): (typeof documents)["\n  fragment AnswerCard_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    judgedWith\n    counting\n    attempt\n    gap\n    question\n    kind\n    topic\n    resumeQuote\n    durationMs\n    wordCount\n    evaluation\n    failure\n    overall\n    overallInterval { low high }\n    evaluator\n    stoodIn\n    ...AnswerText_answer\n    ...RatingList_answer\n    ...CoverageList_answer\n    ...BetterAnswer_answer\n    ...DeliveryPanel_answer\n    ...Contest_answer\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AnswerText_answer on AnswerReport {\n    answerId\n    judgedText\n    judgedWith\n    star { part span { start end } }\n    ratings { title evidence { span { start end } } }\n    betterAnswer { parts { span { start end } } }\n  }\n"): (typeof documents)["\n  fragment AnswerText_answer on AnswerReport {\n    answerId\n    judgedText\n    judgedWith\n    star { part span { start end } }\n    ratings { title evidence { span { start end } } }\n    betterAnswer { parts { span { start end } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Attempts_answer on AnswerReport {\n    answerId\n    questionId\n    retryOf\n    attempt\n    number\n    question\n    text\n    overall\n    ratings { criterion title level }\n    delivery { overall }\n  }\n"): (typeof documents)["\n  fragment Attempts_answer on AnswerReport {\n    answerId\n    questionId\n    retryOf\n    attempt\n    number\n    question\n    text\n    overall\n    ratings { criterion title level }\n    delivery { overall }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AuditLines_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    attempt\n    question\n    judgedText\n    judgedWith\n    coverage { point covered similarity }\n  }\n"): (typeof documents)["\n  fragment AuditLines_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    attempt\n    question\n    judgedText\n    judgedWith\n    coverage { point covered similarity }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AuditOutcome_audit on ScoreAudit {\n    differences\n    notJudgedAgain\n    lines { depth text difference event { position eventId } }\n  }\n"): (typeof documents)["\n  fragment AuditOutcome_audit on ScoreAudit {\n    differences\n    notJudgedAgain\n    lines { depth text difference event { position eventId } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BetterAnswer_answer on AnswerReport {\n    answerId\n    judgedText\n    betterAnswer {\n      note\n      parts { kind text span { start end } }\n    }\n  }\n"): (typeof documents)["\n  fragment BetterAnswer_answer on AnswerReport {\n    answerId\n    judgedText\n    betterAnswer {\n      note\n      parts { kind text span { start end } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ContestScore($input: ContestScoreInput!) {\n    contestScore(input: $input) { refusal { code message field } position }\n  }\n"): (typeof documents)["\n  mutation ContestScore($input: ContestScoreInput!) {\n    contestScore(input: $input) { refusal { code message field } position }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Contest_answer on AnswerReport {\n    answerId\n    overall\n    overallInterval { low high }\n    evaluator\n    canContest\n    ratings { criterion title level features { name value } }\n    contests { reason contestedAt outcome }\n    earlier { evaluationId evaluator overall overallInterval { low high } evaluatedAt ratings { criterion level } }\n  }\n"): (typeof documents)["\n  fragment Contest_answer on AnswerReport {\n    answerId\n    overall\n    overallInterval { low high }\n    evaluator\n    canContest\n    ratings { criterion title level features { name value } }\n    contests { reason contestedAt outcome }\n    earlier { evaluationId evaluator overall overallInterval { low high } evaluatedAt ratings { criterion level } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CoverageList_answer on AnswerReport {\n    answerId\n    coverage { point covered similarity quote }\n  }\n"): (typeof documents)["\n  fragment CoverageList_answer on AnswerReport {\n    answerId\n    coverage { point covered similarity quote }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DeliveryPanel_answer on AnswerReport {\n    answerId\n    spoken\n    delivery {\n      overall\n      words\n      speechMs\n      longestMonologueMs\n      rubric\n      measuredBy\n      ratings {\n        criterion\n        title\n        level\n        anchor\n        weight\n        rationale\n        features { name value }\n        moments { startMs endMs label }\n        sources\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment DeliveryPanel_answer on AnswerReport {\n    answerId\n    spoken\n    delivery {\n      overall\n      words\n      speechMs\n      longestMonologueMs\n      rubric\n      measuredBy\n      ratings {\n        criterion\n        title\n        level\n        anchor\n        weight\n        rationale\n        features { name value }\n        moments { startMs endMs label }\n        sources\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RatingList_answer on AnswerReport {\n    answerId\n    ratings {\n      criterion\n      title\n      level\n      interval { low high measured }\n      anchor\n      heldBack { levelBefore why }\n      weight\n      rationale\n      features { name value }\n      evidence { quote span { start } }\n    }\n  }\n"): (typeof documents)["\n  fragment RatingList_answer on AnswerReport {\n    answerId\n    ratings {\n      criterion\n      title\n      level\n      interval { low high measured }\n      anchor\n      heldBack { levelBefore why }\n      weight\n      rationale\n      features { name value }\n      evidence { quote span { start } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScoreAudit($interviewId: ID!) {\n    scoreAudit(interviewId: $interviewId) { ...AuditOutcome_audit }\n  }\n"): (typeof documents)["\n  query ScoreAudit($interviewId: ID!) {\n    scoreAudit(interviewId: $interviewId) { ...AuditOutcome_audit }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ReportOverview_report on InterviewReport {\n    interviewId\n    status\n    issued\n    overall\n    overallInterval { low high }\n    rubric\n    criteria { criterion title level answers }\n    answers { answerId evaluation }\n  }\n"): (typeof documents)["\n  fragment ReportOverview_report on InterviewReport {\n    interviewId\n    status\n    issued\n    overall\n    overallInterval { low high }\n    rubric\n    criteria { criterion title level answers }\n    answers { answerId evaluation }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RequirementMap_room on InterviewRoom {\n    id\n    requirements { name need questions }\n  }\n"): (typeof documents)["\n  fragment RequirementMap_room on InterviewRoom {\n    id\n    requirements { name need questions }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RequirementMap_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    judgedWith\n    counting\n    overall\n  }\n"): (typeof documents)["\n  fragment RequirementMap_answer on AnswerReport {\n    answerId\n    number\n    followUp\n    judgedWith\n    counting\n    overall\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ScoreWorkings_answer on AnswerReport {\n    answerId\n    counting\n    ratings { criterion title level weight }\n    ...AuditLines_answer\n  }\n"): (typeof documents)["\n  fragment ScoreWorkings_answer on AnswerReport {\n    answerId\n    counting\n    ratings { criterion title level weight }\n    ...AuditLines_answer\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CheckList_match on ResumeMatch {\n    id\n    result {\n      checks { name title passed message points pointsPossible }\n    }\n  }\n"): (typeof documents)["\n  fragment CheckList_match on ResumeMatch {\n    id\n    result {\n      checks { name title passed message points pointsPossible }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MatchResume($input: MatchResumeInput!) {\n    matchResume(input: $input) {\n      refusal { code message field }\n      position\n      matchId\n    }\n  }\n"): (typeof documents)["\n  mutation MatchResume($input: MatchResumeInput!) {\n    matchResume(input: $input) {\n      refusal { code message field }\n      position\n      matchId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MatchForm_role on Role {\n    slug\n    title\n    family\n  }\n"): (typeof documents)["\n  fragment MatchForm_role on Role {\n    slug\n    title\n    family\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MatchOverview_match on ResumeMatch {\n    id\n    targetTitle\n    targetKind\n    failure\n    result {\n      score\n      analyser\n      terms { term kind need found points pointsPossible }\n      checks { points pointsPossible }\n    }\n  }\n"): (typeof documents)["\n  fragment MatchOverview_match on ResumeMatch {\n    id\n    targetTitle\n    targetKind\n    failure\n    result {\n      score\n      analyser\n      terms { term kind need found points pointsPossible }\n      checks { points pointsPossible }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OutlinePanel_resume on ResumeInsights {\n    id\n    pages\n    confidence\n    agreement\n    reader\n    remarks\n    outline {\n      name\n      emails\n      phones\n      links\n      location\n      yearsOfExperience\n      skills { name mentions span { start } }\n      jobs { title employer start end current span { start } }\n      education { institution degree year span { start } }\n    }\n  }\n"): (typeof documents)["\n  fragment OutlinePanel_resume on ResumeInsights {\n    id\n    pages\n    confidence\n    agreement\n    reader\n    remarks\n    outline {\n      name\n      emails\n      phones\n      links\n      location\n      yearsOfExperience\n      skills { name mentions span { start } }\n      jobs { title employer start end current span { start } }\n      education { institution degree year span { start } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ResumeInsights_resume on ResumeInsights {\n    id\n    matches {\n      id\n      targetTitle\n      ...MatchOverview_match\n      ...TermList_match\n      ...CheckList_match\n      ...SuggestionList_match\n      ...ResumeText_match\n    }\n    ...OutlinePanel_resume\n    ...ResumeText_resume\n  }\n"): (typeof documents)["\n  fragment ResumeInsights_resume on ResumeInsights {\n    id\n    matches {\n      id\n      targetTitle\n      ...MatchOverview_match\n      ...TermList_match\n      ...CheckList_match\n      ...SuggestionList_match\n      ...ResumeText_match\n    }\n    ...OutlinePanel_resume\n    ...ResumeText_resume\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ResumeList_resume on ResumeSummary {\n    id\n    fileName\n    stage\n    rejection\n    score\n    targetTitle\n    uploadedAt\n  }\n"): (typeof documents)["\n  fragment ResumeList_resume on ResumeSummary {\n    id\n    fileName\n    stage\n    rejection\n    score\n    targetTitle\n    uploadedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ReadingChanged($id: ID!) {\n    resume(id: $id) { id stage matches { id result { score } } }\n  }\n"): (typeof documents)["\n  subscription ReadingChanged($id: ID!) {\n    resume(id: $id) { id stage matches { id result { score } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ResumeState_resume on ResumeInsights {\n    id\n    stage\n    rejection\n  }\n"): (typeof documents)["\n  fragment ResumeState_resume on ResumeInsights {\n    id\n    stage\n    rejection\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ResumeText_resume on ResumeInsights {\n    id\n    text\n  }\n"): (typeof documents)["\n  fragment ResumeText_resume on ResumeInsights {\n    id\n    text\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ResumeText_match on ResumeMatch {\n    id\n    result {\n      terms { term found span { start end } }\n      suggestions { advice span { start end } }\n    }\n  }\n"): (typeof documents)["\n  fragment ResumeText_match on ResumeMatch {\n    id\n    result {\n      terms { term found span { start end } }\n      suggestions { advice span { start end } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SuggestionList_match on ResumeMatch {\n    id\n    result {\n      suggestions { advice quote span { start } terms }\n    }\n  }\n"): (typeof documents)["\n  fragment SuggestionList_match on ResumeMatch {\n    id\n    result {\n      suggestions { advice quote span { start } terms }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TermList_match on ResumeMatch {\n    id\n    result {\n      terms {\n        term\n        kind\n        need\n        weight\n        found\n        similarity\n        quote\n        span { start end }\n        foundAs\n        answers\n        points\n        pointsPossible\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment TermList_match on ResumeMatch {\n    id\n    result {\n      terms {\n        term\n        kind\n        need\n        weight\n        found\n        similarity\n        quote\n        span { start end }\n        foundAs\n        answers\n        points\n        pointsPossible\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UploadPanel_role on Role {\n    slug\n    title\n    family\n  }\n"): (typeof documents)["\n  fragment UploadPanel_role on Role {\n    slug\n    title\n    family\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrendCharts_trend on AnalyticsTrend {\n    points {\n      interviewId\n      at\n      overall\n      roleTitle\n      criteria { criterion level }\n    }\n    criteria { criterion title level answers }\n    change { difference noise direction compared }\n    criterionChanges { criterion change { difference noise direction compared } }\n  }\n"): (typeof documents)["\n  fragment TrendCharts_trend on AnalyticsTrend {\n    points {\n      interviewId\n      at\n      overall\n      roleTitle\n      criteria { criterion level }\n    }\n    criteria { criterion title level answers }\n    change { difference noise direction compared }\n    criterionChanges { criterion change { difference noise direction compared } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TrendPeek_trend on AnalyticsTrend {\n    points { interviewId overall }\n    change { difference noise direction compared }\n  }\n"): (typeof documents)["\n  fragment TrendPeek_trend on AnalyticsTrend {\n    points { interviewId overall }\n    change { difference noise direction compared }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Trend($atLeast: Position) {\n    analyticsTrend(atLeast: $atLeast) { ...TrendCharts_trend }\n  }\n"): (typeof documents)["\n  query Trend($atLeast: Position) {\n    analyticsTrend(atLeast: $atLeast) { ...TrendCharts_trend }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TrendChanged {\n    analyticsTrend { ...TrendCharts_trend }\n  }\n"): (typeof documents)["\n  subscription TrendChanged {\n    analyticsTrend { ...TrendCharts_trend }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dashboard($atLeast: Position) {\n    dashboard(atLeast: $atLeast) {\n      latestResume { id ...LatestResume_resume }\n      ...StatGrid_dashboard\n      ...RecentSessions_dashboard\n      ...ResumeSession_dashboard\n      ...PreparedSessions_dashboard\n    }\n  }\n"): (typeof documents)["\n  query Dashboard($atLeast: Position) {\n    dashboard(atLeast: $atLeast) {\n      latestResume { id ...LatestResume_resume }\n      ...StatGrid_dashboard\n      ...RecentSessions_dashboard\n      ...ResumeSession_dashboard\n      ...PreparedSessions_dashboard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DashboardChanged {\n    dashboard {\n      latestResume { id ...LatestResume_resume }\n      ...StatGrid_dashboard\n      ...RecentSessions_dashboard\n      ...ResumeSession_dashboard\n      ...PreparedSessions_dashboard\n    }\n  }\n"): (typeof documents)["\n  subscription DashboardChanged {\n    dashboard {\n      latestResume { id ...LatestResume_resume }\n      ...StatGrid_dashboard\n      ...RecentSessions_dashboard\n      ...ResumeSession_dashboard\n      ...PreparedSessions_dashboard\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TrendPeek($atLeast: Position) {\n    analyticsTrend(atLeast: $atLeast) { ...TrendPeek_trend }\n  }\n"): (typeof documents)["\n  query TrendPeek($atLeast: Position) {\n    analyticsTrend(atLeast: $atLeast) { ...TrendPeek_trend }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TrendPeekChanged {\n    analyticsTrend { ...TrendPeek_trend }\n  }\n"): (typeof documents)["\n  subscription TrendPeekChanged {\n    analyticsTrend { ...TrendPeek_trend }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InterviewSetup {\n    roles { slug ...SetupForm_role }\n    resumes(first: 50) { edges { cursor node { id ...SetupForm_resume } } }\n  }\n"): (typeof documents)["\n  query InterviewSetup {\n    roles { slug ...SetupForm_role }\n    resumes(first: 50) { edges { cursor node { id ...SetupForm_resume } } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenSession {\n    dashboard {\n      resumable { id }\n      prepared { id }\n    }\n  }\n"): (typeof documents)["\n  query OpenSession {\n    dashboard {\n      resumable { id }\n      prepared { id }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Room($id: ID!, $atLeast: Position) {\n    interviewRoom(id: $id, atLeast: $atLeast) {\n      id\n      status\n      thinking\n      role { slug title }\n      asked { id text answer { id } ...AnsweredList_question }\n      ...RoomProgress_room\n      ...RoomStage_room\n    }\n  }\n"): (typeof documents)["\n  query Room($id: ID!, $atLeast: Position) {\n    interviewRoom(id: $id, atLeast: $atLeast) {\n      id\n      status\n      thinking\n      role { slug title }\n      asked { id text answer { id } ...AnsweredList_question }\n      ...RoomProgress_room\n      ...RoomStage_room\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RoomChanged($id: ID!) {\n    interviewRoom(id: $id) {\n      id\n      status\n      thinking\n      role { slug title }\n      asked { id text answer { id } ...AnsweredList_question }\n      ...RoomProgress_room\n      ...RoomStage_room\n    }\n  }\n"): (typeof documents)["\n  subscription RoomChanged($id: ID!) {\n    interviewRoom(id: $id) {\n      id\n      status\n      thinking\n      role { slug title }\n      asked { id text answer { id } ...AnsweredList_question }\n      ...RoomProgress_room\n      ...RoomStage_room\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profile {\n    viewer { id ...ProfileForm_viewer }\n    roles { slug ...ProfileForm_role }\n  }\n"): (typeof documents)["\n  query Profile {\n    viewer { id ...ProfileForm_viewer }\n    roles { slug ...ProfileForm_role }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Report($id: ID!, $atLeast: Position) {\n    interviewReport(id: $id, atLeast: $atLeast) {\n      interviewId\n      status\n      completedAt\n      startedAt\n      issued\n      overall\n      role { slug title }\n      recording { url startedAt durationMs }\n      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }\n      ...ReportOverview_report\n    }\n  }\n"): (typeof documents)["\n  query Report($id: ID!, $atLeast: Position) {\n    interviewReport(id: $id, atLeast: $atLeast) {\n      interviewId\n      status\n      completedAt\n      startedAt\n      issued\n      overall\n      role { slug title }\n      recording { url startedAt durationMs }\n      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }\n      ...ReportOverview_report\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ReportChanged($id: ID!) {\n    interviewReport(id: $id) {\n      interviewId\n      status\n      completedAt\n      startedAt\n      issued\n      overall\n      role { slug title }\n      recording { url startedAt durationMs }\n      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }\n      ...ReportOverview_report\n    }\n  }\n"): (typeof documents)["\n  subscription ReportChanged($id: ID!) {\n    interviewReport(id: $id) {\n      interviewId\n      status\n      completedAt\n      startedAt\n      issued\n      overall\n      role { slug title }\n      recording { url startedAt durationMs }\n      answers { answerId delivery { overall } ...AnswerCard_answer ...Attempts_answer ...ScoreWorkings_answer ...RequirementMap_answer }\n      ...ReportOverview_report\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReportRequirements($id: ID!) {\n    interviewRoom(id: $id) { id ...RequirementMap_room }\n  }\n"): (typeof documents)["\n  query ReportRequirements($id: ID!) {\n    interviewRoom(id: $id) { id ...RequirementMap_room }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Replay($id: ID!) {\n    interviewReplay(id: $id) { interviewId beganAt endMs ...ReplayPanel_replay }\n  }\n"): (typeof documents)["\n  query Replay($id: ID!) {\n    interviewReplay(id: $id) { interviewId beganAt endMs ...ReplayPanel_replay }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Resume($id: ID!, $atLeast: Position) {\n    resume(id: $id, atLeast: $atLeast) {\n      id\n      fileName\n      sizeBytes\n      uploadedAt\n      pages\n      stage\n      ...ResumeState_resume\n      ...ResumeInsights_resume\n    }\n  }\n"): (typeof documents)["\n  query Resume($id: ID!, $atLeast: Position) {\n    resume(id: $id, atLeast: $atLeast) {\n      id\n      fileName\n      sizeBytes\n      uploadedAt\n      pages\n      stage\n      ...ResumeState_resume\n      ...ResumeInsights_resume\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ResumeChanged($id: ID!) {\n    resume(id: $id) {\n      id\n      fileName\n      sizeBytes\n      uploadedAt\n      pages\n      stage\n      ...ResumeState_resume\n      ...ResumeInsights_resume\n    }\n  }\n"): (typeof documents)["\n  subscription ResumeChanged($id: ID!) {\n    resume(id: $id) {\n      id\n      fileName\n      sizeBytes\n      uploadedAt\n      pages\n      stage\n      ...ResumeState_resume\n      ...ResumeInsights_resume\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MatchRoles {\n    roles { slug ...MatchForm_role }\n  }\n"): (typeof documents)["\n  query MatchRoles {\n    roles { slug ...MatchForm_role }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Resumes($atLeast: Position) {\n    resumes(first: 50, atLeast: $atLeast) {\n      edges { cursor node { id ...ResumeList_resume } }\n    }\n  }\n"): (typeof documents)["\n  query Resumes($atLeast: Position) {\n    resumes(first: 50, atLeast: $atLeast) {\n      edges { cursor node { id ...ResumeList_resume } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UploadRoles {\n    roles { slug ...UploadPanel_role }\n  }\n"): (typeof documents)["\n  query UploadRoles {\n    roles { slug ...UploadPanel_role }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription LatestResumeChanged {\n    dashboard { latestResume { id stage score } }\n  }\n"): (typeof documents)["\n  subscription LatestResumeChanged {\n    dashboard { latestResume { id stage score } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ThirdParties {\n    thirdParties { languageModel speech }\n  }\n"): (typeof documents)["\n  query ThirdParties {\n    thirdParties { languageModel speech }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;