new-password = Nytt lösenord
new-password-says = { $name } får ett nytt lösenord av vanliga ord. Det gamla slutar gälla, och { $name } loggas ut överallt. Allt som är räknat finns kvar.
new-password-card = Har { $name } ett inloggningskort fortsätter det att gälla. Är det också borta, avsluta det här:
new-password-give = Ge { $name } ett nytt lösenord
new-password-once = Lösenordet visas bara nu. Skriv av det, eller skriv ut sidan från webbläsarens meny. Alla glömmer ibland, och det går att göra om när som helst.
