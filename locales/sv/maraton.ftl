maraton-goal = { $items } uppgifter och { $km } kilometer, i din egen takt.
maraton-dates = Från { $first } till och med { $last }.
maraton-days-left = { $n ->
    [0] Sista dagen är idag.
    [one] En dag kvar.
   *[other] { $n } dagar kvar.
  }
maraton-closed = Det är slut för den här gången. Bra kämpat! Sträckor som väntar kan fortfarande godkännas.
maraton-nameless = En elev
maraton-waiting = Väntar på dig
maraton-nothing-waits = Inga sträckor väntar just nu.
maraton-group = { $name }: { $n ->
    [one] en sträcka
   *[other] { $n } sträckor
  }
maraton-approve-ticked = Godkänn de markerade
maraton-approve = Godkänn
maraton-return = Ge tillbaka
maraton-approve-named = Godkänn: { $name }, { $told }
maraton-return-named = Ge tillbaka: { $name }, { $told }
maraton-doubt-far = Är det minuter i stället? Den är inte markerad.
maraton-doubt-fast = Över 40 km i timmen. Kan det stämma? Den är inte markerad.
maraton-told = { $km }{"\u00A0"}km
maraton-told-minutes = { $km }{"\u00A0"}km på { $n ->
    [one] en minut
   *[other] { $n } minuter
  }
maraton-own = Din väg
maraton-of-items = av { $goal } uppgifter
maraton-of-km = av { $goal }{"\u00A0"}km
maraton-waits = { $km }{"\u00A0"}km till väntar på din lärare
maraton-practise = Räkna vidare
maraton-report = Lägg in en sträcka
maraton-kilometres = Hur långt? (km)
maraton-kilometres-help = Till exempel 3,2
maraton-minutes = Hur länge? (minuter)
maraton-minutes-help = Om du vet, annars tomt
maraton-day = Vilken dag?
maraton-send = Lägg in
maraton-where-never = Var du har varit sparas aldrig, bara hur långt och hur länge.
maraton-distances = Dina sträckor
maraton-no-distances = Här kommer det du lägger in. Gå, cykla, simma eller rulla, allt av egen kraft räknas.
maraton-state-waiting = Väntar på läraren
maraton-state-approved = Godkänd
maraton-state-returned = Tillbaka, titta på den igen
maraton-schools = Hur går det för skolorna?
maraton-schools-order = Skolorna står i ordning efter kilometer per elev. Bara godkända sträckor är med.
maraton-school = Skola
maraton-students = Elever
maraton-all-km = Kilometer
maraton-km-each = Km per elev
maraton-your-school = din skola
maraton-other-schools = Andra skolor
maraton-folded = visas inte, grupper under fem hålls ihop
scrolls-sideways = Tabell, går att rulla i sidled
day-short = { $day } { $month }
month-short-1 = jan
month-short-2 = feb
month-short-3 = mars
month-short-4 = april
month-short-5 = maj
month-short-6 = juni
month-short-7 = juli
month-short-8 = aug
month-short-9 = sep
month-short-10 = okt
month-short-11 = nov
month-short-12 = dec
