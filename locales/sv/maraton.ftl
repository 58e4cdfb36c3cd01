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
maraton-approve-all = Godkänn alla
maraton-approve-all-but = Godkänn alla utom { $n ->
    [one] en
   *[other] { $n }
  }
maraton-approve = Godkänn
maraton-return = Ge tillbaka
maraton-approve-named = Godkänn: { $name }, { $told }
maraton-return-named = Ge tillbaka: { $name }, { $told }
maraton-doubt-far = Mer än 30 km utan tid. Är det minuter i stället? Den är inte markerad.
maraton-doubt-fast = Över 40 km i timmen. Kan det stämma? Den är inte markerad.
maraton-doubt-double = Lika lång som en annan samma dag. Är det samma? Den är inte markerad.
maraton-doubt-much = 60 km eller 12 timmar och mer på en dag. Kan det stämma? Den är inte markerad.
maraton-told = { $km }{"\u00A0"}km
maraton-told-minutes = { $km }{"\u00A0"}km på { $n ->
    [one] en minut
   *[other] { $n } minuter
  }
maraton-told-counted = { $n ->
    [one] En minut
   *[other] { $n } minuter
  }, räknas som { $km }{"\u00A0"}km
maraton-told-track = { $km }{"\u00A0"}km, ur en fil
maraton-told-track-minutes = { $km }{"\u00A0"}km på { $n ->
    [one] en minut
   *[other] { $n } minuter
  }, ur en fil
