//! Reads a JPEG. Its size is read from the header first: a small file may claim a huge picture.

use ::opencv::core::Vector;
use ::opencv::imgcodecs::{IMREAD_COLOR, imdecode};
use ::opencv::prelude::*;
use interaura_domain::ports::frame_analyser::FrameError;

use super::Picture;

/// The largest picture that is decoded, in pixels.
const MOST_PIXELS: u32 = 4_000_000;
/// The shortest side that shows anything, in pixels.
const SHORTEST_SIDE: u16 = 8;
/// The longest side to the shortest: more is no camera's picture.
const MOST_STRETCHED: u16 = 20;

/// The most times a JPEG may go over its picture: each costs as much as the picture is large, and a file
/// of the allowed size could ask for thousands. Cameras and browsers need at most a dozen.
const MOST_SCANS: usize = 32;
/// Begins a scan.
const START_OF_SCAN: [u8; 2] = [0xFF, 0xDA];
/// Ends the picture.
const END_OF_IMAGE: [u8; 2] = [0xFF, 0xD9];

/// Whether this is a whole JPEG of a camera's size, by its markers alone.
pub(super) fn check(jpeg: &[u8]) -> Result<(), FrameError> {
    let (width, height) = size(jpeg).ok_or_else(|| unreadable("no JPEG"))?;
    if u32::from(width) * u32::from(height) > MOST_PIXELS {
        return Err(unreadable(&format!("{width} by {height} pixels are more than {MOST_PIXELS}")));
    }
    let (shorter, longer) = (width.min(height), width.max(height));
    if shorter < SHORTEST_SIDE || longer / shorter > MOST_STRETCHED {
        return Err(unreadable(&format!("{width} by {height} pixels are no camera's picture")));
    }
    let padding = jpeg.iter().rev().take_while(|byte| **byte == 0).count();
    if !jpeg[..jpeg.len() - padding].ends_with(&END_OF_IMAGE) {
        return Err(unreadable("the JPEG is cut off"));
    }
    if jpeg.windows(2).filter(|pair| **pair == START_OF_SCAN).count() > MOST_SCANS {
        return Err(unreadable("the JPEG goes over its picture too often"));
    }
    Ok(())
}

/// Decodes what [`check`] let pass, turned upright where its EXIF data say how.
pub(super) fn decode(jpeg: &[u8]) -> Result<Picture, FrameError> {
    let decoded = imdecode(&Vector::from_slice(jpeg), IMREAD_COLOR);
    // The library throws at some broken files and answers with an empty picture at others.
    let bgr = decoded.map_err(|error| unreadable(&error.message))?;
    let side = |length: i32| u16::try_from(length).ok().filter(|length| *length > 0);
    match (side(bgr.cols()), side(bgr.rows())) {
        (Some(width), Some(height)) => Ok(Picture { bgr, width, height }),
        _ => Err(unreadable("the JPEG is broken")),
    }
}

/// Width and height from the frame header; `None` where there is none before the picture begins.
fn size(jpeg: &[u8]) -> Option<(u16, u16)> {
    let mut rest = jpeg.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let [0xFF, marker, high, low, ..] = *rest else { return None };
        match marker {
            // A fill byte.
            0xFF => rest = &rest[1..],
            // The picture begins, or ends, or holds what has no length: no header came.
            0x00..=0x01 | 0xD0..=0xDA => return None,
            // All ways of coding a frame; the gaps are tables.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let [height_high, height_low, width_high, width_low] = *rest.get(5..9)? else { return None };
                let height = u16::from_be_bytes([height_high, height_low]);
                let width = u16::from_be_bytes([width_high, width_low]);
                return (width > 0 && height > 0).then_some((width, height));
            }
            _ => rest = rest.get(2 + usize::from(u16::from_be_bytes([high, low])).max(2)..)?,
        }
    }
}

fn unreadable(why: &str) -> FrameError {
    FrameError::Unreadable(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The markers of a JPEG of this size, without a picture.
    fn markers(width: u16, height: u16, scans: usize) -> Vec<u8> {
        let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC0, 0, 11, 8];
        jpeg.extend(height.to_be_bytes());
        jpeg.extend(width.to_be_bytes());
        jpeg.extend([1, 1, 0x11, 0]);
        jpeg.extend(START_OF_SCAN.repeat(scans));
        jpeg.extend(END_OF_IMAGE);
        jpeg
    }

    fn refusal(jpeg: &[u8]) -> String {
        check(jpeg).unwrap_err().to_string()
    }

    #[test]
    fn a_picture_larger_than_a_cameras_is_refused_by_its_header() {
        assert!(check(&markers(2000, 2000, 1)).is_ok());
        assert!(refusal(&markers(8000, 5000, 1)).contains("8000 by 5000 pixels are more"));
        assert!(refusal(&markers(u16::MAX, u16::MAX, 1)).contains("more"));
    }

    #[test]
    fn a_sliver_is_no_cameras_picture() {
        assert!(refusal(&markers(4, 4, 1)).contains("no camera's picture"));
        assert!(refusal(&markers(3000, 100, 1)).contains("no camera's picture"));
    }

    #[test]
    fn a_jpeg_that_asks_for_endless_work_is_refused() {
        assert!(check(&markers(640, 480, 12)).is_ok());
        assert!(refusal(&markers(640, 480, 33)).contains("too often"));
    }

    #[test]
    fn other_bytes_are_no_jpeg() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        let endless = [&[0xFF, 0xD8][..], &[0xFF; 64]].concat();
        for bytes in [&[][..], &[0xFF], &[0xFF, 0xD8], &[0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF], png, &endless] {
            assert!(refusal(bytes).contains("no JPEG"), "{bytes:?}");
        }
    }

    #[test]
    fn padding_after_the_picture_is_no_harm_but_a_cut_is() {
        let whole = markers(640, 480, 1);
        assert!(check(&[&whole[..], &[0; 32]].concat()).is_ok());
        assert!(refusal(&whole[..whole.len() - 1]).contains("cut off"));
    }
}
