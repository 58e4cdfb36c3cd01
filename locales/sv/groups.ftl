groups = Grupper
groups-none = Du har ingen grupp än
groups-none-do = Skolans administratör lägger till dig i dina grupper. Sedan står de här.
look-again = Titta igen
group-students = { $n ->
    [0] Inga elever än
    [one] En elev
   *[other] { $n } elever
}
you-are-here = Du är här
names-hide = Dölj namn
names-show = Visa namn
student-numbered = Elev { $n }
assign-work = Dela ut uppgifter
group-empty = Gruppen har inga elever än
group-empty-do = Skolans administratör lägger till elever. Sedan ser du dem här.
group-here = { $here } av { $all } är här.
group-waiting = { $n ->
    [0] Ingen behöver dig just nu.
    [1] En behöver dig.
    [2] Två behöver dig.
    [3] Tre behöver dig.
    [4] Fyra behöver dig.
    [5] Fem behöver dig.
    [6] Sex behöver dig.
   *[other] { $n } behöver dig.
}
group-needs = Behöver dig nu
group-nobody-waits = Ingen har fastnat eller blivit tyst.
group-needs-you = { $name } behöver dig.
waiting-stuck = { $n ->
    [3] Tre sidosteg
    [4] Fyra sidosteg
    [5] Fem sidosteg
    [6] Sex sidosteg
   *[other] { $n } sidosteg
} efter { $maths }.
waiting-silent = { $n ->
    [one] Har inte skrivit på en minut.
   *[other] Har inte skrivit på { $n } minuter.
} Står vid { $maths }.
waiting-silent-empty = { $n ->
    [one] Har inte skrivit på en minut.
   *[other] Har inte skrivit på { $n } minuter.
} Öppnade uppgiften men har ingen rad än.
open-the-lines = Öppna raderna
waiting-appeal = Menar att rad { $n } är rätt.
open-the-line = Titta på raden
open-the-task = Öppna uppgiften
group-everyone = Alla just nu
group-as-of = Så här var det { $time }.
update = Uppdatera
tile-working = Räknar
tile-stuck = Fastnat
tile-silent = Tyst
tile-done = Klar
tile-away = Inte här
tile-task = Uppg. { $n }
tile-practice = Träning
tile-line = { $task }, rad { $n }
tile-since = { $task }, i { $n } min
tile-lines = { $task }, { $n ->
    [one] 1 rad
   *[other] { $n } rader
}
group-known = Vad gruppen kan
group-known-table = Vad gruppen kan. Tabellen går att rulla i sidled
group-known-note = Talet säger hur många av tio sådana uppgifter eleven väntas klara. Bandet visar hur säkra vi är. Streckad ruta: för lite att gå på än.
group-known-more = Områden som ingen har börjat med finns där du delar ut uppgifter
group-known-none = Ingen i gruppen har räknat än. När de börjar växer tabellen fram här.
student = Elev
whole-group = Hela gruppen
cell-of-ten = { " " }av 10, mellan { $low } och { $high }
cell-unknown = vet inte än
group-given = Utdelat till gruppen
group-given-none = Inget är utdelat än.
part-start = Utgångsläget för alla
part-general = Allt som eleven har räknat hittills
part-skill = Just det här området
part-recent = Hur de senaste uppgifterna gick
part-forgetting = Tid sedan området räknades
part-experience = Hur mycket som är räknat
part-item = Uppgiften själv
part-same-item = Samma uppgift tidigare
part-sitting = Passet just nu
part-several = Flera områden på en gång
parts-why = Vad talar för och emot?
parts-unit = Plus talar för att eleven klarar en vanlig uppgift på första försöket, minus talar emot (log-odds).
steering = Vad som väljs härnäst
steering-link = Styr valet
steering-lead = Säg vad { $name } ska få härnäst, eller inte alls. Resten väljer Stegvis.
steering-said = Det här gäller nu
steering-nothing = Inget är sagt. Stegvis väljer själv.
steering-pinned = Väljs härnäst
steering-excluded = Väljs inte
steering-end = Ta bort
steering-of-group = Gäller hela { $group }.
steering-skill = Område
steering-pin = Välj det härnäst
steering-exclude = Välj det inte
steering-note = Det som väljs härnäst är också ett mål: saknas något som det bygger på kommer det först. Läxor som du delar ut påverkas inte.
