//! A figure of every form, for the tests. The numbers are a = 7 and b = 3.

pub(super) const SAMPLES: &[&str] = &[
    r#"kind = "table"
head = ["x", { sv = "Pris (kr)", en = "Price (SEK)" }]
rows = [["{a}", "1/2"], ["{b:d}", 12.5]]"#,
    r#"kind = "table"
side = true
rows = [["Antal & mer", "2x"], ["<y>", ""]]"#,
    r#"kind = "number-line"
from = 0
to = 10
points = [{ at = "a", label = "A" }, { at = "b", label = { sv = "här", en = "here" } }, { at = 4, label = "C", open = true }]"#,
    r#"kind = "number-line"
from = -20
to = 20
step = 2
jumps = [{ from = "-a", to = "b", label = "+10" }, { from = "b", to = -1, label = "−4" }]"#,
    r#"kind = "number-line"
from = 0
to = 2
step = "1/8"
every = 2
numbers = "ends"
intervals = [{ from = "1/b", open_from = true }]
points = [{ at = "5/4", label = "5/4" }]"#,
    r#"kind = "grid"
x = { from = -5, to = 8 }
y = { from = -4, to = 9 }
points = [{ x = "a", y = "b", label = "P" }, { x = -2, y = 3, label = "Q (−2, 3)" }]
lines = [{ k = 2, m = -1, label = "y = 2x − 1" }, { x = 4, label = "l", dashed = true }]
curves = [{ y = "x^2 - b", label = "f" }]"#,
    r#"kind = "grid"
numbers = true
x = { from = 0, to = 60, step = 10, label = { sv = "tid (min)", en = "time (min)" } }
y = { from = 0, to = 12, step = 2, label = { sv = "sträcka (km)", en = "distance (km)" } }
paths = [{ through = [[0, 0], [20, 4], [60, 12]], label = "Lo" }, { through = [[10, 2], [30, 2], [30, 6]], closed = true, shaded = true }]"#,
    r#"kind = "shape"
form = "rectangle"
width = "a"
height = "b"
labels = ["{a} cm", "{b} cm"]
inside = "A""#,
    r#"kind = "shape"
form = "square"
side = "a"
labels = ["x"]
corners = ["A", "B", "C", "D"]
right = [1, 2, 3, 4]"#,
    r#"kind = "shape"
form = "triangle"
base = "a"
height = "b"
height_label = "{b} cm"
labels = ["{a} cm"]
corners = ["A", "B", "C"]"#,
    r#"kind = "shape"
form = "triangle"
sides = ["a", "a", "b"]
marks = [1, 1]
angles = ["v", "", "u"]"#,
    r#"kind = "shape"
form = "parallelogram"
base = "a"
height = "b"
height_label = "{b} cm"
labels = ["{a} cm", "4 cm"]"#,
    r#"kind = "shape"
form = "trapezium"
bottom = "a"
top = "b"
height = 4
height_label = "h"
labels = ["{a} cm", "", "{b} cm"]"#,
    r#"kind = "shape"
form = "regular"
sides = "a"
labels = ["4 cm"]"#,
    r#"kind = "shape"
form = "l-shape"
width = "a"
height = 6
cut_width = "b"
cut_height = 2
labels = ["7 m", "4 m", "3 m", "2 m", "4 m", "6 m"]"#,
    r#"kind = "shape"
form = "polygon"
points = [[0, 0], [6, 1], ["a", 5], [2, 4]]
angles = ["80°", "100°", "x", "y"]"#,
    r#"kind = "shape"
form = "circle"
radius = "{a} cm"
centre = "M"
sector = 60
sector_label = "60°""#,
    r#"kind = "shape"
form = "angle"
degrees = ["10*a", "180 - 10*a"]
labels = ["70°", "x"]
corners = ["A", "B", "C"]"#,
    r#"kind = "chart"
form = "bar"
categories = ["Mån", "Tis", "Ons", "Tors", "Fre"]
values = ["a", "b", 2, 8, 5]
label = { sv = "Antal böcker", en = "Number of books" }
show = true"#,
    r#"kind = "chart"
form = "bar"
categories = ["Innebandy", "Ridning", "Simning", "Annat"]
series = [{ name = "Pojkar", values = [4, 6, 3, 1] }, { name = "Flickor", values = [5, 2, 8, 1] }]"#,
    r#"kind = "chart"
form = "line"
categories = ["2021", "2022", "2023", "2024"]
values = ["10*a", 75, 90, 85]
from = 60
step = 10
show = true"#,
    r#"kind = "chart"
form = "pie"
categories = ["Buss", "Cykel", "Gång", "Bil"]
values = ["a", "b", 2, 1]
percent = true"#,
    r#"kind = "chart"
form = "pictogram"
categories = ["Hund", "Katt"]
values = ["2*a", 10]
worth = 4
key = { sv = "4 djur", en = "4 animals" }"#,
    r#"kind = "chart"
form = "dots"
categories = [0, 1, 2, 3]
values = ["b", 5, "a", 1]
label = { sv = "antal syskon", en = "siblings" }"#,
    r#"kind = "number-line"
from = -1
to = 2
step = "1/4"
fractions = true
points = [{ at = "a/4", label = "P" }]"#,
    r#"kind = "clock"
hour = "a"
minute = 45
label = "start"
other = { hour = 14, minute = "10*b", digital = true, label = { sv = "mål", en = "finish" } }"#,
    r#"kind = "fraction"
form = "bar"
parts = "a"
shaded = "b"
label = "{b}/{a}"
others = [{ parts = 3, shaded = 2, label = "B" }]"#,
    r#"kind = "fraction"
form = "circle"
parts = "b"
shaded = "a"
label = "{a}/{b}""#,
    r#"kind = "fraction"
form = "squares"
rows = "b"
columns = "a"
shaded = 8"#,
    r#"kind = "fraction"
form = "hundred"
shaded = "10*b + a"
label = "{10b + a} %""#,
    r#"kind = "fraction"
form = "array"
rows = "b"
columns = "a"
rows_label = "{b}"
columns_label = "{a}""#,
    r#"kind = "solid"
form = "cuboid"
width = "a"
height = "b"
depth = 5
labels = ["{a} cm", "5 cm", "{b} cm"]"#,
    r#"kind = "solid"
form = "cube"
side = "b"
cubes = true"#,
    r#"kind = "solid"
form = "prism"
base = 6
height = "b"
length = "a"
labels = ["6 cm", "{b} cm", "{a} cm"]"#,
    r#"kind = "solid"
form = "pyramid"
width = "b"
height = "a"
labels = ["{b} m", "", "{a} m"]"#,
    r#"kind = "solid"
form = "cylinder"
radius = "b"
height = "a"
labels = ["{b} cm", "{a} cm"]"#,
    r#"kind = "solid"
form = "cone"
radius = "b"
height = 4
labels = ["{b} cm", "h", "5 cm"]"#,
    r#"kind = "solid"
form = "sphere"
diameter = true
labels = ["{a} cm"]"#,
    r#"kind = "tally"
form = "marks"
count = "2*a + b""#,
    r#"kind = "tally"
form = "set"
count = "a + b"
filled = "b"
label = "A""#,
    r#"kind = "tally"
form = "balls"
kinds = [{ letter = { sv = "R", en = "R" }, count = "a" }, { letter = { sv = "B", en = "B" }, count = "b" }]"#,
    r#"kind = "tally"
form = "dice"
faces = ["b", "a - b"]"#,
    r#"kind = "tally"
form = "spinner"
sectors = ["1", "2", "3", "4", "5"]"#,
    r#"kind = "pattern"
form = "squares"
elements = "b*n + 1""#,
    r#"kind = "pattern"
form = "dots"
elements = "n^2"
high = "n"
figures = 4"#,
    r#"kind = "pattern"
form = "match-squares"
elements = "n""#,
    r#"kind = "pattern"
form = "match-triangles"
elements = "2k - 1"
variable = "k""#,
];
