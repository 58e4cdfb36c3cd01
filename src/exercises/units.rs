//! Units of everyday life: their symbols, and how else people write them.

/// A unit: its symbol, and what stands for the same.
struct Unit {
    symbol: &'static str,
    others: &'static [&'static str],
}

const fn unit(symbol: &'static str, others: &'static [&'static str]) -> Unit {
    Unit { symbol, others }
}

const UNITS: [Unit; 36] = [
    unit("mm", &["millimeter", "millimetre", "millimetres"]),
    unit("cm", &["centimeter", "centimetre", "centimetres"]),
    unit("dm", &["decimeter", "decimetre", "decimetres"]),
    unit("m", &["meter", "metre", "metres"]),
    unit("km", &["kilometer", "kilometre", "kilometres"]),
    unit("mil", &[]),
    unit("mm²", &["mm^2", "mm2", "kvadratmillimeter", "square millimetres"]),
    unit("cm²", &["cm^2", "cm2", "kvadratcentimeter", "square centimetres"]),
    unit("dm²", &["dm^2", "dm2", "kvadratdecimeter", "square decimetres"]),
    unit("m²", &["m^2", "m2", "kvadratmeter", "square metres"]),
    unit("km²", &["km^2", "km2", "kvadratkilometer", "square kilometres"]),
    unit("cm³", &["cm^3", "cm3", "kubikcentimeter", "cubic centimetres"]),
    unit("dm³", &["dm^3", "dm3", "kubikdecimeter", "cubic decimetres"]),
    unit("m³", &["m^3", "m3", "kubikmeter", "cubic metres"]),
    unit("ml", &["milliliter", "millilitre", "millilitres"]),
    unit("cl", &["centiliter", "centilitre", "centilitres"]),
    unit("dl", &["deciliter", "decilitre", "decilitres"]),
    unit("l", &["L", "liter", "litre", "litres"]),
    unit("mg", &["milligram"]),
    unit("g", &["gram", "grams"]),
    unit("hg", &["hekto", "hektogram"]),
    unit("kg", &["kilo", "kilogram", "kilograms"]),
    unit("ton", &["tonne", "tonnes"]),
    unit("s", &["sek", "sekund", "sekunder", "second", "seconds"]),
    unit("min", &["minut", "minuter", "minute", "minutes"]),
    unit("h", &["tim", "timme", "timmar", "hour", "hours"]),
    unit("kr", &["krona", "kronor", "SEK", "crowns", ":-"]),
    unit("öre", &[]),
    unit("°", &["grad", "grader", "degree", "degrees"]),
    unit("°C", &["grader C", "grader Celsius", "degrees Celsius"]),
    unit("%", &["procent", "percent", "per cent"]),
    unit("km/h", &["km/tim", "kilometer i timmen", "kilometres per hour"]),
    unit("m/s", &["meter per sekund", "metres per second"]),
    unit("år", &["years", "year"]),
    unit("kr/kg", &[]),
    unit("kWh", &["kilowattimmar"]),
];

/// Whether it is the symbol of a unit, which stays on the line of its number.
#[must_use]
pub fn is_unit_symbol(word: &str) -> bool {
    UNITS.iter().any(|unit| unit.symbol == word)
}

/// How a unit may be written, with `word` itself: longer ways first, so that none is taken for the beginning of another.
pub(super) fn written_as(word: &str) -> Vec<&str> {
    let of = UNITS.iter().filter(|unit| unit.symbol == word || unit.others.contains(&word));
    let mut ways: Vec<&str> = of.flat_map(|unit| std::iter::once(&unit.symbol).chain(unit.others)).copied().collect();
    if ways.is_empty() {
        ways.push(word);
    }
    ways.sort_by_key(|way| std::cmp::Reverse(way.len()));
    ways
}

/// The unit in which a Swedish question wants its answer: «… i cm?», «hur många kronor …».
pub(super) fn asked_for(question: &str) -> Option<&'static str> {
    let words: Vec<&str> = question.split([' ', '\u{a0}']).collect();
    let ends_word = |word: &str| word.ends_with(['.', '?', ',']);
    words.windows(2).find_map(|two| {
        let [lead, word] = two else { return None };
        let bare = word.trim_end_matches(['.', '?', ',']);
        let is_led = ends_word(word) && matches!(*lead, "i" | "hela") || matches!(*lead, "många" | "antalet");
        let named = |unit: &&Unit| unit.symbol == bare || unit.others.contains(&bare);
        UNITS.iter().find(named).filter(|_| is_led).map(|unit| unit.symbol)
    })
}

#[cfg(test)]
mod tests {
    use super::{asked_for, written_as};

    #[test]
    fn a_unit_may_be_written_in_several_ways() {
        assert!(written_as("cm²").contains(&"cm2") && written_as("kronor").contains(&"kr"));
        assert_eq!(written_as("påsar"), ["påsar"]);
    }

    #[test]
    fn a_question_tells_the_unit_of_its_answer() {
        for (question, unit) in [
            ("Hur stor är arean i cm²? Svara med π.", Some("cm²")),
            ("Skriv ett uttryck för priset, i kronor.", Some("kr")),
            ("Hur många liter är kvar?", Some("l")),
            ("Hur många meter långt är det?", Some("m")),
            ("Skriv längden y i cm efter x timmar.", None),
            ("Hon åker i 3 timmar. Hur långt?", None),
            ("Hur många påsar blir det?", None),
        ] {
            assert_eq!(asked_for(question), unit, "{question}");
        }
    }
}