maraton-own = Din väg
maraton-finished = Du är i mål! Både uppgifterna och kilometrarna är klara.
maraton-course = Din kurs
maraton-course-pick = Välj din kurs
maraton-course-help = Uppgifterna i kursen räknas. Du kan byta när du vill: allt du har räknat finns kvar, och vi räknar om det för kursen du väljer.
maraton-course-told = Årskurs { $from }–{ $to }, du har räknat { $n ->
    [one] 1 uppgift
   *[other] { $n } uppgifter
}
maraton-course-own = din kurs
maraton-course-suggested = passar din årskurs
maraton-course-take = Välj kursen
maraton-course-change = Byt kurs
maraton-course-named = Kurs: { $name }
maraton-no-course = Välj en kurs, så börjar uppgifterna räknas.
maraton-of-items = av { $goal } uppgifter
maraton-of-km = av { $goal }{"\u00A0"}km
maraton-waits = { $km }{"\u00A0"}km till väntar på din lärare
maraton-practise = Räkna vidare
maraton-report = Lägg in en sträcka
maraton-kilometres = Hur långt? (km)
maraton-kilometres-help = Till exempel 3,2. Går det inte att mäta? Lämna tomt.
maraton-minutes = Hur länge? (minuter)
maraton-minutes-help = Simning, studsmatta eller hopprep? Skriv bara minuter, då räknas 3 km i timmen.
maraton-day = Vilken dag?
maraton-send = Lägg in
maraton-where-never = Var du har varit sparas aldrig, bara hur långt och hur länge.
maraton-track = Läs in från en klocka
maraton-track-day-help = Lämna tomt, så tar vi dagen ur filen.
maraton-file = Fil från klockan
maraton-file-help = GPX, TCX eller FIT, högst 10 MB
maraton-read = Läs in
maraton-file-gone = Vi läser hur långt, hur länge och vilken dag. Sedan slängs filen, och var du har varit sparas aldrig.
maraton-take-back = Ta tillbaka
maraton-take-back-named = Ta tillbaka: { $told }, { $day }
maraton-distances = Dina sträckor
maraton-no-distances = Här kommer det du lägger in. Gå, cykla, simma eller rulla, allt av egen kraft räknas.
maraton-state-waiting = Väntar på läraren
maraton-state-approved = Godkänd
maraton-state-returned = Tillbaka, titta på den igen
maraton-route = Vägen genom Norden
maraton-route-from = Från { $from } till { $to }: så långt är målet, för en själv och för alla tillsammans.
maraton-route-km = { $done } av { $goal }{"\u00A0"}km.
maraton-route-solid = Den heldragna vägen är så långt { $name } har kommit.
maraton-route-solid-mine = Den heldragna vägen är så långt du har kommit.
maraton-route-start = { $name } står vid starten i { $past }, och nästa ort är { $next }.
maraton-route-start-mine = Du står vid starten i { $past }, och nästa ort är { $next }.
maraton-route-out = { $name } har gett sig av från { $past } på väg mot { $next }.
maraton-route-out-mine = Du har gett dig av från { $past } på väg mot { $next }.
maraton-route-past = { $name } har kommit förbi { $past } på väg mot { $next }.
maraton-route-past-mine = Du har kommit förbi { $past } på väg mot { $next }.
maraton-route-there = { $name } är framme vid { $past }!
maraton-route-there-mine = Du är framme vid { $past }!
maraton-schools = Hur går det för skolorna?
maraton-together = Skolorna i tabellen har tillsammans { $finishers } elever i mål, { $items } uppgifter och { $km } km.
maraton-schools-order = Skolorna står i ordning efter hur stor del av eleverna som är i mål. För att små och stora skolor ska ha samma chans räknar vi som om varje skola hade { $n } elever till, som går i mål lika ofta som alla andra. Bara godkända sträckor är med.
maraton-finishers = I mål
maraton-items-each = Uppgifter per elev
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
maraton-announcement = Från arrangören
maraton-rules = Så här går det till
maraton-entrants = Är med
maraton-items = Uppgifter
maraton-metres = Meter
maraton-controller = Kommun eller huvudman
maraton-controllers = Kommuner och andra som är med
maraton-controllers-note = Tillsammans för de skolor som står i tabellen. De står efter namn.
maraton-share = Andel
organise = Ordna ett maraton
organise-lead = Du bestämmer dagar, mål och kurser. Du ser hur det går för skolorna tillsammans, och ingen elev.
organise-new = Nytt maraton
organise-planned = har inte börjat
organise-open = pågår nu
organise-closed = är slut
organise-schools = Skolor i tabellen
organise-entrants = Elever som är med
organise-finishers = I mål
organise-items = Gjorda uppgifter
organise-kilometres = Godkända kilometer
organise-waiting = Sträckor som väntar på lärare
organise-figures-note = Skolor där färre än fem elever är med räknas inte in, så att ingen går att känna igen på en siffra. Sträckor som väntar räknas för alla skolor tillsammans.
organise-pace = Takten, timme för timme
organise-pace-told = Flest under ett dygn: { $most } uppgifter mellan { $hour }.
organise-pace-hours = Visa varje timme
organise-pace-note = Räknas vid varje hel timme, över skolor som syns i tabellen både när timmen börjar och när den är slut.
organise-pace-none = Takten syns när den första hela timmen har gått.
organise-hour = Timme
organise-page-note = Varje maraton kan ha en sida för alla, utan inloggning: dagar, mål, regler och hur skolorna står, utan små skolor. Den som håller i maratonet öppnar sidan, och andra som är med väljer själva om deras skolor ska stå där.
organise-page = Sidan för alla:
organise-page-way = Så ser den ut
organise-page-show = Visa våra skolor för alla
organise-page-hide = Sluta visa våra skolor för alla
public-planned = Det har inte börjat än. Hur skolorna står syns här när det har börjat.
public-closed = Det är slut för den här gången. Bra kämpat!
public-note = Här står bara hur skolor har det tillsammans, aldrig någon elev. Skolor där färre än fem är med visas inte. Sidan lämnar ingenting på det du läser på.
organise-standing = Så går det för skolorna
organise-csv = Hämta som CSV
organise-json = Hämta som JSON
organise-announce = Berätta något för alla
organise-events = Alla maraton
organise-none = Det finns inget maraton än. Gör det första.
organise-guests = Också med:
organise-is-guest = Det är någon annans maraton, som ni är med i.
organise-leave = Var inte med
organise-offers = Andras maraton
organise-offers-help = Här kan ni vara med. Era elever ser då maratonet som sitt eget, och alla som är med ser hur skolorna står, utom de små.
organise-offer-goals = { $items } uppgifter och { $distance }
organise-host = Hålls av:
organise-join = Var med
organise-others = Andra
organise-open-to = Vilka får vara med?
organise-open-to-help = Andra på samma server bestämmer själva om de vill vara med: alla ser maratonet bland andras, eller den som ni ger inbjudan skriver in den. Var och en godkänner sina egna elevers sträckor.
organise-open-own = Bara vi
organise-open-invited = De som har inbjudan
organise-invitation = Inbjudan:
organise-invited = Har ni fått en inbjudan? Skriv den här.
organise-open-all = Alla
organise-change = Ändra
organise-begun = Det har börjat, så dagar, mål och kurser är som de är. Namnet och det som sägs om det går att ändra.
organise-what = När, och vad man ska nå
organise-name = Namn
organise-first = Första dagen
organise-last = Sista dagen
organise-goal-items = Uppgifter
organise-goal-kilometres = Kilometer
organise-courses = Kurser
organise-courses-help = En elev väljer en kurs. Kursens uppgifter är de som hör till årskurserna som du skriver. Lämna tomt det du inte behöver.
organise-course = Kurs { $n }
organise-course-name = Kurs { $n }
organise-from = Från årskurs
organise-to = Till årskurs
organise-words = Det som sägs om det
organise-rules = Regler
organise-rules-help = Visas för alla som är med. En tom rad börjar ett nytt stycke.
organise-announcement = Nyhet
organise-announcement-help = Står överst på maratonets sida tills du tar bort den. Skriv ingens namn.
organise-save = Spara
organise-make = Gör maratonet
organise-take-back = Ta tillbaka maratonet
organise-take-back-help = Det har inte börjat. Tar du tillbaka det är det borta, och ingen ser det.
diploma = Diplom
diploma-to = Skriv ut ditt diplom
diploma-help = Det ryms på ett A4-papper. Inget annat på sidan skrivs ut.
diploma-print = Skriv ut
diploma-back = Tillbaka till maratonet
diploma-has = har gått i mål i { $event }
diploma-goals = { $items } uppgifter och { $km } kilometer
diploma-spirit = steg för steg, på sin egen nivå och med egen kraft
draw = Dragningen
draw-before = När maratonet är slut dras vinnare bland alla som är i mål. Vad det dras med är redan bestämt och går inte att byta: den som vill räkna efter har en kontrollsumma av det här nedanför.
draw-commitment = Kontrollsumma (SHA-256)
draw-done = Dragningen är gjord { $day }, bland { $n ->
    [one] 1 lott
   *[other] { $n } lotter
  }. En lott säger inte vems den är.
