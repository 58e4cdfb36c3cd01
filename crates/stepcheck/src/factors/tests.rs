use super::*;
use crate::exact::normal;
use crate::read::read_notation;

fn polynomial(text: &str) -> Polynomial {
    let statement = read_notation(text).expect("readable");
    let side = statement.sides().next().expect("a side").clone();
    normal(&side).expect("a value").top
}

#[test]
fn what_can_be_split_is_told_from_what_cannot() {
    for text in [
        "x",
        "x-3",
        "2*x+4",
        "x^2-2",
        "x^2+1",
        "x^3-x+1",
        "x^4+1",
        "x^4+x^3+x^2+x+1",
        "x^4-10*x^2+1",
        "x^6+x^3+1",
        "x^2+y^2",
        "x+y",
        "a*x+b",
        "x^2+x*y+1",
        "x^3+y^3+1",
        "4*x^2+10*x+25",
        "x^2-a",
        "x*y-1",
        "x^12+x+1",
    ] {
        assert_eq!(is_irreducible(&polynomial(text)), Some(true), "{text}");
    }
    for text in [
        "x^2",
        "2*x*y",
        "x^2-4",
        "x^2-1/4",
        "x^3-8",
        "x^4+4",
        "x^4-1",
        "x^6-1",
        "(x^2+x+1)^2",
        "x^2-y^2",
        "x^3-8*y^3",
        "x*y+3*y+2*x+6",
        "6*x^2-12*x*c+6*b*x-12*b*c",
        "a*x+a*b",
        "x^8+16*x^4+48",
        "(x^2+2)*(x^3+3)",
        "x^2*y-y",
        "(x+y+1)*(x-y+2)",
        "(x^3+y)*(x^3-y)",
        "6*x^2+5*x-6",
        "x^12-1",
    ] {
        assert_eq!(is_irreducible(&polynomial(text)), Some(false), "{text}");
    }
}

#[test]
fn common_divisors_and_quotients_of_several_letters() {
    let (a, b) = (polynomial("(x+y)*(x-2*c)*3"), polynomial("(x+y)^2*(c+1)"));
    let shared = common(&a, &b).expect("small");
    assert!(shared.is_multiple_of(&polynomial("x+y")), "{shared:?}");
    assert!(divide(&a, &polynomial("x-2*c")).is_some());
    assert!(divide(&a, &polynomial("x+2*c")).is_none());
    assert!(divide(&a, &Polynomial::zero()).is_none());
    assert!(common(&polynomial("x^2+1"), &polynomial("x^2-1")).expect("small").as_constant().is_some());
}
