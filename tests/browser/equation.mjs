// Linear equations with exact fractions, so that a story can answer whatever task it is given.

const MINUS = "\u2212";

const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

/** A fraction in lowest terms; the denominator is positive. */
function fraction(top, bottom = 1n) {
  if (bottom === 0n) throw new RangeError("division by zero");
  const common = gcd(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { top: top / common, bottom: bottom / common };
}

const plus = (a, b) => fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
const times = (a, b) => fraction(a.top * b.top, a.bottom * b.bottom);
const over = (a, b) => fraction(a.top * b.bottom, a.bottom * b.top);
const negative = (a) => fraction(-a.top, a.bottom);
const isZero = (a) => a.top === 0n;

/** `slope`·variable + `constant`. */
const line = (slope, constant) => ({ slope, constant });
const NOTHING = fraction(0n);
const ONE = fraction(1n);

function multiply(a, b) {
  if (!isZero(a.slope) && !isZero(b.slope)) throw new SyntaxError("not linear");
  return line(plus(times(a.slope, b.constant), times(b.slope, a.constant)), times(a.constant, b.constant));
}

function divide(a, b) {
  if (!isZero(b.slope)) throw new SyntaxError("not linear");
  return line(over(a.slope, b.constant), over(a.constant, b.constant));
}

const add = (a, b) => line(plus(a.slope, b.slope), plus(a.constant, b.constant));
const negate = (a) => line(negative(a.slope), negative(a.constant));

const TOKEN = /\s*(?:(\d+(?:,\d+)?)|([a-z])|([+\-−·*/:()]))/gy;

function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new SyntaxError(`cannot read «${text}» at ${at}`);
    found.push(match[1] ?? match[2] ?? match[3]);
  }
  return found;
}

function decimal(digits) {
  const [whole, part = ""] = digits.split(",");
  return fraction(BigInt(whole + part), 10n ** BigInt(part.length));
}

/** Reads one side of an equation: sums, products with or without a sign, quotients and brackets. */
function readSide(text) {
  const left = tokens(text);
  const take = (...signs) => (signs.includes(left[0]) ? left.shift() : undefined);
  const sum = () => {
    let total = product();
    for (let sign = take("+", "-", MINUS); sign !== undefined; sign = take("+", "-", MINUS)) {
      total = add(total, sign === "+" ? product() : negate(product()));
    }
    return total;
  };
  const product = () => {
    let result = factor();
    for (;;) {
      if (take("·", "*") !== undefined) result = multiply(result, factor());
      else if (take("/", ":") !== undefined) result = divide(result, factor());
      else if (left.length > 0 && /[\d(a-z]/.test(left[0])) result = multiply(result, factor());
      else return result;
    }
  };
  const factor = () => {
    if (take("-", MINUS) !== undefined) return negate(factor());
    if (take("(") !== undefined) {
      const inside = sum();
      if (take(")") === undefined) throw new SyntaxError(`a bracket is open in «${text}»`);
      return inside;
    }
    const token = left.shift() ?? "";
    if (/^\d/.test(token)) return line(NOTHING, decimal(token));
    if (/^[a-z]$/.test(token)) return line(ONE, NOTHING);
    throw new SyntaxError(`«${token}» is no number and no letter in «${text}»`);
  };
  const whole = sum();
  if (left.length > 0) throw new SyntaxError(`«${left[0]}» is left over in «${text}»`);
  return whole;
}

/** The fraction as it is typed, its top and bottom `by` times too large: «7», «−3/2», «14/2». */
function typed({ top, bottom }, by = 1n) {
  const sign = top < 0n ? MINUS : "";
  const size = top < 0n ? -top : top;
  return bottom * by === 1n ? `${sign}${size}` : `${sign}${size * by}/${bottom * by}`;
}

/**
 * Solves a linear equation in one letter, written with decimal comma. Gives three lines to type:
 * the `answer`, the same `unfinished` (a fraction that can be shortened), and a `wrong` one.
 */
export function solve(text) {
  const sides = text.split("=");
  const letters = new Set(text.match(/[a-z]/g));
  if (sides.length !== 2 || letters.size !== 1) throw new SyntaxError(`«${text}» is no equation in one letter`);
  const { slope, constant } = add(readSide(sides[0]), negate(readSide(sides[1])));
  const value = negative(over(constant, slope));
  const [letter] = letters;
  return {
    answer: `${letter} = ${typed(value)}`,
    unfinished: `${letter} = ${typed(value, 2n)}`,
    wrong: `${letter} = ${typed(plus(value, ONE))}`,
  };
}
