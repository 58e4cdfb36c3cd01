author-title = Förhandsgranska uppgifter
author-counts = { $exercises } uppgifter i { $skills } områden.
author-from-folder = Allt läses på nytt ur { $folder } för varje sida. Spara filen och ladda om sidan.
author-from-program = Det här är programmets egna uppgifter. Starta med --folder för att se en mapp med filer.
author-all = Alla områden
author-year = Årskurs { $year }
author-years = Årskurs { $first }–{ $last }
author-exercises = { $n ->
    [0] inga uppgifter
    [one] { $n } uppgift
   *[other] { $n } uppgifter
}
author-none = Det finns inga uppgifter i området än.
author-facts = { $kind }, nivå { $level }, svårighet { $difficulty }
author-seed = Dragning
author-show = Visa
author-before = Föregående
author-after = Nästa
author-proof = Att rätta
author-proven = Inget i { $n } dragna uppgifter.
author-lines = Skriv rader att pröva, en på varje rad
author-expected = Fel som uppgiften räknar med
author-files = Filerna kan inte läsas än
author-files-do = Rätta det som står här, spara och ladda om sidan.
author-no-such = Här finns inget som heter { $id }
author-no-such-do = Namnet kan ha ändrats. Gå till alla områden och leta där.
author-no-page = Den sidan finns inte
