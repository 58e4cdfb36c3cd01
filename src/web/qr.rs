//! QR codes as paths of SVG.

use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around a code, without which cameras do not find it (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code as `templates/cards_made.html` draws it, black on white.
pub struct Qr {
    /// Of the side with the white around it, in modules.
    pub side: usize,
    /// The black modules, one to a unit.
    pub path: String,
}

impl Qr {
    /// The code that says `text`. A seventh of it may be stained or torn. None if the text is too long for any.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (row, modules) in code.to_colors().chunks(width).enumerate() {
            let mut column = 0;
            while let Some(begin) = (column..width).find(|at| modules[*at] == Color::Dark) {
                let end = (begin..width).find(|at| modules[*at] == Color::Light).unwrap_or(width);
                path += &format!("M{} {}h{}v1h-{}z", begin + QUIET, row + QUIET, end - begin, end - begin);
                column = end;
            }
        }
        Some(Self { side: width + 2 * QUIET, path })
    }
}
