//! Remembers recent embeddings, within a bound.

use std::collections::HashMap;
use std::mem;

use interaura_domain::ports::embedder::Embedding;
use sha2::{Digest, Sha256};

/// The name of a text in the cache: texts of people are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TextKey([u8; 16]);

impl TextKey {
    pub(super) fn of(text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        Self(key)
    }
}

/// Two generations of entries. What is asked for moves to the young one; when that is full, the old
/// one is forgotten and the young one grows old. That comes close to *least recently used* at the
/// price of one map operation.
#[derive(Debug)]
pub(super) struct EmbeddingCache {
    young: HashMap<TextKey, Embedding>,
    old: HashMap<TextKey, Embedding>,
    generation_capacity: usize,
}

impl EmbeddingCache {
    /// Holds at most `capacity` embeddings.
    pub(super) fn new(capacity: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), generation_capacity: (capacity / 2).max(1) }
    }

    pub(super) fn get(&mut self, key: TextKey) -> Option<Embedding> {
        if let Some(found) = self.young.get(&key) {
            return Some(found.clone());
        }
        let found = self.old.remove(&key)?;
        self.insert(key, found.clone());
        Some(found)
    }

    pub(super) fn insert(&mut self, key: TextKey, embedding: Embedding) {
        if self.young.len() >= self.generation_capacity {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, embedding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remember(cache: &mut EmbeddingCache, number: u16) {
        cache.insert(TextKey::of(&number.to_string()), Embedding(vec![f32::from(number)]));
    }

    #[test]
    fn the_cache_never_holds_more_than_its_capacity() {
        let mut cache = EmbeddingCache::new(10);
        for number in 0..100 {
            remember(&mut cache, number);
            assert!(cache.young.len() + cache.old.len() <= 10);
        }
    }

    #[test]
    fn what_is_asked_for_outlives_what_is_not() {
        let mut cache = EmbeddingCache::new(4);
        remember(&mut cache, 0);
        for number in 1..20 {
            remember(&mut cache, number);
            assert_eq!(cache.get(TextKey::of("0")), Some(Embedding(vec![0.0])));
        }
        assert_eq!(cache.get(TextKey::of("1")), None);
    }
}
