//! Server-sent events of a streamed answer, put together again.

use serde_json::{Value, json};

use super::error::ChatError;

/// The longest line that is read, in bytes.
const LONGEST_LINE: usize = 256 * 1024;
/// The longest answer, in bytes.
const LONGEST: usize = 512 * 1024;

/// What came of a stream so far.
#[derive(Debug, Default)]
pub(super) struct Streamed {
    /// Bytes of a line that is not whole yet; a character may be cut in two.
    open: Vec<u8>,
    content: String,
    finish: Option<String>,
    last: Value,
    done: bool,
}

impl Streamed {
    /// Takes in bytes as they come.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<(), ChatError> {
        for byte in bytes {
            if *byte == b'\n' {
                let line = std::mem::take(&mut self.open);
                self.line(&line)?;
            } else {
                self.open.push(*byte);
            }
        }
        if self.open.len() > LONGEST_LINE || self.content.len() > LONGEST {
            return Err(ChatError::Unreadable);
        }
        Ok(())
    }

    /// Whether the server said that this was all.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// The answer in the form of one that was not streamed.
    ///
    /// # Errors
    /// It ended before it was whole.
    pub(super) fn end(self) -> Result<Value, ChatError> {
        if !self.done && self.finish.is_none() {
            return Err(ChatError::BrokeOff);
        }
        Ok(json!({
            "id": self.last["id"],
            "model": self.last["model"],
            "system_fingerprint": self.last["system_fingerprint"],
            "choices": [{
                "index": 0,
                "message": { "role": "assistant", "content": self.content },
                "finish_reason": self.finish,
            }],
        }))
    }

    fn line(&mut self, line: &[u8]) -> Result<(), ChatError> {
        let line = std::str::from_utf8(line).map_err(|_| ChatError::Unreadable)?;
        // Comments keep the line open; names and ids of events say nothing here.
        let Some(data) = line.trim_end_matches('\r').strip_prefix("data:") else { return Ok(()) };
        let data = data.trim();
        if data == "[DONE]" {
            self.done = true;
            return Ok(());
        }
        let chunk: Value = serde_json::from_str(data).map_err(|_| ChatError::Unreadable)?;
        if !chunk["error"].is_null() || !chunk["x_groq"]["error"].is_null() {
            return Err(ChatError::BrokeOff);
        }
        let choice = &chunk["choices"][0];
        self.content.push_str(choice["delta"]["content"].as_str().unwrap_or_default());
        if let Some(finish) = choice["finish_reason"].as_str() {
            self.finish = Some(finish.to_owned());
        }
        self.last = chunk;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(content: &str, finish: Option<&str>) -> String {
        let choice = json!({ "index": 0, "delta": { "content": content }, "finish_reason": finish });
        format!("data: {}\n\n", json!({ "id": "c", "choices": [choice] }))
    }

    #[test]
    fn words_and_letters_may_be_cut_anywhere() {
        let text = format!(
            ": hello\n\n{}{}{}data: [DONE]\n\n",
            chunk("Zoë s", None),
            chunk("aid", None),
            chunk("", Some("stop"))
        );
        for size in 1..7 {
            let mut streamed = Streamed::default();
            text.as_bytes().chunks(size).for_each(|bytes| streamed.take(bytes).unwrap());
            assert!(streamed.is_done());
            assert_eq!(streamed.end().unwrap()["choices"][0]["message"]["content"], "Zoë said");
        }
    }

    #[test]
    fn a_stream_that_ends_early_is_no_answer() {
        let mut streamed = Streamed::default();
        streamed.take(chunk("half a", None).as_bytes()).unwrap();
        assert!(matches!(streamed.end(), Err(ChatError::BrokeOff)));
        let mut streamed = Streamed::default();
        let failed = json!({ "x_groq": { "error": "over capacity" }, "choices": [] });
        assert!(matches!(streamed.take(format!("data: {failed}\n").as_bytes()), Err(ChatError::BrokeOff)));
    }
}
