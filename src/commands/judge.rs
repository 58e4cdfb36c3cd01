//! `stegvis judge`: lines tried in a terminal.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, anyhow};
use clap::Args;
use serde::Serialize;
use stepcheck::{Demand, Policy, Statement, Task, Unreadable, Verdict, Witness, judge, read};

use crate::exercises;

/// Judge lines of a solution as a student's are judged.
#[derive(Debug, Args)]
pub struct JudgeCommand {
    /// What is given, such as '2(x+1) = 10' or '1/2 + 1/3'
    #[arg(allow_hyphen_values = true)]
    start: String,
    /// The lines, one after the other; without any they are read from standard input. Options stand before what is given,
    /// since a line may begin with a hyphen
    #[arg(allow_hyphen_values = true)]
    lines: Vec<String>,
    /// The letter to solve for, if what is given has several
    #[arg(long, value_name = "LETTER", conflicts_with = "form")]
    solve: Option<char>,
    /// What an expression is to become, such as value, lowest_terms, decimal, simplified, expanded or factored
    #[arg(long, value_name = "FORM")]
    form: Option<String>,
    /// How many digits the answer is rounded to, with --form decimals or significant
    #[arg(long, value_name = "NUMBER", requires = "form")]
    digits: Option<u8>,
    /// Print each verdict as the API has it, one JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    conventions: Conventions,
}

/// Where convention decides and not mathematics; `policy` in an exercise's file has the same names and values.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Conventions, as an exercise's policy sets them")]
struct Conventions {
    /// May expressions be equal that have no value at different places, as x/x and 1 [default: accepted]
    #[arg(long, value_parser = ["accepted", "refused"])]
    gaps: Option<String>,
    /// Whether letters stand for any real numbers or for positive ones, so that x = 3 says as much as x² = 9 [default: real]
    #[arg(long, value_parser = ["real", "positive"])]
    letters: Option<String>,
    /// Whether (−8)^(1/3) is −2 or has no value [default: real]
    #[arg(long, value_parser = ["real", "refused"])]
    odd_roots: Option<String>,
    /// May x = 2 och x = −2 be written for x = 2 eller x = −2 [default: either_word]
    #[arg(long, value_parser = ["either_word", "only_or"])]
    alternatives: Option<String>,
    /// May an equation have more solutions than its task, as x+2 = x² has for √(x+2) = x [default: roots_and_logarithms]
    #[arg(long, value_parser = ["roots_and_logarithms", "refused", "accepted"])]
    implied: Option<String>,
    /// Letters that stand for whole numbers, such as n or n,k
    #[arg(long, value_name = "LETTERS")]
    whole: Option<String>,
    /// How far the value of an expression may be from the right one, relative to it, such as 0,01
    #[arg(long, value_name = "PART")]
    tolerance: Option<String>,
}

impl Conventions {
    fn policy(&self) -> anyhow::Result<Policy> {
        let mut policy = Policy::default();
        let named = [
            ("gaps", &self.gaps),
            ("letters", &self.letters),
            ("odd_roots", &self.odd_roots),
            ("alternatives", &self.alternatives),
            ("implied", &self.implied),
            ("whole", &self.whole),
            ("tolerance", &self.tolerance),
        ];
        for (name, value) in named {
            if let Some(value) = value {
                exercises::set(&mut policy, name, value).map_err(|told| anyhow!("{name} {told}"))?;
            }
        }
        Ok(policy)
    }
}

impl JudgeCommand {
    /// Judges the lines and prints a verdict for each.
    ///
    /// # Errors
    /// When what is given cannot be read or the form is not known; the text is for people.
    pub fn run(&self) -> anyhow::Result<()> {
        let task = self.task()?;
        let mut earlier = Vec::new();
        let mut out = io::stdout().lock();
        if self.lines.is_empty() {
            if io::stdin().is_terminal() {
                writeln!(out, "One line after the other; an empty one ends.")?;
            }
            let typed = io::stdin().lock().lines().map_while(Result::ok).take_while(|line| !line.trim().is_empty());
            typed.into_iter().try_for_each(|line| self.answer(&task, &mut earlier, &line, &mut out))
        } else {
            self.lines.iter().try_for_each(|line| self.answer(&task, &mut earlier, line, &mut out))
        }
    }

