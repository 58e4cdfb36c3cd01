//! What a student is told of a line beyond its verdict: the step of a right one, the wrong rule and the broken part of a
//! wrong one. It is stored with the line, and shown to the teacher in the same words.

use vault::{
    CalculationId, Millis,
    rows::{
        calculations::{self, Line},
        students::{self, General},
        submissions::{self, Submission},
    },
};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world,
};

on_both!(
    a_right_line_is_told_what_was_done,
    a_wrong_rule_is_named_and_the_broken_part_marked,
    a_slip_is_told_as_a_slip,
    a_line_may_follow_from_the_wrong_one_above,
    a_line_from_before_there_were_accounts_is_shown_as_it_was,
    programs_get_the_account_beside_the_verdict,
    teacher_and_student_read_the_same,
);

/// An equation `ax + b = c` at alva's desk.
struct Equation {
    address: String,
    a: i64,
    b: i64,
    c: i64,
}

impl Equation {
    fn open(app: &TestApp, alva: &Client) -> Self {
        let assignment = app.give("maria", "7A", &["two-step-plain"]);
        let address = alva.follow(&format!("/assigned/{assignment}"), &[]).0;
        let item = app.item("alva", &address);
        let numbers: Vec<i64> = item
            .start_text
            .split(|sign: char| !sign.is_ascii_digit())
            .filter_map(|digits| digits.parse().ok())
            .collect();
        let [a, b, c] = numbers[..] else { panic!("{}", item.start_text) };
        Self { address, a, b, c }
    }

