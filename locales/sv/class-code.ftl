class-code = Klasskod
class-code-type = Koden som din lärare visar
class-code-go = Gå vidare
class-code-other = Logga in med användarnamn
class-names = Vem är du?
class-names-lead = Välj ditt eget namn. Din lärare ser vem som går in.
class-name-in = är inne
class-names-none = Står inte ditt namn här? Skriv koden igen, eller fråga din lärare.
sign-in-class = Logga in med klasskod
door-lead = Med koden och sitt namn kommer eleverna in utan lösenord. Visa den bara för gruppen.
door-minutes = Hur många minuter ska den vara öppen?
door-open = Öppna en ny kod
door-open-until = Öppen till { $time }
door-close = Stäng nu
door-closed = Ingen kod är öppen.
door-inside = { $n ->
    [0] Ingen har kommit in än
    [one] En elev är inne
   *[other] { $n } elever är inne
}
door-since = Kom in { $time }
door-out = Släpp ut
door-closes-itself = Koden stänger sig själv när tiden är slut, eller när för många gissar. De som är inne kan räkna vidare i upp till tre timmar.
