//! The steps that have a name.

use serde::{Deserialize, Serialize};

/// What was done between two right lines, or what is to be done next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub kind: StepKind,
    /// What it was done with, in text notation with decimal comma: `2x` of «subtracted 2x from both sides», `5` of
    /// «divided both sides by 5», `x` of «took x out as a factor». Which kinds have one stands at each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
}

impl Step {
    /// A step done with nothing that has to be told.
    #[must_use]
    pub const fn new(kind: StepKind) -> Self {
        Self { kind, with: None }
    }
}

/// Declares the kinds with their ids and areas, so that a list of all of them cannot miss one.
macro_rules! step_kinds {
    ($($(#[doc = $area_doc:expr])* $area:ident { $($(#[doc = $doc:expr])* $kind:ident = $id:literal,)+ })+) => {
        /// The kinds of steps. The ids are stored and name the sentences of the house; they never change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum StepKind {
            $($($(#[doc = $doc])* #[serde(rename = $id)] $kind,)+)+
        }

        /// Parts of school mathematics that steps belong to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum StepArea {
            $($(#[doc = $area_doc])* $area,)+
        }

        impl StepKind {
            /// All kinds, by area.
            pub const ALL: &'static [Self] = &[$($(Self::$kind,)+)+];

            /// The id: lower case with hyphens, `collect-terms`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $($(Self::$kind => $id,)+)+ }
            }

            #[must_use]
            pub const fn area(self) -> StepArea {
                match self { $($(Self::$kind => StepArea::$area,)+)+ }
            }
        }
    };
}

step_kinds! {
    /// Numbers and the order in which they are worked out.
    Arithmetic {
        /// `3+4` → `7`
        AddNumbers = "add-numbers",
        /// `7−4` → `3`
        SubtractNumbers = "subtract-numbers",
        /// `3·4` → `12`
        MultiplyNumbers = "multiply-numbers",
        /// `12/4` → `3`
        DivideNumbers = "divide-numbers",
        /// `2·(3+4)` → `2·7`
        WorkOutBracket = "work-out-bracket",
        /// `5−(−3)` → `5+3`
        SubtractNegative = "subtract-negative",
        /// `5+(−3)` → `5−3`
        AddNegative = "add-negative",
        /// `(−2)·(−3)` → `2·3`
        MultiplyNegatives = "multiply-negatives",
        /// `25·12` → `25·10+25·2`
        SplitNumber = "split-number",
        /// `3+x` → `x+3`, `2·a·3` → `2·3·a`
        Reorder = "reorder",
        /// A bracket that changes nothing is put or left out: `2+(3+x)` → `2+3+x`.
        DropBrackets = "drop-brackets",
        /// `|−3|` → `3`
        WorkOutSize = "work-out-size",
        /// `0,6667` → `0,67`
        Round = "round",
        /// `6,4−5,54` → `6,40−5,54` and back
        WriteZeros = "write-zeros",
    }
    Fractions {
        /// `6/8` → `3/4`
        ShortenFraction = "shorten-fraction",
        /// `3/4` → `6/8`
        ExtendFraction = "extend-fraction",
        /// `1/2+1/3` → `3/6+2/6`
        CommonDenominator = "common-denominator",
        /// `3/6+2/6` → `5/6`
        AddFractions = "add-fractions",
        /// `3/6−2/6` → `1/6`
        SubtractFractions = "subtract-fractions",
        /// `2/3·4/5` → `8/15`
        MultiplyFractions = "multiply-fractions",
        /// `4·3/8` → `12/8`
        WholeTimesFraction = "whole-times-fraction",
        /// `(2/3)/(3/8)` → `2/3·8/3`
        InvertAndMultiply = "invert-and-multiply",
        /// `2 1/2` → `5/2`
        MixedToImproper = "mixed-to-improper",
        /// `5/2` → `2 1/2`
        ImproperToMixed = "improper-to-mixed",
        /// `3/4` → `0,75`
        FractionToDecimal = "fraction-to-decimal",
        /// `0,75` → `3/4`
        DecimalToFraction = "decimal-to-fraction",
        /// `(x+6)/3` → `x/3+6/3`
        SplitFraction = "split-fraction",
        /// `2x/(2y)` → `x/y`
        CancelFactor = "cancel-factor",
        /// `1/x+1/y` → `(x+y)/(xy)`
        SingleFraction = "single-fraction",
        /// `1/(x(x+1))` → `1/x−1/(x+1)`
        PartialFractions = "partial-fractions",
    }
    Percent {
        /// `25 %` → `25/100`
        PercentToFraction = "percent-to-fraction",
        /// `25 %` → `0,25`
        PercentToDecimal = "percent-to-decimal",
        /// `0,25` → `25 %`, `1/4` → `25 %`
        WriteAsPercent = "write-as-percent",
    }
    /// Powers and roots.
    Powers {
        /// `2³` → `8`
        WorkOutPower = "work-out-power",
        /// `2³` → `2·2·2`
        PowerAsProduct = "power-as-product",
        /// `2·2·2` → `2³`
        ProductAsPower = "product-as-power",
        /// `x²·x³` → `x⁵`
        MultiplyPowers = "multiply-powers",
        /// `x⁵/x²` → `x³`
        DividePowers = "divide-powers",
        /// `(x²)³` → `x⁶`
        PowerOfPower = "power-of-power",
        /// `(2x)³` → `2³x³`
        PowerOfProduct = "power-of-product",
        /// `(x/2)³` → `x³/2³`
        PowerOfQuotient = "power-of-quotient",
        /// `x⁻²` → `1/x²`
        NegativeExponent = "negative-exponent",
        /// `x⁰` → `1`
        ZeroExponent = "zero-exponent",
        /// `(−3)²` → `3²`
        EvenPowerOfNegative = "even-power-of-negative",
        /// `√9` → `3`
        WorkOutRoot = "work-out-root",
        /// `√(4x)` → `√4·√x`
        RootOfProduct = "root-of-product",
        /// `√2·√8` → `√16`
        MultiplyRoots = "multiply-roots",
        /// `√(x/4)` → `√x/√4`
        RootOfQuotient = "root-of-quotient",
        /// `√12` → `2√3`
        TakeOutOfRoot = "take-out-of-root",
        /// `1/√2` → `√2/2`
        RationaliseDenominator = "rationalise-denominator",
        /// `√x` → `x^(1/2)` and back
        RootAsPower = "root-as-power",
        /// `45 000` → `4,5·10⁴`
        StandardForm = "standard-form",
        /// `x` → `x¹` and back
        FirstPower = "first-power",
        /// `8` → `2³`
        WriteAsPower = "write-as-power",
    }
    Algebra {
        /// `3x+2x` → `5x`
        CollectTerms = "collect-terms",
        /// `2·3x` → `6x`, `x·x` → `x²`
        MultiplyFactors = "multiply-factors",
        /// `3(x+4)` → `3x+12`
        Distribute = "distribute",
        /// `5−(x−3)` → `5−x+3`
        MinusBracket = "minus-bracket",
        /// `(x+2)(x+3)` → `x²+3x+2x+6`
        MultiplyBrackets = "multiply-brackets",
        /// `(x+3)²` → `x²+6x+9`
        SquareOfSum = "square-of-sum",
        /// `(x−3)²` → `x²−6x+9`
        SquareOfDifference = "square-of-difference",
        /// `(x+3)(x−3)` → `x²−9`
        SumTimesDifference = "sum-times-difference",
        /// `6x+9` → `3(2x+3)`; with the factor: `3`
        FactorOut = "factor-out",
        /// `x²+6x+9` → `(x+3)²`
        FactorSquare = "factor-square",
        /// `x²−9` → `(x+3)(x−3)`
        FactorDifferenceOfSquares = "factor-difference-of-squares",
        /// `x²+5x+6` → `(x+2)(x+3)`
        FactorPolynomial = "factor-polynomial",
        /// `x²+6x` → `(x+3)²−9`
        CompleteSquare = "complete-square",
        /// `5x` → `3x+2x`
        SplitTerm = "split-term",
        /// The same is added and subtracted.
        AddZero = "add-zero",
        /// Rewritten in a way that is right and has no name of its own.
        Rewrite = "rewrite",
    }
    Equations {
        /// `x−3 = 5` → `x = 8`; with the term: `3`
        AddToBothSides = "add-to-both-sides",
        /// `x+3 = 5` → `x = 2`; with the term: `3`
        SubtractFromBothSides = "subtract-from-both-sides",
        /// `x/3 = 5` → `x = 15`; with the factor: `3`
        MultiplyBothSides = "multiply-both-sides",
        /// `3x = 6` → `x = 2`; with the divisor: `3`
        DivideBothSides = "divide-both-sides",
        /// `−x = 3` → `x = −3`
        ChangeSigns = "change-signs",
        /// `5 = x` → `x = 5`
        SwapSides = "swap-sides",
        /// `a/b = c/d` → `ad = bc`
        CrossMultiply = "cross-multiply",
        /// All terms on one side: `x² = 5x` → `x²−5x = 0`
        CollectOnOneSide = "collect-on-one-side",
        /// It holds for every number, `0 = 0`, or for none, `0 = 3`.
        AllOrNone = "all-or-none",
    }
    Inequalities {
        /// `−2x < 6` → `x > −3`; with the divisor: `−2`
        DivideAndTurn = "divide-and-turn",
        /// `−x/2 < 3` → `x > −6`; with the factor: `−2`
        MultiplyAndTurn = "multiply-and-turn",
        /// `3 > x` → `x < 3`
        ReadFromTheOtherSide = "read-from-the-other-side",
        /// `1 < x < 3` → `x > 1 och x < 3` and back
        SplitChain = "split-chain",
        /// `(x−1)(x−3) < 0` → `1 < x < 3`
        StudySigns = "study-signs",
    }
    /// Equations of the second degree and others with several solutions.
    Quadratics {
        /// `x(x−5) = 0` → `x = 0 eller x−5 = 0`
        ZeroProduct = "zero-product",
        /// `x² = 9` → `x = ±3`
        RootOfBothSides = "root-of-both-sides",
        /// `x²−5x+6 = 0` → `x = 5/2±√(25/4−6)`
        QuadraticFormula = "quadratic-formula",
        /// `x = ±3` → `x = 3 eller x = −3`
        SplitPlusMinus = "split-plus-minus",
        /// `x−2 = 0 eller x−3 = 0` → `x = 2 eller x = 3`
        SolveEachCase = "solve-each-case",
        /// `√x = 3` → `x = 9`
        SquareBothSides = "square-both-sides",
        /// `|x| = 3` → `x = 3 eller x = −3`
        SplitSize = "split-size",
        /// A solution that does not hold, or a case that cannot be, is left out.
        DropCase = "drop-case",
        /// The values that solve it were found in one go.
        SolveEquation = "solve-equation",
    }
    /// Several equations that hold together.
    Systems {
        /// Equations are added: `x+y = 5; x−y = 1` → `2x = 6`
        AddEquations = "add-equations",
        SubtractEquations = "subtract-equations",
        /// One equation is put into another: `y = 2x; x+y = 6` → `x+2x = 6`; with the name: `y`
        SubstituteEquation = "substitute-equation",
        /// A value that is known is put in: `x = 2; x+y = 6` → `2+y = 6`; with the name: `x`
        InsertValue = "insert-value",
        /// One of the equations is changed as an equation by itself is.
        WorkOnOneEquation = "work-on-one-equation",
    }
    /// Logarithms, exponentials and trigonometry.
    Functions {
        /// `10^x = 5` → `x = lg 5`
        LogarithmOfBothSides = "logarithm-of-both-sides",
        /// `lg x = 2` → `x = 10²`
        LogarithmAsPower = "logarithm-as-power",
        /// `2^x = 2⁵` → `x = 5`
        CompareExponents = "compare-exponents",
        /// `lg 2+lg x` → `lg(2x)` and back
        LogarithmOfProduct = "logarithm-of-product",
        /// `lg x−lg 2` → `lg(x/2)` and back
        LogarithmOfQuotient = "logarithm-of-quotient",
        /// `lg x³` → `3 lg x` and back
        LogarithmOfPower = "logarithm-of-power",
        /// `lg 100` → `2`, `sin 30°` → `1/2`
        KnownValue = "known-value",
        /// `sin² x+cos² x` → `1`
        TrigonometricIdentity = "trigonometric-identity",
        /// `sin x = 0,5` → `x = 30°+n·360° eller …`
        InverseFunction = "inverse-function",
    }
    Units {
        /// `5 m` → `500 cm`
        ConvertUnit = "convert-unit",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::StepKind;

    #[test]
    fn ids_are_kebab_case_and_different() {
        let ids: BTreeSet<&str> = StepKind::ALL.iter().map(|kind| kind.id()).collect();
        assert_eq!(ids.len(), StepKind::ALL.len());
        assert!(ids.len() >= 60, "{}", ids.len());
        for kind in StepKind::ALL {
            assert!(kind.id().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{kind:?}");
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.id().into()));
        }
    }
}