    fn task(&self) -> anyhow::Result<Task> {
        let start = read(&self.start).map_err(|unreadable| anyhow!("{}", pointed_at(&self.start, &unreadable)))?;
        Ok(Task { demand: self.demand(&start)?, start, policy: self.conventions.policy()? })
    }

    /// What is asked for: what was named, else the solution of an equation or a system, the simplest form of what has letters, or the
    /// value of what has none.
    fn demand(&self, start: &Statement) -> anyhow::Result<Demand> {
        let first = start.names().first().copied();
        if let Some(form) = &self.form {
            let named = serde_json::json!({
                "kind": form, "variable": first, "places": self.digits, "digits": self.digits,
            });
            return serde_json::from_value(named).with_context(|| {
                format!("{form} is no form, or needs --digits; try value, simplified, factored or decimals --digits 2")
            });
        }
        Ok(match self.solve {
            Some(letter) if start.is_claim() => Demand::Solved { variable: letter.into() },
            _ => Task::usual(start.clone()).demand,
        })
    }

    fn answer(
        &self,
        task: &Task,
        earlier: &mut Vec<Statement>,
        typed: &str,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let judged = judge(task, earlier, typed);
        if self.json {
            writeln!(out, "{}", serde_json::to_string(&judged.verdict)?)?;
        } else {
            writeln!(out, "{}", told(typed, &judged.verdict))?;
        }
        if let (Verdict::Right { .. } | Verdict::Unfinished { .. }, Some(statement)) =
            (judged.verdict, judged.statement)
        {
            earlier.push(statement);
        }
        Ok(())
    }
}

/// True for equations and inequalities, also for several.
fn told(typed: &str, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Right { finished: true } => format!("{typed}    right, and finished"),
        Verdict::Right { finished: false } => format!("{typed}    right"),
        Verdict::Unfinished { left } => format!("{typed}    right so far; left to do: {}", named(left)),
        Verdict::Wrong { witness: None } => format!("{typed}    wrong"),
        Verdict::Wrong { witness: Some(witness) } => format!("{typed}    wrong: {}", shown(witness)),
        Verdict::Unreadable(unreadable) => pointed_at(typed, unreadable),
    }
}

/// The name that it has in the API, as words, with what was written if that belongs to it.
fn named(what: &impl Serialize) -> String {
    let value = serde_json::to_value(what).unwrap_or_default();
    let kind = value.as_str().or_else(|| value["kind"].as_str()).unwrap_or_default().replace('_', " ");
    value["written"].as_str().map_or_else(|| kind.clone(), |written| format!("{kind} «{written}»"))
}

fn shown(witness: &Witness) -> String {
    match witness {
        Witness::Substitute { variable, value, left, right, .. } => {
            format!("when {variable} = {value}, the sides of the line above are {left} and {right}")
        }
        Witness::Evaluate { variable, value, above, here } => {
            format!("when {variable} = {value}, the line above is worth {above} and this one {here}")
        }
        Witness::Larger => "the line above is worth more".to_owned(),
        Witness::Smaller => "the line above is worth less".to_owned(),
        Witness::Sides { left, right } => format!("{left} and {right} are not the same"),
    }
}

