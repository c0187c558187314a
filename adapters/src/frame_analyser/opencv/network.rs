//! Runs one model.

use ::opencv::core::{CV_32F, Mat, Scalar, Size, Vector};
use ::opencv::dnn::{Net, blob_from_image, read_net_from_onnx_buffer};
use ::opencv::prelude::*;

/// What a model takes a pixel's 0 to 255 as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scale {
    /// 0 to 1.
    FromZero,
    /// -1 to 1.
    AroundZero,
}

/// A model.
pub(super) struct Network {
    net: Net,
    outputs: Vector<String>,
    scale: Scale,
}

impl Network {
    /// Reads an ONNX file of which `outputs` are wanted.
    pub(super) fn load(onnx: &[u8], outputs: &[&str], scale: Scale) -> ::opencv::Result<Self> {
        Ok(Self {
            net: read_net_from_onnx_buffer(&Vector::from_slice(onnx))?,
            outputs: outputs.iter().copied().collect(),
            scale,
        })
    }

    /// What the model says of a square cut-out, one list for each output in the order asked for.
    pub(super) fn run<const N: usize>(&mut self, bgr: &Mat) -> ::opencv::Result<[Vec<f32>; N]> {
        let (factor, mean) = match self.scale {
            Scale::FromZero => (1.0 / 255.0, 0.0),
            Scale::AroundZero => (1.0 / 127.5, 127.5),
        };
        let blob = blob_from_image(bgr, factor, Size::default(), Scalar::all(mean), true, false, CV_32F)?;
        self.net.set_input_def(&blob)?;
        let mut said = Vector::<Mat>::new();
        self.net.forward(&mut said, &self.outputs)?;
        let mut lists = [const { Vec::new() }; N];
        for (list, mat) in lists.iter_mut().zip(said) {
            *list = mat.data_typed::<f32>()?.to_vec();
        }
        Ok(lists)
    }
}

/// From any number to 0 to 1.
pub(super) fn sigmoid(value: f32) -> f32 {
    1.0 / (1.0 + (-value).exp())
}
