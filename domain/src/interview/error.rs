//! Why an interview refuses.

use crate::ids::{AnswerId, QuestionId};

/// The rule that a command would break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InterviewError {
    /// The id is taken.
    #[error("this interview is set up already")]
    AlreadyConfigured,
    /// Nobody set it up.
    #[error("there is no such interview")]
    NotConfigured,
    /// Too few or too many questions.
    #[error("an interview has 1 to {most} questions")]
    QuestionCount {
        /// The most.
        most: u8,
    },
    /// Not a difficulty.
    #[error("the difficulty goes from 1 to 5")]
    Difficulty,
    /// An empty plan.
    #[error("an interview needs a question")]
    NoQuestions,
    /// The questions are chosen.
    #[error("the questions of this interview are chosen already")]
    AlreadyPlanned,
    /// The questions are not chosen yet.
    #[error("the questions are still being chosen; try again in a moment")]
    NotReady,
    /// It goes on.
    #[error("this interview has started already")]
    AlreadyStarted,
    /// It has not begun.
    #[error("this interview has not started yet")]
    NotStarted,
    /// A spoken answer was handed in and no words were heard.
    #[error("no words were heard; speak your answer, or write it")]
    NothingSaid,
    /// It is paused or was left.
    #[error("this interview is not going on; resume it first")]
    NotInProgress,
    /// It is neither paused nor left.
    #[error("this interview is not paused")]
    NotPaused,
    /// It is over.
    #[error("this interview is over")]
    AlreadyCompleted,
    /// It was thrown away.
    #[error("this interview was discarded; set up another")]
    Discarded,
    /// It is not over.
    #[error("this interview is not over yet")]
    NotCompleted,
    /// It cannot end without an answer.
    #[error("nothing was answered yet; answer a question, or leave the interview")]
    NothingAnswered,
    /// The question was not asked.
    #[error("this question was not asked in this interview")]
    UnknownQuestion {
        /// Which one.
        question_id: QuestionId,
    },
    /// The question has its answer.
    #[error("this question is answered already")]
    AlreadyAnswered {
        /// Which one.
        question_id: QuestionId,
    },
    /// It has no answer yet.
    #[error("this question is not answered yet; there is nothing to try again")]
    NotAnswered {
        /// Which one.
        question_id: QuestionId,
    },
    /// Another attempt goes on.
    #[error("a question is being tried again; answer that one first")]
    RetryGoesOn,
    /// Tried too often.
    #[error("a question is answered at most {most} times")]
    NoMoreRetries {
        /// The most.
        most: u32,
    },
    /// A newer draft is kept.
    #[error("a newer draft, number {newest}, is kept already")]
    StaleDraft {
        /// The newest revision.
        newest: u32,
    },
    /// Too long.
    #[error("an answer has at most {longest} characters, not {length}")]
    AnswerTooLong {
        /// Its length in characters.
        length: usize,
        /// The longest.
        longest: usize,
    },
    /// Nothing but blanks.
    #[error("there is nothing to submit yet; write an answer first")]
    EmptyAnswer,
    /// Extended too often.
    #[error("the time of a question is extended at most {most} times")]
    NoMoreExtensions {
        /// The most.
        most: u8,
    },
    /// The answer was not given.
    #[error("this answer was not given in this interview")]
    UnknownAnswer {
        /// Which one.
        answer_id: AnswerId,
    },
    /// Another question was asked since.
    #[error("the next question is asked already")]
    AlreadyAsked,
    /// One follow-up is enough.
    #[error("a follow-up has no follow-up")]
    FollowUpToFollowUp,
    /// The answer has its verdict.
    #[error("this answer is evaluated already")]
    AlreadyEvaluated {
        /// Which one.
        answer_id: AnswerId,
    },
    /// The answer has no verdict yet.
    #[error("this answer has no score yet; there is nothing to contest")]
    NotEvaluated {
        /// Which one.
        answer_id: AnswerId,
    },
    /// The score does not count any more.
    #[error("this answer counts together with its follow-up; contest the score of the follow-up instead")]
    CountsWithFollowUp {
        /// Which one.
        answer_id: AnswerId,
    },
    /// The answer is being judged again.
    #[error("this answer is being judged again already")]
    ContestGoesOn {
        /// Which one.
        answer_id: AnswerId,
    },
    /// Nobody disputes the score.
    #[error("the score of this answer is not contested")]
    NotContested {
        /// Which one.
        answer_id: AnswerId,
    },
    /// Disputed too often.
    #[error("a score is contested at most {most} times")]
    NoMoreContests {
        /// The most.
        most: u8,
    },
    /// Disputed without saying why.
    #[error("say what the score got wrong, in a sentence or two")]
    NoReason,
    /// Too long.
    #[error("a reason has at most {longest} characters, not {length}")]
    ReasonTooLong {
        /// Its length in characters.
        length: usize,
        /// The longest.
        longest: usize,
    },
    /// The verdict is empty.
    #[error("a verdict needs a rating that applies")]
    NoRatings,
    /// The answer has its better answer.
    #[error("this answer has a better answer already")]
    AlreadyImproved {
        /// Which one.
        answer_id: AnswerId,
    },
    /// The delivery of the answer is measured.
    #[error("the delivery of this answer is measured already")]
    AlreadyMeasured {
        /// Which one.
        answer_id: AnswerId,
    },
    /// Nothing was said, so there is no delivery.
    #[error("this answer was not spoken")]
    NotSpoken {
        /// Which one.
        answer_id: AnswerId,
    },
    /// A verdict is missing.
    #[error("some answers are not evaluated yet")]
    AwaitingEvaluations,
    /// The report is out.
    #[error("the report is issued already")]
    ReportAlreadyIssued,
}