    /// The judged line as our own script gets it.
    fn write(&self, alva: &Client, line: &str, number: u32) -> Answer {
        let answer = alva.post_fragment(&format!("{}/lines", self.address), &[("line", line), ("key", &key(number))]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer
    }

    /// `ax = c + b`, where b changed side and not its sign.
    fn moved_without_sign(&self) -> String {
        format!("{}x = {} + {}", self.a, self.c, self.b)
    }
}

fn a_right_line_is_told_what_was_done(app: &mut TestApp) {
    let alva = app.alva();
    let equation = Equation::open(app, &alva);
    let Equation { a, b, c, .. } = equation;
    let line = equation.write(&alva, &format!("{a}x = {}", c - b), 1);
    assert_eq!(line.verdicts(), ["right"]);
    line.must_show(&format!("<span class=\"sr\">Rätt. </span>Du subtraherade {b} från båda leden</p>"));
    line.must_show(&format!("Rätt. Du subtraherade {b} från båda leden. Sparad.\""));
    line.must_not_show("class=\"broken\"");
    line.must_not_show("Min rad är rätt");
    let goal = equation.write(&alva, &format!("x = {}", (c - b) / a), 2);
    goal.must_show(&format!("Rätt, och klart! Du dividerade båda leden med {a}"));
    // It stands there afterwards as well, and in the other language in its words.
    app.start_again();
    let alva = app.alva();
    alva.page(&equation.address).must_show(&format!("Du subtraherade {b} från båda leden</p>"));
    alva.post("/language", &[("language", "en"), ("back", "/today")]);
    alva.page(&equation.address).must_show(&format!("You subtracted {b} from both sides</p>"));
}

fn a_wrong_rule_is_named_and_the_broken_part_marked(app: &mut TestApp) {
    let alva = app.alva();
    let equation = Equation::open(app, &alva);
    let line = equation.write(&alva, &equation.moved_without_sign(), 1);
    assert_eq!(line.verdicts(), ["wrong"]);
    line.must_show("<strong>Nästan.</strong> En term som byter sida byter också tecken.");
    assert_eq!(line.every("<mrow class=\"broken\">", "</mrow>").len(), 1, "{}", line.body);
    line.must_show(" Markerat: ");
    line.must_show("<summary>");
    line.must_show("<button class=\"btn soft slim\">Min rad är rätt</button>");
    // The report shows it without the button.
    let report = alva.page("/report");
    report.must_show("<mrow class=\"broken\">");
    report.must_not_show("Min rad är rätt");
}

fn a_slip_is_told_as_a_slip(app: &mut TestApp) {
    let alva = app.alva();
    let equation = Equation::open(app, &alva);
    let Equation { a, b, c, .. } = equation;
    equation.write(&alva, &format!("{a}x = {c} - {b}"), 1);
    let line = equation.write(&alva, &format!("{a}x = {}", c - b + 1), 2);
    assert_eq!(line.verdicts(), ["wrong"]);
    line.must_show("<strong>Nästan.</strong> Tanken stämmer. Räkna talet en gång till.");
    let number = format!("<mrow class=\"broken\"><mn>{}</mn></mrow>", c - b + 1);
    line.must_show(&number);
}

fn a_line_may_follow_from_the_wrong_one_above(app: &mut TestApp) {
    let alva = app.alva();
    let equation = Equation::open(app, &alva);
    let Equation { a, b, c, .. } = equation;
    equation.write(&alva, &equation.moved_without_sign(), 1);
    let follows = format!("{a}x = {}", c + b);
    let line = equation.write(&alva, &follows, 2);
    assert_eq!(line.verdicts(), ["wrong"]);
    line.must_show("Följer av raden ovanför. Räknat rätt från den.");
    line.must_not_show("class=\"broken\"");
    // Only the newest line counts: below a right one it is a mistake of its own.
    equation.write(&alva, &format!("{a}x = {c} - {b}"), 3);
    equation.write(&alva, &follows, 4).must_not_show("Följer av raden ovanför");
}

/// Puts a line into the vault as a server without accounts stored it.
fn store_as_before(app: &TestApp, address: &str, entered: String, answer: &'static str) {
    let id: CalculationId = address.rsplit('/').next().unwrap_or_default().parse().unwrap();
    let own = app.me("alva").own();
    app.write(move |tx| {
        let calculation = calculations::seen(tx, &own, id).unwrap();
        let general = students::general(tx, &own).unwrap();
        let line = Line {
            number: 1,
            key: key(1).parse().unwrap(),
            entered: entered.clone(),
            at: Millis(calculation.opened_at.0 + 1000),
            verdict: "wrong".to_owned(),
            answer: answer.to_owned(),
        };
        let seen = General { version: general.version, ..general };
        let new =
            Submission { seen: &seen, of: &calculation, line: &line, learned: None, finishes: false, counts_in: None };
        submissions::store(tx, &own, &new)
    });
}

fn a_line_from_before_there_were_accounts_is_shown_as_it_was(app: &mut TestApp) {
    let alva = app.alva();
    let equation = Equation::open(app, &alva);
    let old = r#"{"kind":"wrong","witness":null}"#;
    store_as_before(app, &equation.address, equation.moved_without_sign(), old);
    app.start_again();
    let alva = app.alva();
    let page = alva.page(&equation.address);
    assert_eq!(page.verdicts(), ["wrong"]);
    page.must_show("<strong>Nästan.</strong> Den här raden stämmer inte än med raderna ovanför.");
    page.must_not_show("class=\"broken\"");
    let lines = alva.get(&format!("/api/v1{}", equation.address)).json()["lines"].clone();
    assert!(lines[0]["account"].is_null() && lines[0]["verdict"]["kind"] == "wrong", "{lines}");
    // The next line may still follow from it.
    let follows = format!("{}x = {}", equation.a, equation.c + equation.b);
    equation.write(&alva, &follows, 2).must_show("Följer av raden ovanför.");
}

fn programs_get_the_account_beside_the_verdict(app: &mut TestApp) {
    let alva = app.alva();
    let equation = Equation::open(app, &alva);
    let Equation { a, b, c, .. } = equation;
    let send = |line: &str, number| {
        let body = serde_json::json!({ "line": line, "key": key(number) });
        alva.post_json(&format!("/api/v1{}/lines", equation.address), &body).json()
    };
    let wrong = send(&equation.moved_without_sign(), 1);
    let account = &wrong["account"];
    assert_eq!((&account["kind"], &account["follows"]), (&"mistake".into(), &false.into()), "{wrong}");
    assert_eq!(account["cause"], serde_json::json!({ "kind": "misconception", "id": "move_without_sign" }), "{wrong}");
    assert!(account["broken"]["start"].is_u64() && account["broken"]["end"].is_u64(), "{wrong}");
    let right = send(&format!("{a}x = {}", c - b), 2);
    let step = &right["account"]["steps"][0];
    assert_eq!((&step["kind"], &step["with"]), (&"subtract-from-both-sides".into(), &b.to_string().into()), "{right}");
    assert!(send("2(x + = 3", 3)["account"].is_null());
}

fn teacher_and_student_read_the_same(app: &mut TestApp) {
    let alva = app.alva();
    let equation = Equation::open(app, &alva);
    equation.write(&alva, &equation.moved_without_sign(), 1);
    equation.write(&alva, &format!("{}x = {}", equation.a, equation.c - equation.b), 2);
    let own = alva.page(&equation.address);
    let maria = app.maria();
    let id = equation.address.rsplit('/').next().unwrap_or_default();
    let seen = maria.page(&format!("/groups/{}/calculations/{id}", world::group("7A")));
    assert_eq!(seen.every("data-say=\"", "\""), own.every("data-say=\"", "\""));
    seen.must_show("<mrow class=\"broken\">");
    seen.must_not_show("Min rad är rätt");
}
