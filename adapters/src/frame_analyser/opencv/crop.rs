//! Cuts a square region out of a picture, at the size that a model takes.

use ::opencv::core::{BORDER_CONSTANT, CV_8UC3, Mat, Rect, Scalar, Size, ToInputArray};
use ::opencv::imgproc::{INTER_AREA, INTER_CUBIC, INTER_LINEAR, WARP_INVERSE_MAP, resize, warp_affine};
use ::opencv::prelude::*;

use super::Picture;
use super::geometry::{Point, Region, pixel, pixels};

/// A cut-out with the way back to the picture.
pub(super) struct Crop {
    /// Blue, green, red; black where the region reaches beyond the picture.
    pub(super) bgr: Mat,
    region: Region,
    side: f32,
}

impl Crop {
    /// Cuts `region` out and resizes it to `side` pixels. What shrinks is averaged first, so that nothing
    /// flickers; what grows is interpolated smoothly.
    pub(super) fn cut(picture: &Picture, region: Region, side: u16) -> ::opencv::Result<Self> {
        let mut crop = Self { bgr: Mat::default(), region, side: f32::from(side) };
        let step = crop.step();
        if step < 2.0 {
            let interpolation = if step < 1.0 { INTER_CUBIC } else { INTER_LINEAR };
            crop.bgr = crop.warp(&picture.bgr, interpolation, Point::default(), Point::new(1.0, 1.0))?;
            return Ok(crop);
        }
        let Some(part) = bounds(picture, &region) else {
            crop.bgr = Mat::zeros(i32::from(side), i32::from(side), CV_8UC3)?.to_mat()?;
            return Ok(crop);
        };
        let (width, height) = (pixels(part.width), pixels(part.height));
        let fitting = Size::new(pixel(width / step.floor()).max(1), pixel(height / step.floor()).max(1));
        let mut shrunk = Mat::default();
        resize(&Mat::roi(&picture.bgr, part)?, &mut shrunk, fitting, 0.0, 0.0, INTER_AREA)?;
        let shares = Point::new(pixels(fitting.width) / width, pixels(fitting.height) / height);
        crop.bgr = crop.warp(&shrunk, INTER_LINEAR, Point::new(pixels(part.x), pixels(part.y)), shares)?;
        Ok(crop)
    }

    /// Where a point of the cut-out (0 to its side, from edge to edge) is in the picture, as a pixel's
    /// index.
    pub(super) fn in_picture(&self, point: Point) -> Point {
        let middle = Point::new(self.side / 2.0, self.side / 2.0);
        self.region.centre + ((point - middle) * self.step()).turned(self.region.angle)
    }

    /// Pixels of the picture for one pixel of the cut-out.
    pub(super) fn step(&self) -> f32 {
        2.0 * self.region.half / self.side
    }

    /// Cuts out of `source`, which is the picture from `corner` on, resized by `shares`.
    fn warp(
        &self,
        source: &impl ToInputArray,
        interpolation: i32,
        corner: Point,
        shares: Point,
    ) -> ::opencv::Result<Mat> {
        let scaled = |way: Point| Point::new(way.x * shares.x, way.y * shares.y);
        let across = scaled(Point::new(self.step(), 0.0).turned(self.region.angle));
        let down = scaled(Point::new(0.0, self.step()).turned(self.region.angle));
        let pixel_middle = Point::new(0.5, 0.5);
        let first = scaled(self.in_picture(pixel_middle) - corner + pixel_middle) - pixel_middle;
        let matrix = Mat::from_slice_2d(&[[across.x, down.x, first.x], [across.y, down.y, first.y]])?;
        let side = pixel(self.side);
        let mut cut = Mat::default();
        warp_affine(
            source,
            &mut cut,
            &matrix,
            Size::new(side, side),
            interpolation | WARP_INVERSE_MAP,
            BORDER_CONSTANT,
            Scalar::default(),
        )?;
        Ok(cut)
    }
}

/// The part of the picture that a region touches.
fn bounds(picture: &Picture, region: &Region) -> Option<Rect> {
    // A square's corners are farther out than its sides; a little more keeps the interpolation inside.
    let reach = region.half * (region.angle.sin().abs() + region.angle.cos().abs()) + 2.0;
    let span =
        |centre: f32, end: u16| (pixel((centre - reach).max(0.0)), pixel(centre + reach).min(i32::from(end)));
    let (left, right) = span(region.centre.x, picture.width);
    let (top, bottom) = span(region.centre.y, picture.height);
    (left < right && top < bottom).then(|| Rect::new(left, top, right - left, bottom - top))
}
