//! The table itself.

use super::{Dimension, UnitEntry};

/// A row without words and prefixes: its symbol, what it measures, its factor.
const fn row(symbol: &'static str, dimension: Dimension, factor: (u64, u64, i32)) -> UnitEntry {
    UnitEntry { symbol, words: &[], dimension, factor, zero: 0, prefixes: "" }
}

impl UnitEntry {
    const fn words(mut self, words: &'static [&'static str]) -> Self {
        self.words = words;
        self
    }

    const fn prefixes(mut self, prefixes: &'static str) -> Self {
        self.prefixes = prefixes;
        self
    }

    const fn zero(mut self, hundredths: u32) -> Self {
        self.zero = hundredths;
        self
    }
}

const LENGTH: Dimension = [1, 0, 0, 0, 0, 0, 0, 0, 0];
const AREA: Dimension = [2, 0, 0, 0, 0, 0, 0, 0, 0];
const VOLUME: Dimension = [3, 0, 0, 0, 0, 0, 0, 0, 0];
const MASS: Dimension = [0, 1, 0, 0, 0, 0, 0, 0, 0];
const TIME: Dimension = [0, 0, 1, 0, 0, 0, 0, 0, 0];
const SPEED: Dimension = [1, 0, -1, 0, 0, 0, 0, 0, 0];
const CURRENT: Dimension = [0, 0, 0, 1, 0, 0, 0, 0, 0];
const CHARGE: Dimension = [0, 0, 1, 1, 0, 0, 0, 0, 0];
const VOLTAGE: Dimension = [2, 1, -3, -1, 0, 0, 0, 0, 0];
const RESISTANCE: Dimension = [2, 1, -3, -2, 0, 0, 0, 0, 0];
const CAPACITANCE: Dimension = [-2, -1, 4, 2, 0, 0, 0, 0, 0];
const INDUCTANCE: Dimension = [2, 1, -2, -2, 0, 0, 0, 0, 0];
const FLUX: Dimension = [2, 1, -2, -1, 0, 0, 0, 0, 0];
const FLUX_DENSITY: Dimension = [0, 1, -2, -1, 0, 0, 0, 0, 0];
const DOSE: Dimension = [2, 0, -2, 0, 0, 0, 0, 0, 0];
const POWER: Dimension = [2, 1, -3, 0, 0, 0, 0, 0, 0];
const ENERGY: Dimension = [2, 1, -2, 0, 0, 0, 0, 0, 0];
const FORCE: Dimension = [1, 1, -2, 0, 0, 0, 0, 0, 0];
const PRESSURE: Dimension = [-1, 1, -2, 0, 0, 0, 0, 0, 0];
const FREQUENCY: Dimension = [0, 0, -1, 0, 0, 0, 0, 0, 0];
const TEMPERATURE: Dimension = [0, 0, 0, 0, 1, 0, 0, 0, 0];
const AMOUNT: Dimension = [0, 0, 0, 0, 0, 1, 0, 0, 0];
const LUMINOSITY: Dimension = [0, 0, 0, 0, 0, 0, 1, 0, 0];
const MONEY: Dimension = [0, 0, 0, 0, 0, 0, 0, 1, 0];
const NUMBER: Dimension = [0, 0, 0, 0, 0, 0, 0, 0, 0];
const ANGLE: Dimension = [0, 0, 0, 0, 0, 0, 0, 0, 1];

