//! From states of sound to the next token, one after another.

use multiversion::multiversion;

use super::HEAD;
use super::encoder::scale;
use super::matrix::{Attention, Linear, Norm, Perceptron, View, add, dot, multiply, softmax};

/// Tokens there are, and how many of them can be read.
pub(super) const TOKENS: usize = 51_865;
pub(super) const MOST_TOKENS: usize = 448;

/// One layer: first over the text so far, then over the sound.
pub(super) struct Layer {
    pub(super) text_norm: Norm,
    pub(super) text: Attention,
    pub(super) sound_norm: Norm,
    pub(super) sound: Attention,
    pub(super) perceptron: Perceptron,
}

/// The decoder.
pub(super) struct Decoder {
    /// A row for each token, by which tokens are read and judged.
    pub(super) tokens: Linear,
    /// What is added at each position.
    pub(super) positions: Vec<f32>,
    pub(super) layers: Vec<Layer>,
    pub(super) norm: Norm,
    /// The heads that look where in the sound a token is, by layer and place.
    pub(super) aligned: &'static [(usize, usize)],
}

/// What one layer remembers of one side: a key and a value for each position.
struct Memory {
    width: usize,
    keys: Vec<f32>,
    values: Vec<f32>,
}

/// One text being written.
pub(super) struct Writing<'a> {
    decoder: &'a Decoder,
    sound: Vec<Memory>,
    text: Vec<Memory>,
    /// How many tokens were read.
    length: usize,
    /// How many positions the sound has.
    sounds: usize,
    /// Where each token read so far looks in the sound: a row of shares for each head of `aligned`.
    looks: Vec<Vec<f32>>,
    wide: Vec<f32>,
}

impl Decoder {
    /// Begins a text on encoded sound.
    pub(super) fn write(&self, states: &[f32]) -> Writing<'_> {
        let mut wide = Vec::new();
        let width = self.tokens.inputs;
        let mut remember = |layer: &Layer| Memory {
            width,
            keys: layer.sound.key.apply(states, &mut wide),
            values: layer.sound.value.apply(states, &mut wide),
        };
        let sound = self.layers.iter().map(&mut remember).collect();
        let text = self.layers.iter().map(|_| Memory { width, keys: vec![], values: vec![] }).collect();
        let sounds = states.len() / width;
        Writing { decoder: self, sound, text, length: 0, sounds, looks: Vec::new(), wide }
    }
}

impl Writing<'_> {
    /// Reads tokens. The state after the last of them tells what comes next.
    pub(super) fn read(&mut self, tokens: &[usize]) -> Vec<f32> {
        let decoder = self.decoder;
        let width = decoder.tokens.inputs;
        let mut states = Vec::with_capacity(tokens.len() * width);
        for (position, token) in (self.length..).zip(tokens) {
            let places = &decoder.positions[position * width..(position + 1) * width];
            states.extend(decoder.tokens.row(*token).zip(places).map(|(token, place)| token + place));
        }
        self.looks.resize(self.length + tokens.len(), Vec::new());
        for (number, layer) in decoder.layers.iter().enumerate() {
            self.look_back(number, layer, &mut states);
            self.listen(number, layer, &mut states);
            layer.perceptron.apply(&mut states, &mut self.wide);
        }
        self.length += tokens.len();
        decoder.norm.apply(&states[states.len() - width..])
    }

    /// What each of the first tokens is worth after a state.
    pub(super) fn worths(&self, state: &[f32], tokens: usize) -> Vec<f32> {
        let mut worths = vec![0.0; tokens];
        self.decoder.tokens.apply_to_one(state, 0, &mut worths);
        worths
    }

    /// What one token is worth after a state.
    pub(super) fn worth(&self, state: &[f32], token: usize) -> f32 {
        let mut worth = [0.0];
        self.decoder.tokens.apply_to_one(state, token, &mut worth);
        worth[0]
    }

    /// Where tokens looked in the sound, from the `first` on: for each token its rows one after another.
    pub(super) fn looks(&self, first: usize) -> &[Vec<f32>] {
        &self.looks[first..]
    }

    /// Each token looks at those before it and at itself.
    fn look_back(&mut self, number: usize, layer: &Layer, states: &mut [f32]) {
        let (width, wide) = (self.decoder.tokens.inputs, &mut self.wide);
        let mut input = layer.text_norm.apply(states);
        let query = layer.text.query.apply(&input, wide);
        let memory = &mut self.text[number];
        memory.keys.extend(layer.text.key.apply(&input, wide));
        memory.values.extend(layer.text.value.apply(&input, wide));
        for (place, (query, seen)) in query.chunks_exact(width).zip(input.chunks_exact_mut(width)).enumerate()
        {
            for head in (0..width).step_by(HEAD) {
                let query = &query[head..head + HEAD];
                attend(query, memory, self.length + place + 1, head, &mut seen[head..head + HEAD]);
            }
        }
        add(states, &layer.text.out.apply(&input, wide));
    }

    /// Each token looks at the sound.
    fn listen(&mut self, number: usize, layer: &Layer, states: &mut [f32]) {
        let (width, sounds) = (self.decoder.tokens.inputs, self.sounds);
        let count = states.len() / width;
        let mut seen = layer.sound_norm.apply(states);
        let query = layer.sound.query.apply(&seen, &mut self.wide);
        let memory = &self.sound[number];
        let mut shares = vec![0.0; count * sounds];
        for (place, head) in (0..width).step_by(HEAD).enumerate() {
            if count == 1 {
                let query = &query[head..head + HEAD];
                shares = attend(query, memory, sounds, head, &mut seen[head..head + HEAD]);
            } else {
                let right = View::columns(&memory.keys[head..], width);
                multiply(
                    &mut shares,
                    sounds,
                    (count, sounds, HEAD),
                    View::rows(&query[head..], width),
                    right,
                );
                softmax(&mut shares, sounds, scale());
                let (left, right) = (View::rows(&shares, sounds), View::rows(&memory.values[head..], width));
                multiply(&mut seen[head..], width, (count, HEAD, sounds), left, right);
            }
            if self.decoder.aligned.contains(&(number, place)) {
                for (look, shares) in self.looks[self.length..].iter_mut().zip(shares.chunks_exact(sounds)) {
                    look.extend_from_slice(shares);
                }
            }
        }
        add(states, &layer.sound.out.apply(&seen, &mut self.wide));
    }
}

/// Writes into `seen` what one head of one row sees at the first positions; gives the shares of each.
fn attend(query: &[f32], memory: &Memory, positions: usize, head: usize, seen: &mut [f32]) -> Vec<f32> {
    let mut shares = vec![0.0; positions];
    compare(query, &memory.keys[head..], memory.width, &mut shares);
    softmax(&mut shares, positions, scale());
    gather(&shares, &memory.values[head..], memory.width, seen);
    shares
}

/// The products of a query with the beginnings of rows.
#[multiversion(targets("x86_64+avx2+fma"))]
fn compare(query: &[f32], keys: &[f32], width: usize, shares: &mut [f32]) {
    for (share, key) in shares.iter_mut().zip(keys.chunks(width)) {
        *share = dot(query, &key[..query.len()]);
    }
}

/// The sum of the beginnings of rows, each times its share.
#[multiversion(targets("x86_64+avx2+fma"))]
fn gather(shares: &[f32], values: &[f32], width: usize, seen: &mut [f32]) {
    seen.fill(0.0);
    for (share, value) in shares.iter().zip(values.chunks(width)) {
        for (seen, value) in seen.iter_mut().zip(value) {
            *seen += share * value;
        }
    }
}