/// The line, and under it where reading stopped and why.
fn pointed_at(typed: &str, unreadable: &Unreadable) -> String {
    let place = unreadable.place;
    let marks = "^".repeat(place.end.saturating_sub(place.start).max(1));
    format!("{typed}\n{}{marks} cannot be read: {}", " ".repeat(place.start), named(&unreadable.missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(start: &str, lines: &[&str]) -> String {
        judged_by(start, lines, Conventions::default())
    }

    fn judged_by(start: &str, lines: &[&str], conventions: Conventions) -> String {
        let command = JudgeCommand {
            start: start.to_owned(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            solve: None,
            form: None,
            digits: None,
            json: false,
            conventions,
        };
        let task = command.task().unwrap();
        let (mut earlier, mut out) = (Vec::new(), Vec::new());
        for line in &command.lines {
            command.answer(&task, &mut earlier, line, &mut out).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_line_is_answered() {
        let told = judged("2(x + 1) = 10", &["2x + 2 = 10", "x = 5", "x + = 4", "x = 4"]);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[0], "2x + 2 = 10    right");
        assert_eq!(lines[1], "x = 5    wrong: when x = 5, the sides of the line above are 12 and 10");
        assert!(lines[3].trim_start().starts_with('^') && lines[3].ends_with("cannot be read: operand"), "{told}");
        assert_eq!(lines[4], "x = 4    right, and finished");
        assert_eq!(judged("1/2 + 1/4", &["3/4"]), "3/4    right, and finished\n");
    }

    #[test]
    fn a_system_is_solved_whatever_stands_between_its_equations() {
        for start in ["x+y = 7; x−y = 1", "x+y = 7 och x−y = 1"] {
            let told = judged(start, &["2x = 8; x+y = 7", "x = 4 och y = 3"]);
            assert_eq!(told, "2x = 8; x+y = 7    right\nx = 4 och y = 3    right, and finished\n");
        }
        assert_eq!(judged("x = 2 eller x = 3", &["(x−2)(x−3) = 0"]), "(x−2)(x−3) = 0    right\n");
    }

    #[test]
    fn a_convention_changes_the_verdict() {
        let set = |name: &str, value: &str| {
            let mut conventions = Conventions::default();
            let field = match name {
                "gaps" => &mut conventions.gaps,
                "letters" => &mut conventions.letters,
                "odd_roots" => &mut conventions.odd_roots,
                "alternatives" => &mut conventions.alternatives,
                "implied" => &mut conventions.implied,
                "whole" => &mut conventions.whole,
                _ => &mut conventions.tolerance,
            };
            *field = Some(value.to_owned());
            conventions
        };
        for (name, value, start, line) in [
            ("gaps", "refused", "x/x", "1"),
            ("letters", "positive", "x² = 9", "x = 3"),
            ("odd_roots", "refused", "(−8)^(1/3)", "−2"),
            ("alternatives", "only_or", "x² = 9", "x = 3 och x = −3"),
            ("implied", "refused", "√(x+2) = x", "x+2 = x²"),
            ("implied", "accepted", "x = 3", "x² = 3x"),
            ("whole", "p", "sin x = 0", "x = p·π"),
            ("tolerance", "0,01", "1/3", "0,333"),
        ] {
            let by_default = judged(start, &[line]).contains("right");
            assert_ne!(by_default, judged_by(start, &[line], set(name, value)).contains("right"), "{name} {value}");
        }
        let told = set("tolerance", "ten").policy().unwrap_err().to_string();
        assert!(told.starts_with("tolerance cannot be «ten»"), "{told}");
    }

    #[test]
    fn a_form_that_is_not_known_is_refused() {
        let mut command = JudgeCommand {
            start: "1".into(),
            lines: vec![],
            solve: None,
            form: Some("lowest_terms".into()),
            digits: None,
            json: false,
            conventions: Conventions::default(),
        };
        let start = read("2/4").unwrap();
        assert_eq!(command.demand(&start).unwrap(), Demand::LowestTerms);
        command.form = Some("decimals".into());
        assert!(command.demand(&start).is_err(), "how many is not said");
        command.digits = Some(2);
        assert_eq!(command.demand(&start).unwrap(), Demand::Decimals { places: 2 });
        command.form = Some("factored".into());
        assert_eq!(command.demand(&read("y²−y").unwrap()).unwrap(), Demand::Factored { variable: 'y'.into() });
        command.form = Some("nice".into());
        assert!(command.demand(&start).unwrap_err().to_string().contains("nice is no form"));
    }
}
