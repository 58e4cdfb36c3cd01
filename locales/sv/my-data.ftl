my-data-way = Mina uppgifter
my-data-title = Det här vet vi om dig
my-data-lead-of = Allt som sparas här hör till dig. { $controller } bestämmer över det, vi sköter bara om det åt dem.
my-data-asked-before = Vi frågade { $day } om det vi vet om dig ska vara kvar. Nu har du varit här, så det är kvar.
my-data-never = Vi sparar inte din plats, inga bilder och inget ljud. Ingen reklam, inga andra företag.
my-data-seen = Vem har tittat
my-data-seen-all = Se hela listan
my-data-do = Vad du kan göra
my-data-copy-table = Hämta som tabell
my-data-wrong = Är något fel?
my-data-wrong-says = Fråga din skola om namn, användarnamn, årskurs eller grupp är fel. De kommer från skolan och rättas där. Språket och hur sidorna ser ut väljer du själv.
my-data-wrong-self = Språket och hur sidorna ser ut väljer du själv.
my-data-wrong-display = Ändra språk och visning
my-data-ask = Be att bli glömd
my-data-ask-says = Frågan går till { $controller }. Du får svar inom en månad.
my-data-ask-way = Be att bli glömd
my-data-asked = Du bad om att bli glömd { $day }.
my-data-waits = { $controller } svarar inom en månad. Tills dess fungerar allt som vanligt.
my-data-answered = Svaret kom { $day }: nej, inte nu.
my-data-take-back = Jag vill vara kvar
my-data-complain = Är du inte nöjd kan du klaga hos
my-data-authority = Integritetsskyddsmyndigheten
kept-who = Vem du är
kept-who-says = Ditt namn, vad du loggar in med och var du hör hemma:
kept-who-why = Behövs för att du ska kunna logga in och för att dina lärare ska känna igen dig.
kept-self = Vem du är
kept-self-says = Det du loggar in med och det du sa när du började:
kept-self-why = Behövs för att du ska kunna logga in.
kept-year = årskurs { $n }
kept-done = Det du räknat
kept-done-says = Varje rad du skrivit, när, och vad svaret blev:
kept-done-why = Behövs för att hitta uppgifter som passar dig.
kept-done-way = Se vad du gjort
kept-tasks =
    { $n ->
        [one] { $count } uppgift
       *[other] { $count } uppgifter
    }
kept-lines =
    { $n ->
        [one] { $count } rad
       *[other] { $count } rader
    }
kept-can = Vad vi tror att du kan
kept-can-says = En uppskattning för varje färdighet, som kan ändras:
kept-can-why = Behövs för att välja lagom svåra uppgifter.
kept-can-way = Se din karta
kept-skills =
    { $n ->
        [one] { $count } färdighet
       *[other] { $count } färdigheter
    }
kept-distance = Kurs och sträckor i maraton
kept-distance-says = Din kurs, hur långt du har kommit i den, och för varje sträcka hur långt, hur länge och vilken dag:
kept-distance-why = Aldrig var du varit.
kept-distances =
    { $n ->
        [one] { $count } sträcka
       *[other] { $count } sträckor
    }
kept-given = Det du gett andra
kept-given-says = Läxor, prov och annat som du har gett, med dina rubriker:
kept-given-why = Behövs för att eleverna ska se vem som gav det.
kept-works =
    { $n ->
        [one] { $count } arbete
       *[other] { $count } arbeten
    }
kept-wish = Hur du vill ha det
kept-wish-says = Ditt språk:
kept-wish-why = Hur sidorna ser ut sparas bara i den här webbläsaren.
kept-wish-way = Ändra
kept-device = Var du är inloggad
kept-device-says = Vilken dag och i vilken sorts webbläsare.
kept-device-why = Behövs för att du ska kunna logga ut den som inte är du.
count = När glöms du?
count-of = När glöms personen?
count-last-visit = Om du slutar använda Stegvis idag glöms allt om dig den
count-agreement = Skolan har slutat använda Stegvis. Allt om dig glöms den
count-account = Du hör inte längre till någon skola här. Allt om dig glöms den
count-consent = Du har tagit tillbaka ditt samtycke. Allt om dig tas bort den
count-day = Allt om dig glöms den
count-proposed = { $controller } får frågan om allt om dig ska glömmas den
count-proposed-says = Inget händer av sig självt. { $controller } bestämmer.
count-held = Just nu behålls allt om dig, för att { $controller } behöver det.
count-held-until = Om det fortfarande behövs tittar de på igen senast den { $day }.
count-none = { $controller } bestämmer hur länge det vi vet om dig är kvar.
count-now = Tiden är slut. Allt om dig glöms en av de närmaste nätterna.
count-months =
    { $n ->
        [one] Det är en månad.
       *[other] Det är { $n } månader.
    }
count-days =
    { $n ->
        [one] Det är en dag.
       *[other] Det är { $n } dagar.
    }
count-begins-again = Är du här igen börjar tiden om.
count-agreement-too =
    { $n ->
        [one] Slutar skolan med Stegvis går det en månad därifrån.
       *[other] Slutar skolan med Stegvis går det { $n } månader därifrån.
    }
count-passed = { $over } av { $whole } dagar har gått
ask-goes-to = Frågan går till { $controller }. Det är de som bestämmer över det vi vet om dig. De svarar inom en månad.
ask-if-yes = Säger de ja händer det här:
ask-goes-lines = Allt du har räknat, din karta och dina sträckor tas bort.
ask-goes-account = Ditt namn och ditt användarnamn tas bort. Du kan inte logga in mer.
ask-no-way-back = Det går inte att få tillbaka.
ask-until-then = Tills du får svar fungerar allt som vanligt, och du kan ångra dig.
ask-do = Ja, be att bli glömd
ask-not = Nej, gå tillbaka