/// Every unit. The legal factors of inch, foot, yard, mile and pound are exact since 1959; the
/// electronvolt since the SI of 2019; the atomic mass unit is CODATA 2022; a calorie is the
/// thermochemical one.
pub const TABLE: [UnitEntry; 63] = [
    // Length
    row("m", LENGTH, (1, 1, 0)).words(&["meter", "metre", "metres", "meters"]).prefixes("k h d c m µ μ u n p"),
    row("mil", LENGTH, (1, 1, 4)),
    row("tum", LENGTH, (254, 1, -4)).words(&["inch", "inches", "tomme", "tommer", "in"]),
    row("fot", LENGTH, (3048, 1, -4)).words(&["foot", "feet", "ft"]),
    row("yd", LENGTH, (9144, 1, -4)).words(&["yard", "yards"]),
    row("mi", LENGTH, (1_609_344, 1, -3)).words(&["mile", "miles"]),
    row("ljusår", LENGTH, (9_460_730_472_580_800, 1, 0)).words(&["lysår", "lightyear", "lightyears"]),
    // Area
    row("ha", AREA, (1, 1, 4)).words(&["hektar", "hectare", "hectares"]),
    row("kvadratmeter", AREA, (1, 1, 0)).words(&["kvm"]),
    row("kvadratcentimeter", AREA, (1, 1, -4)),
    row("kvadratdecimeter", AREA, (1, 1, -2)).words(&["kvadratdesimeter"]),
    row("kvadratkilometer", AREA, (1, 1, 6)),
    row("kvadratmillimeter", AREA, (1, 1, -6)),
    // Volume
    row("l", VOLUME, (1, 1, -3)).words(&["liter", "litre", "litres", "liters"]).prefixes("h d c m µ μ u"),
    row("L", VOLUME, (1, 1, -3)).prefixes("h d c m µ μ u"),
    row("kubikmeter", VOLUME, (1, 1, 0)),
    row("kubikcentimeter", VOLUME, (1, 1, -6)).words(&["cc"]),
    row("kubikdecimeter", VOLUME, (1, 1, -3)).words(&["kubikdesimeter"]),
    row("msk", VOLUME, (15, 1, -6)).words(&["matsked", "matskedar"]),
    row("tsk", VOLUME, (5, 1, -6)).words(&["tesked", "teskedar"]),
    // Mass
    row("g", MASS, (1, 1, -3)).words(&["gram", "grams"]).prefixes("M G k h d c m µ μ u n p"),
    row("ton", MASS, (1, 1, 3)).words(&["t", "tonn", "tonne", "tonnes", "tons"]).prefixes("k M G"),
    row("u", MASS, (1_660_539_068_920, 1, -39)).words(&["amu"]),
    row("lb", MASS, (45_359_237, 1, -8)).words(&["pound", "pounds"]),
    // Time
    row("s", TIME, (1, 1, 0)).words(&["sek", "sekund", "sekunder", "second", "seconds"]).prefixes("m µ μ u n p f"),
    row("min", TIME, (60, 1, 0)).words(&["minut", "minuter", "minutt", "minutter", "minute", "minutes"]),
    row("h", TIME, (3600, 1, 0)).words(&["tim", "timme", "timmar", "time", "timer", "hour", "hours"]),
    row("dygn", TIME, (86_400, 1, 0)).words(&["dag", "dagar", "døgn", "dager", "day", "days"]),
    // A year of 365 days, and a twelfth of it.
    row("år", TIME, (31_536_000, 1, 0)).words(&["year", "years"]),
    row("månad", TIME, (2_628_000, 1, 0)).words(&["månader", "mån", "måned", "måneder", "month", "months"]),
    row("vecka", TIME, (604_800, 1, 0)).words(&["veckor", "uke", "uker", "week", "weeks"]),
    // Speed
    row("knop", SPEED, (463, 900, 0)).words(&["knot", "knots", "kn"]),
    // Electricity, force, energy
    row("A", CURRENT, (1, 1, 0)).words(&["ampere"]).prefixes("k m µ μ u n p"),
    row("C", CHARGE, (1, 1, 0)).words(&["coulomb"]).prefixes("m µ μ u n p"),
    row("V", VOLTAGE, (1, 1, 0)).words(&["volt"]).prefixes("M k m µ μ u"),
    row("F", CAPACITANCE, (1, 1, 0)).words(&["farad"]).prefixes("m µ μ u n p"),
    row("H", INDUCTANCE, (1, 1, 0)).words(&["henry"]).prefixes("m µ μ u"),
    row("Wb", FLUX, (1, 1, 0)).words(&["weber"]).prefixes("m µ μ u"),
    row("T", FLUX_DENSITY, (1, 1, 0)).words(&["tesla"]).prefixes("m µ μ u n"),
    row("Ω", RESISTANCE, (1, 1, 0)).words(&["ohm"]).prefixes("M k m"),
    row("W", POWER, (1, 1, 0)).words(&["watt"]).prefixes("T G M k m µ μ u"),
    row("VA", POWER, (1, 1, 0)).words(&["voltampere"]).prefixes("G M k"),
    row("Wh", ENERGY, (3600, 1, 0)).words(&["wattimme", "wattimmar"]).prefixes("T G M k"),
    row("J", ENERGY, (1, 1, 0)).words(&["joule"]).prefixes("T G M k m"),
    row("cal", ENERGY, (4184, 1, -3)).words(&["kalori", "kalorier", "calorie", "calories"]).prefixes("k"),
    row("eV", ENERGY, (1_602_176_634, 1, -28)).words(&["elektronvolt", "electronvolt"]).prefixes("T G M k m"),
    row("N", FORCE, (1, 1, 0)).words(&["newton"]).prefixes("G M k m µ μ u"),
    row("Nm", ENERGY, (1, 1, 0)).words(&["newtonmeter"]).prefixes("M k m"),
    row("Pa", PRESSURE, (1, 1, 0)).words(&["pascal"]).prefixes("G M k h"),
    row("bar", PRESSURE, (1, 1, 5)).prefixes("m"),
    row("Hz", FREQUENCY, (1, 1, 0)).words(&["hertz"]).prefixes("T G M k m"),
    row("Bq", FREQUENCY, (1, 1, 0)).words(&["becquerel"]).prefixes("T G M k m"),
    row("Gy", DOSE, (1, 1, 0)).words(&["gray"]).prefixes("m µ μ u"),
    row("Sv", DOSE, (1, 1, 0)).words(&["sievert"]).prefixes("m µ μ u"),
    // Temperature, amount, luminosity
    row("K", TEMPERATURE, (1, 1, 0)).words(&["kelvin"]).prefixes("m µ μ u n"),
    row("°C", TEMPERATURE, (1, 1, 0)).zero(27_315),
    row("mol", AMOUNT, (1, 1, 0)).prefixes("k m µ μ u n p"),
    row("cd", LUMINOSITY, (1, 1, 0)).words(&["candela"]).prefixes("m"),
    // Money, things, turns
    row("SEK", MONEY, (1, 1, 0)),
    row("kr", MONEY, (1, 1, 0)).words(&["kronor", "krona", "kroner", "krone", "nok"]),
    row("öre", MONEY, (1, 1, -2)).words(&["øre"]),
    row("st", NUMBER, (1, 1, 0)).words(&["styck", "stycken", "stk", "pcs"]),
    row("varv", ANGLE, (360, 1, 0)).words(&["omdreining", "omdreininger", "turn", "turns"]),
];
