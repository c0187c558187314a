//! Why an attention stream refuses.

/// The rule that a command would break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttentionError {
    /// Every frame of the batch was recorded before.
    #[error("these frames were recorded already")]
    AlreadyAnalysed,
    /// This stream's neutral was taken before.
    #[error("this page was calibrated already")]
    AlreadyCalibrated,
    /// Too many at once.
    #[error("a batch of {frames} frames is over the limit of {most}")]
    BatchTooLarge {
        /// How many.
        frames: usize,
        /// How many are allowed.
        most: usize,
    },
}
