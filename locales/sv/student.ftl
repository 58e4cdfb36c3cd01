today-hello = Hej { $name }!
today-next = Nästa
today-half-finished = Du är mitt i den här. Dina rader är kvar.
today-go-on = Fortsätt räkna
today-start = Börja räkna
today-from-teachers = Från dina lärare
today-no-homework = Inga läxor just nu. Vill du räkna ändå?
today-given-by = Från { $name }.
today-due = Till { $day }.
today-progress = { $done } av { $count } gjorda.
today-all-done = Alla är gjorda
today-open = Öppna
today-open-titled = Öppna { $title }
today-done = Det här har du gjort
today-all-done-link = Allt jag gjort
today-no-minutes = Inget än den här veckan.
today-minutes = { $minutes ->
    [one] { $minutes } minut
   *[other] { $minutes } minuter
  } på { $days ->
    [one] en dag
   *[other] { $days } dagar
  } den här veckan.
today-minutes-a-day = Minuter per dag den här veckan
today-not-yet = inte än
kind-homework = Läxa
kind-bookmark = Bokmärke
kind-test = Prov
kind-discussion = Diskussion
past-lines = { $n ->
    [0] Inga rader än
    [one] { $n } rad
   *[other] { $n } rader
  }
past-side-steps = { $n ->
    [one] ett sidosteg
   *[other] { $n } sidosteg
  }
past-hints = { $n ->
    [one] en ledtråd
   *[other] { $n } ledtrådar
  }
past-done = Klar
past-open = Inte klar än
past-left = Bytt mot en annan
past-nothing = Här kommer det du räknar.
done-title = Det här har du gjort
done-lead = Varje uppgift leder till dina rader.
map-lead = Så här ser det ut just nu. Det ändras när du räknar.
map-about = Ungefär { $n } av 10
map-between = (mellan { $low } och { $high })
map-not-sure = Vi vet inte säkert än. Räkna några till, så vet vi mer.
map-needs = Bygger på: { $skills }
map-rest = { $n ->
    [one] Ett område till
   *[other] { $n } områden till
}
map-note = Bandet visar hur säkra vi är: ju kortare band, desto säkrare.
map-state-can = Kan
map-state-learning = På väg
map-state-now = Du är här
map-state-review = Dags att repetera
map-state-soon = Inte börjat
strand-number = Tal
strand-algebra = Algebra
strand-relations-change = Samband och förändring
strand-geometry = Geometri
strand-probability-statistics = Sannolikhet och statistik
strand-problem-solving = Problemlösning
strand-logic = Logik och bevis
day-today = idag
day-yesterday = igår
day-tomorrow = imorgon
day-long = { $weekday } { $day } { $month }
day-printed = { $day } { $month } { $year }
day-long-of-year = { $weekday } { $day } { $month } { $year }
day-and-time = { $day } { $time }
day-short-0 = må
day-short-1 = ti
day-short-2 = on
day-short-3 = to
day-short-4 = fr
day-short-5 = lö
day-short-6 = sö
weekday-0 = måndag
weekday-1 = tisdag
weekday-2 = onsdag
weekday-3 = torsdag
weekday-4 = fredag
weekday-5 = lördag
weekday-6 = söndag
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
plan-title = Dagens plan
plan-warm_up = Uppvärmning
plan-practice = Öva
plan-stretch = Utmaning
plan-note = Planen ändras efter hur det går. Du får alltid ta en annan uppgift.
