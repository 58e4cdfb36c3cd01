use super::*;
use crate::numeric::Precision;
use crate::read::{read, read_notation};
use crate::tree::{Expr, Statement};

fn side(statement: &Statement) -> Expr {
    statement.sides().next().expect("a side").clone()
}

fn typed(text: &str) -> Measure {
    Measure::of(&side(&read(text).expect("readable"))).expect("a quantity")
}

fn product(text: &str) -> Measure {
    Measure::of_product(&side(&read_notation(text).expect("readable"))).expect("a quantity")
}

fn exactly(key: &str, answer: &str, conversion: Conversion) -> Outcome {
    compare_measures(&typed(key), &typed(answer), &Precision::Exact, conversion, None)
}

#[test]
fn a_quantity_is_held_against_a_key_in_any_unit() {
    for (key, answer, expected) in [
        ("72 km/h", "20 m/s", Outcome::Right),
        ("72 km/h", "72", Outcome::MissingUnit),
        ("72", "72 km/h", Outcome::NeedlessUnit),
        ("72 km/h", "72 m/s", Outcome::RightNumberWrongUnit),
        ("72 km/h", "21 m/s", Outcome::WrongNumber),
        ("72 km/h", "72 kg", Outcome::Incompatible),
        ("2 h 30 min", "150 min", Outcome::Right),
        ("2 h 30 min", "2,5 h", Outcome::Right),
        ("−(2 h 30 min)", "−150 min", Outcome::Right),
        ("1 dygn", "24 timmar", Outcome::Right),
        ("25 °C", "298,15 K", Outcome::Right),
        ("9,8 kg·m/s^2", "9,8 N", Outcome::Right),
        ("8 g/cm^3", "8000 kg/m^3", Outcome::Right),
        ("2 varv", "720°", Outcome::Right),
        ("3 kWh", "10,8 MJ", Outcome::Right),
        ("5 kr/kg", "0,5 kr/hg", Outcome::Right),
    ] {
        assert_eq!(exactly(key, answer, Conversion::Any), expected, "{key} {answer}");
    }
}

#[test]
fn without_conversion_the_unit_has_to_be_the_same() {
    assert_eq!(exactly("5 N·m", "5 m·N", Conversion::None), Outcome::Right);
    assert_eq!(exactly("5 kg", "5000 g", Conversion::None), Outcome::OtherUnit);
    assert_eq!(exactly("5 kg", "5 g", Conversion::None), Outcome::RightNumberWrongUnit);
}

#[test]
fn precision_is_applied_in_the_unit_of_the_key_or_in_base_units() {
    let key = product("4.20*km");
    let three = Precision::Significant { digits: 3, correct: 3 };
    let judged = |text: &str| compare_measures(&key, &product(text), &three, Conversion::Any, None);
    assert_eq!(judged("4.20*km"), Outcome::Right);
    assert_eq!(judged("4200*m"), Outcome::Right);
    assert_eq!(judged("4.2*km"), Outcome::WrongDigits);
    assert_eq!(judged("21/5*km"), Outcome::WrongDigits);
    assert_eq!(judged("4.21*km"), Outcome::WrongNumber);
    let leeway = product("10*m");
    let within = Precision::Absolute(leeway.number.value.clone());
    let near = |text: &str| compare_measures(&key, &product(text), &within, Conversion::Any, Some(&leeway));
    assert_eq!(near("4209*m"), Outcome::Right);
    assert_eq!(near("4211*m"), Outcome::WrongNumber);
}

#[test]
fn what_is_no_quantity_has_no_measure() {
    for text in ["5*m+1", "m/0", "5*m^(1/2)"] {
        let written = side(&read_notation(text).expect("readable"));
        assert_eq!(Measure::of_product(&written), None, "{text}");
    }
    for text in ["5 m + 2 kg", "20 °C + 5 °C"] {
        let written = side(&read(text).expect("readable"));
        assert_eq!(Measure::of(&written), None, "{text}");
    }
}
