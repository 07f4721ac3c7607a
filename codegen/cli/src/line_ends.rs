//! Texts that keep the line ends of their files.

/// The text with the line ends that the file has: an editor of TOML writes `\n` alone.
pub fn like(file: &str, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    if file.contains("\r\n") {
        plain.replace('\n', "\r\n")
    } else {
        plain
    }
}
