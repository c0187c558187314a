//! How bright a face or a frame is, and whether a frame shows anything.

use ::opencv::core::{CV_16S, Mat, NORM_L1, Rect, Scalar, Size, mean_def, no_array, norm};
use ::opencv::imgproc::{COLOR_BGR2GRAY, INTER_AREA, cvt_color_def, laplacian_def, resize};

use super::Picture;
use super::face_detector::DetectedFace;
use super::geometry::pixel;

/// The size at which detail is looked for, in pixels a side.
const DETAIL_SIDE: i32 = 160;

/// Mean brightness of the face's box, 0 to 1.
pub(super) fn of_face(picture: &Picture, face: &DetectedFace) -> ::opencv::Result<f32> {
    let span = |centre: f32, size: f32, whole: u16| {
        let whole = i32::from(whole);
        let from = pixel(centre - size / 2.0).clamp(0, whole - 1);
        (from, (pixel(centre + size / 2.0).clamp(0, whole) - from).max(1))
    };
    let (left, width) = span(face.centre.x, face.width, picture.width);
    let (top, height) = span(face.centre.y, face.height, picture.height);
    let part = Mat::roi(&picture.bgr, Rect::new(left, top, width, height))?;
    Ok(luma(mean_def(&part)?))
}

/// Mean brightness of the whole frame, 0 to 1.
pub(super) fn of_frame(picture: &Picture) -> ::opencv::Result<f32> {
    Ok(luma(mean_def(&picture.bgr)?))
}

/// How much neighbouring pixels of the frame differ, of 255: next to nothing where the lens is covered
/// or out of focus.
pub(super) fn detail(picture: &Picture) -> ::opencv::Result<f64> {
    let (mut small, mut grey, mut edges) = (Mat::default(), Mat::default(), Mat::default());
    resize(&picture.bgr, &mut small, Size::new(DETAIL_SIDE, DETAIL_SIDE), 0.0, 0.0, INTER_AREA)?;
    cvt_color_def(&small, &mut grey, COLOR_BGR2GRAY)?;
    laplacian_def(&grey, &mut edges, CV_16S)?;
    Ok(norm(&edges, NORM_L1, &no_array())? / f64::from(DETAIL_SIDE * DETAIL_SIDE))
}

/// Of a mean blue, green and red.
#[expect(clippy::cast_possible_truncation, reason = "a share needs no more digits")]
fn luma(bgr: Scalar) -> f32 {
    ((0.114 * bgr[0] + 0.587 * bgr[1] + 0.299 * bgr[2]) / 255.0) as f32
}