draw-winners = Lotter som vann
draw-seed = Det som drogs med
draw-verify = Alla kan räkna efter: filen har alla lotter, och «stegvis maraton verify-draw» eller några rader i en terminal visar om det stämmer.
draw-blanks = Några lotter är ingens. De finns för att ingen ska kunna räkna ut hur många som är i mål i små skolor. Vinner en sådan går priset till nästa lott.
draw-check = Räkna efter själv
draw-json = Hämta dragningen som JSON
draw-lot = Din lott
draw-lot-waits = Du är med i dragningen när maratonet är slut. Lotten är bara din, och ingen annan ser att det är du.
draw-lot-won = Din lott vann i dragningen, på plats { $place }! Berätta för din lärare.
draw-lot-lost = Din lott var med i dragningen. Den här gången vann andra lotter.
draw-lot-late = Dragningen var redan gjord när du gick i mål, så lotten är inte med.
draw-won = Vann i dina grupper
draw-won-one = { $name }, plats { $place }
draw-now = Dra
draw-number = Hur många vinnare?
draw-number-help = Ett heltal från 1 till 100. Dra några fler än det finns priser, för några lotter är ingens. Det dras en gång, och går inte att göra om.
draw-although = Dra fast { $n ->
    [one] 1 sträcka
   *[other] { $n } sträckor
  } väntar på lärare. Den som går i mål efteråt är inte med.
draw-later = Du kan dra när maratonet är slut.
draw-none = Det här maratonet gjordes innan det fanns dragningar.
class-goal = Kvalar klassen in?
class-rule = En klass med minst tio elever kvalar in när minst nio av tio är i mål.
class-qualified = { $name } har kvalat in!
class-count = { $name }: { $n } av { $of } är i mål.
class-percent = { $name }: mer än { $percent } av 100 är i mål.
class-not-yet = { $name } är på väg.
class-diploma = Klassens diplom
class-diploma-to = Skriv ut klassens diplom
class-diploma-not-yet = Klassen har inte kvalat in än
class-diploma-at = { $name }, { $school }
class-diploma-has = har kvalat in tillsammans i { $event }
class-diploma-how = minst nio av tio i mål, var och en på sin egen nivå
organise-qualified = Klasser som har kvalat in
