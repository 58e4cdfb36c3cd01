//! Where in its file an exercise and each of its keys stands.

/// The place of an exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The file's path inside the bank, with `/` between folders.
    pub file: String,
    /// The line of `[[exercise]]`, 1 and up.
    line: usize,
    /// The line of each key.
    keys: Vec<(String, usize)>,
}

impl Source {
    /// The line of a key such as `worked[2]` or `parameters.a`; of the exercise where the key is not written.
    #[must_use]
    pub fn line_of(&self, key: &str) -> usize {
        let bare = key.split('[').next().unwrap_or(key);
        let starts = |known: &str| known == bare || bare.strip_prefix(known).is_some_and(|rest| rest.starts_with('.'));
        // The longest that fits: `hints.sv` before `hints`.
        let found = self.keys.iter().filter(|(known, _)| starts(known)).max_by_key(|(known, _)| known.len());
        found.map_or(self.line, |(_, line)| *line)
    }

    /// The places of all exercises of a file, in its order.
    pub(super) fn all(file: &str, text: &str) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut section = String::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.starts_with("[[exercise]]") {
                all.push(Self { file: file.to_owned(), line: number, keys: Vec::new() });
                section.clear();
                continue;
            }
            let Some(current) = all.last_mut() else { continue };
            if let Some(name) = line.strip_prefix("[exercise.").or_else(|| line.strip_prefix("[[exercise.")) {
                name.split(']').next().unwrap_or_default().clone_into(&mut section);
                current.keys.push((section.clone(), number));
            } else if let Some((key, _)) = line.split_once('=').filter(|(key, _)| is_key(key)) {
                let key = if section.is_empty() { key.trim().to_owned() } else { format!("{section}.{}", key.trim()) };
                current.keys.push((key, number));
            }
        }
        all
    }
}

fn is_key(text: &str) -> bool {
    let text = text.trim_end();
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn every_key_has_its_line() {
        let text = "[skill]\nid = \"s\"\n\n[[exercise]]\nid = \"one\"\nworked = [\n  \"a = b\",\n]\nhints.sv = []\n\
            [exercise.parameters]\na = \"1..2\"\n[[exercise]]\nid = \"two\"\n";
        let [one, two] = &Source::all("number/s.toml", text)[..] else { panic!("two exercises") };
        for (key, line) in
            [("id", 5), ("worked[2]", 6), ("hints.sv[1]", 9), ("parameters.a", 11), ("parameters", 10), ("where[1]", 4)]
        {
            assert_eq!(one.line_of(key), line, "{key}");
        }
        assert_eq!((two.line_of("id"), two.line_of("")), (13, 12));
    }
}
