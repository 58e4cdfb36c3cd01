//! Wrong rules that students are known to follow.

use serde::{Deserialize, Serialize};

/// Declares the misconceptions with their ids, rules and sources, so that a list of all of them cannot miss one.
macro_rules! misconceptions {
    ($($(#[doc = $doc:expr])* $name:ident = $id:literal from $source:literal,)+) => {
        /// A recognised wrong rule. The ids are stored and name the sentences of the house; they never change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Misconception {
            $($(#[doc = $doc])* #[serde(rename = $id)] $name,)+
        }

        impl Misconception {
            /// All of them, by area.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The id: lower case with underscores, `frac_add_parallel`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Where it is described: the number in a catalogue of misconceptions, or a publication.
            #[must_use]
            pub const fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)+ }
            }
        }
    };
}

misconceptions! {
    /// `a/b+c/d -> (a+c)/(b+d)`: `1/2+1/3 -> 2/5`
    FracAddParallel = "frac_add_parallel" from "MaE08 (Ashlock 2006); Eedi 217; Cena FRACTION-ADD",
    /// `a/b+c/d -> a/(bd)+c/(bd)`: `2/5+1/2 -> 2/10+1/10`
    FracCommonDenKeepNum = "frac_common_den_keep_num" from "MaE09 (Ashlock 2006); Eedi 6",
    /// `n*(a/b) -> (na)/(nb)`: `4*3/8 -> 12/32`
    FracTimesIntBoth = "frac_times_int_both" from "MaE13 (Ashlock 2006)",
    /// `(a/b)/(c/d) -> (b/a)*(c/d)`: `(2/3)/(3/8) -> 3/2*3/8`
    FracDivInvertFirst = "frac_div_invert_first" from "MaE15 (Ashlock 2006); Eedi 1152",
    /// `(ak)/(bk) -> a/(bk)`: `4/8 -> 2/8`
    FracSimplifyOnePart = "frac_simplify_one_part" from "MaE07 (Ashlock 2006); Eedi 848",
    /// `(a+b)/a -> b`: `(x+5)/x -> 5`
    CancelTerms = "cancel_terms" from "Cena CANCEL-COMMON; Eedi 143, 891; Matz 1982 (lit.)",
    /// `a+b*c -> (a+b)*c`: `2+3*4 -> 20`
    OrderLeftToRight = "order_left_to_right" from "MaE34 (Linchevski & Livneh 1999); Eedi 1507; IDEAS priority-times; Cena ORDER-OPS",
    /// `-a-b -> a+b`: `-4-3 -> 7`
    TwoNegativesMakePlus = "two_negatives_make_plus" from "MaE19 (Ashlock 2006); Eedi 1639",
    /// `a-(-b) -> a-b`: `5-(-3) -> 2`
    SubNegativeIgnored = "sub_negative_ignored" from "Eedi 55, 1805",
    /// `(-a)^2 -> -a^2`: `(-3)^2 -> -9`
    SquareOfNegative = "square_of_negative" from "Eedi 82, 876",
    /// `a^n -> a*n`: `2^3 -> 6`
    PowerAsProduct = "power_as_product" from "MaE03 (Slavit 2006); Eedi 64, 923, 1072",
    /// `a^(-n) -> -a^n`: `2^(-3) -> -8`
    NegativeExponent = "negative_exponent" from "Eedi 433",
    /// `a^m*a^n -> a^(mn)`: `x^2*x^3 -> x^6`
    PowerMulExponents = "power_mul_exponents" from "Eedi 1085",
    /// `(a^m)^n -> a^(m+n)`: `(t^5)^7 -> t^12`
    PowerOfPowerAdd = "power_of_power_add" from "OATutor distractor a3e2de7expo6a-c0",
    /// `(k*a)^n -> k*a^n`: `(3x)^2 -> 3x^2`
    PowerSkipsCoefficient = "power_skips_coefficient" from "IDEAS square-multiplication; Eedi 1443 (reverse)",
    /// `a^m+a^n -> a^(m+n)`: `x^2+x^3 -> x^5`
    AddPowersAddExponents = "add_powers_add_exponents" from "Eedi 775",
    /// `(a+b)^2 -> a^2+b^2`: `(x+3)^2 -> x^2+9`
    SquareOfSum = "square_of_sum" from "IDEAS distr-square; Cena DIST-EXP-SUM; Matz 1982 (lit.)",
    /// `(a-b)^2 -> a^2-b^2`: `(z-4)^2 -> z^2-16`
    SquareOfDifference = "square_of_difference" from "IDEAS distr-square; MaE04 (Pinchback 1991)",
    /// `sqrt(a+b) -> sqrt(a)+sqrt(b)`: `sqrt(9+16) -> 3+4`
    SqrtOfSum = "sqrt_of_sum" from "Eedi 483; Matz 1982 (lit.)",
    /// `a*(b+c) -> a*b+c`: `3(x+4) -> 3x+4`
    DistributeFirstOnly = "distribute_first_only" from "IDEAS distr-times-plus; Eedi 220; Payne & Squibb 1990 (lit.)",
    /// `a-(b-c) -> a-b-c; -(a+b) -> -a+b`: `5-(x-3) -> 5-x-3`
    MinusBracketSign = "minus_bracket_sign" from "IDEAS minus-minus; Cena SIGN-NEGATIVE; Eedi 583",
    /// `a*(b-c) -> a*b+a*c`: `-2(x-3) -> -2x-6`
    DistributeWrongSign = "distribute_wrong_sign" from "IDEAS distr-times-plus-sign; Eedi 1444",
    /// `(a+b)*(c+d) -> a*c+b*d`: `(x+2)(x+3) -> x^2+6`
    FoilFirstLast = "foil_first_last" from "Eedi 1872",
    /// `a*x+b -> (a+b)*x`: `5x+3 -> 8x`
    ConjoinUnlike = "conjoin_unlike" from "Eedi 436; Booth 1984 (lit.)",
    /// `a*x+b*x -> (a+b)*x^2`: `3x+2x -> 5x^2`
    CollectSquaresVariable = "collect_squares_variable" from "Eedi 1644, 775",
    /// `a*x-x -> a`: `3x-x -> 3`
    SubtractVariableAway = "subtract_variable_away" from "Eedi 528; Payne & Squibb 1990 (lit.)",
    /// `x+a=b -> x=b+a`: `x+3=10 -> x=13`
    MoveWithoutSign = "move_without_sign" from "IDEAS plus; Eedi 1971; Payne & Squibb 1990 (lit.)",
    /// `a*x=b -> x=b-a`: `3x=12 -> x=9`
    SubtractCoefficient = "subtract_coefficient" from "Eedi 1190; Sleeman 1984, Payne & Squibb 1990 (lit.)",
    /// `a*x=b -> x=b*a`: `x/4=3 -> x=3/4`
    WrongInverseMulDiv = "wrong_inverse_mul_div" from "IDEAS coverup.times-mul; Eedi 975",
    /// `-a*x=b -> x=b/a`: `-2x=6 -> x=3`
    DivideLostSign = "divide_lost_sign" from "IDEAS divide-negate",
    /// `a*x+b=c -> x+b=c/a`: `2x+6=10 -> x+6=5`
    OperateOnSomeTerms = "operate_on_some_terms" from "IDEAS multiply-forget-one, coverup.times-with-plus; Eedi 170, 340, 347",
    /// `-a*x<b -> x<-b/a`: `-2x<6 -> x<-3`
    InequalityNoFlip = "inequality_no_flip" from "Eedi 811",
    /// `x^2=a -> x=sqrt(a)`: `x^2=9 -> x=3`
    MissingNegativeRoot = "missing_negative_root" from "IDEAS coverup.even-power; Eedi 132; STACK Equiv",
    /// `x^2=a*x -> x=a`: `x^2=5x -> x=5`
    DivideByVariable = "divide_by_variable" from "IDEAS division-by-var-both/-zero; STACK Equiv",
    /// `(x-a)(x-b)=c -> x-a=c or x-b=c`: `(x-1)(x-3)=5 -> x-1=5 or x-3=5`
    ZeroProductNonzero = "zero_product_nonzero" from "teacher handbook excerpt (th4.ilovetranslation); Matz 1982 (lit.)",
    /// `(x-a)(x+b)=0 -> x=-a or x=b`: `(x-3)(x+2)=0 -> x=-3 or x=2`
    RootSignFromFactor = "root_sign_from_factor" from "Eedi 569, 1697, 224",
    /// `x=-b±... -> x=b±...; /2a -> /a`: `x^2-5x+6=0 -> x=-2 or x=-3`
    PqFormulaSign = "pq_formula_sign" from "IDEAS abc.minus-b, abc.two-a, abc.minus-4ac",
    /// `lg(a+b) -> lg(a)+lg(b)`: `lg(x+2) -> lg x + lg 2`
    LogOfSum = "log_of_sum" from "Matz 1982 linear extrapolation (lit.)",
    /// `p% -> 0.p (p<10)`: `5 % -> 0,5`
    PercentPlaceValue = "percent_place_value" from "Eedi 988, 1270",
    /// `0,a+0,b -> 0,(a+b)`: `0,8+0,4 -> 0,12`
    DecimalAddAsIntegers = "decimal_add_as_integers" from "MaE16 (Ashlock 2006); Eedi 1898",
    /// `(a/b)/(c/d) -> (a*c)/(b*d)`: `(2/3)/(3/8) -> 6/24`
    FracDivNoInvert = "frac_div_no_invert" from "Eedi 1804, 232",
    /// `-a+b -> -(a+b) or a-b`: `-8+6 -> 2`
    NegAddSign = "neg_add_sign" from "MaE18 (Ashlock 2006); Eedi 160",
    /// `a^0 -> 0`: `5^0 -> 0`
    PowerZero = "power_zero" from "Eedi 1920",
    /// `sqrt(a) -> a/2`: `sqrt(16) -> 8`
    SqrtAsHalf = "sqrt_as_half" from "Eedi 734",
    /// `a*x=b -> x=a/b`: `4x=3 -> x=4/3`
    DivideSwapped = "divide_swapped" from "IDEAS divide-numdenom; Eedi 195",
    /// `a/(b+c) -> a/b+a/c`: `1/(x+2) -> 1/x+1/2`
    SplitDenominator = "split_denominator" from "Matz 1982 (lit.)",
    /// An area or a volume is converted by the factor of lengths: `2 m² -> 200 cm²`
    UnitLengthFactor = "unit_length_factor" from "gcse.com, Measurement: area",
    /// Multiplied by the factor of the units where it is to be divided by, or the other way: `500 cm -> 50000 m`
    UnitWrongWay = "unit_wrong_way" from "public-textbooks.pages.dev, Measurement conversions: common mistakes 1",
    /// An hour has a hundred minutes: `2 h 30 min -> 2.3 h`
    TimeAsDecimal = "time_as_decimal" from "krizteotuition.wordpress.com, Maths common mistakes: time 1 and 3",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Misconception;

    #[test]
    fn ids_are_different_and_every_one_has_a_source() {
        let ids: BTreeSet<&str> = Misconception::ALL.iter().map(|one| one.id()).collect();
        assert_eq!(ids.len(), Misconception::ALL.len());
        for one in Misconception::ALL {
            assert!(!one.source().is_empty());
            assert_eq!(serde_json::to_value(one).ok(), Some(one.id().into()));
        }
    }
}
