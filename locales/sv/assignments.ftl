kind-homework-help = Att räkna till en viss dag.
kind-bookmark-help = Bra att räkna när det passar.
kind-test-help = Visar vad eleverna kan nu. Rader bedöms och ledtrådar finns som vanligt.
kind-discussion-help = Att räkna och sedan prata om tillsammans.
standing-coming = Börjar senare
standing-open = Pågår
standing-past = Sista dagen har varit
standing-taken-back = Tillbakatagen
work-from = Från { $day }
work-from-to = Från { $from } till { $to }
work-due = Till { $day }
work-no-due = Ingen sista dag
work-done = { $done } av { $all } klara
work-so-far = { $done } av { $all }
work-not-begun = inte börjat
work-counts = { $all ->
    [one] En elev
   *[other] { $all } elever
}, { $done ->
    [one] en klar
   *[other] { $done } klara
}
work-students = Elever i arbetet
work-items = Uppgifter i arbetet
work-neighbours = Föregående och nästa elev
work-progress = Så långt har alla kommit
work-progress-table = Så långt har alla kommit. Tabellen går att rulla i sidled
work-finished-count = Klara
cell-finished = Klar
cell-begun = Börjat
cell-not-begun = Inte börjat
item-gone = Uppgiften finns inte kvar i banken.
lines-of = Alla rader som { $name } skrev
no-line-yet = Ingen rad än.
calculation-opened = Öppnad { $when }
calculation-open = Öppna uppgiften för sig
student-can = Vad { $name } kan
student-of-ten = Ungefär { $n } av 10 (mellan { $low } och { $high })
student-unknown = Vi vet inte säkert än.
student-did = Det här har { $name } gjort
student-all = Visa allt
student-nothing = { $name } har inte räknat något här än.
student-earlier = Visa tidigare
student-everything = Allt som { $name } har gjort
back-to = Till { $name }
assign-what = Vad och när
assign-kind = Sorts arbete
assign-title = Rubrik
assign-title-help = Det eleverna ser, till exempel Ekvationer, vecka 48.
assign-from = Från och med
assign-from-help = Lämna tomt för att dela ut nu.
assign-due = Sista dag
assign-due-help = Lämna tomt om det inte finns någon.
assign-of-each = Antal av varje
assign-of-each-help = Så många uppgifter av varje sort, med olika tal.
assign-which = Vilka uppgifter
assign-which-help = Exemplen visar hur en uppgift kan se ut. Talen lottas när du delar ut och blir samma för alla.
assign-search = Sök område
assign-found = Träffar:
assign-found-none = Inget område heter så. Pröva ett annat eller ett kortare ord.
assign-sorts = { $n ->
    [one] en sort
   *[other] { $n } sorter
}
assign-show = Visa uppgifterna
assign-mathematics = Matematik { $level }
assign-years = Årskurs { $years }
assign-level = Nivå { $level }
assign-give = Dela ut till { $group }
assign-to = Dela ut till { $group }
cancel = Avbryt
assignments-given = Utdelade uppgifter
assignments-none = Inget är utdelat än
assignments-none-do = Välj en grupp, så får eleverna något att räkna.
newest-first = Nyast först
preview = Förhandsgranska
preview-as-student = Förhandsgranska som elev
preview-note = Så här möter eleverna uppgiften. Här går det inte att skriva.
preview-close = Tillbaka till hur det går
preview-item = Uppgift { $n } av { $all }
preview-lines = Elevens rader
preview-first-step = Skriv ditt första steg
preview-yours = Bara för dig
preview-hints = { $n ->
    [one] En ledtråd
   *[other] { $n } ledtrådar
}
preview-worked = En väg till svaret
taken-back = Arbetet är tillbakataget. Eleverna ser det inte längre. Det de skrev finns kvar.
take-back = Ta tillbaka
take-back-open = Ta tillbaka arbetet
take-back-what = Arbetet försvinner från elevernas sida. Det de redan har skrivit finns kvar, både för dem och för dig. Vill du ångra dig får du dela ut på nytt.
take-back-do = Ja, ta tillbaka
