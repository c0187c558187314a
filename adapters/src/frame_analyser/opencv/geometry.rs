//! Points of a picture, in pixels.

use std::ops::{Add, Mul, Sub};

/// A point, or the way from one to another; y grows downward.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) x: f32,
    pub(super) y: f32,
}

impl Point {
    pub(super) fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(super) fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// Of the way from the x axis, clockwise as seen, in radians.
    pub(super) fn angle(self) -> f32 {
        self.y.atan2(self.x)
    }

    /// Turned clockwise as seen, in radians.
    pub(super) fn turned(self, angle: f32) -> Self {
        let (sin, cos) = angle.sin_cos();
        Self { x: self.x * cos - self.y * sin, y: self.x * sin + self.y * cos }
    }

    pub(super) fn between(self, other: Self) -> Self {
        (self + other) * 0.5
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

impl Mul<f32> for Point {
    type Output = Self;

    fn mul(self, factor: f32) -> Self {
        Self { x: self.x * factor, y: self.y * factor }
    }
}

/// A square of a picture, perhaps turned; it may reach beyond the picture's edges.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) centre: Point,
    /// Half a side, in pixels.
    pub(super) half: f32,
    /// Clockwise as seen, in radians.
    pub(super) angle: f32,
}

/// The nearest pixel.
#[expect(
    clippy::cast_possible_truncation,
    reason = "float to integer casts saturate, and pictures are small"
)]
pub(super) fn pixel(value: f32) -> i32 {
    value.round() as i32
}

/// A number of pixels, exact up to 16 million.
#[expect(clippy::cast_precision_loss, reason = "sides of pictures have at most 16 bits")]
pub(super) fn pixels(value: i32) -> f32 {
    value as f32
}
