my-data-way = My data
my-data-title = This is what we know about you
my-data-lead-of = Everything that is kept here is about you. { $controller } decides over it, we only look after it for them.
my-data-asked-before = We asked { $day } whether what we know about you is to stay. Now you have been here, so it stays.
my-data-never = We do not keep where you are, no pictures and no sound. No advertising, no other companies.
my-data-seen = Who has looked
my-data-seen-all = See the whole list
my-data-do = What you can do
my-data-copy-table = Fetch as a table
my-data-wrong = Is something wrong?
my-data-wrong-says = Ask your school if the name, user name, school year or group is wrong. They come from the school and are put right there. The language and how the pages look you choose yourself.
my-data-wrong-self = The language and how the pages look you choose yourself.
my-data-wrong-display = Change language and display
my-data-ask = Ask to be forgotten
my-data-ask-says = The question goes to { $controller }. You get an answer within a month.
my-data-ask-way = Ask to be forgotten
my-data-asked = You asked to be forgotten { $day }.
my-data-waits = { $controller } answers within a month. Until then everything works as usual.
my-data-answered = The answer came { $day }: no, not now.
my-data-take-back = I want to stay
my-data-complain = If you are not content you can complain to
my-data-authority = the Swedish Authority for Privacy Protection
kept-who = Who you are
kept-who-says = Your name, what you sign in with and where you belong:
kept-who-why = Needed for you to sign in and for your teachers to know you.
kept-self = Who you are
kept-self-says = What you sign in with and what you said when you began:
kept-self-why = Needed for you to sign in.
kept-year = year { $n }
kept-done = What you worked out
kept-done-says = Every line you wrote, when, and what the answer was:
kept-done-why = Needed to find tasks that suit you.
kept-done-way = See what you did
kept-tasks =
    { $n ->
        [one] { $count } task
       *[other] { $count } tasks
    }
kept-lines =
    { $n ->
        [one] { $count } line
       *[other] { $count } lines
    }
kept-can = What we think you can do
kept-can-says = An estimate for each skill, which may change:
kept-can-why = Needed to choose tasks that are neither too hard nor too easy.
kept-can-way = See your map
kept-skills =
    { $n ->
        [one] { $count } skill
       *[other] { $count } skills
    }
kept-distance = Course and distances in the marathon
kept-distance-says = Your course, how far you have come in it, and of each distance how far, how long and on what day:
kept-distance-why = Never where you were.
kept-distances =
    { $n ->
        [one] { $count } distance
       *[other] { $count } distances
    }
kept-given = What you gave to others
kept-given-says = Homework, tests and other work that you gave, with your titles:
kept-given-why = Needed for the students to see who gave it.
kept-works =
    { $n ->
        [one] { $count } piece of work
       *[other] { $count } pieces of work
    }
kept-wish = How you want it
kept-wish-says = Your language:
kept-wish-why = How the pages look is kept in this browser only.
kept-wish-way = Change it
kept-device = Where you are signed in
kept-device-says = On what day and in what kind of browser.
kept-device-why = Needed for you to sign out who is not you.
count = When are you forgotten?
count-of = When is this person forgotten?
count-last-visit = If you stop using Stegvis today, everything about you is forgotten on
count-agreement = The school has stopped using Stegvis. Everything about you is forgotten on
count-account = You no longer belong to any school here. Everything about you is forgotten on
count-consent = You have withdrawn your consent. Everything about you is deleted on
count-day = Everything about you is forgotten on
count-proposed = { $controller } is asked whether everything about you is to be forgotten on
count-proposed-says = Nothing happens by itself. { $controller } decides.
count-held = Just now everything about you is kept, because { $controller } needs it.
count-held-until = They look at whether it is still needed by { $day } at the latest.
count-none = { $controller } decides how long what we know about you stays.
count-now = The time is over. Everything about you is forgotten one of the next nights.
count-months =
    { $n ->
        [one] That is one month.
       *[other] That is { $n } months.
    }
count-days =
    { $n ->
        [one] That is one day.
       *[other] That is { $n } days.
    }
count-begins-again = When you are here again, the time begins anew.
count-agreement-too =
    { $n ->
        [one] If the school stops using Stegvis, it is one month from then.
       *[other] If the school stops using Stegvis, it is { $n } months from then.
    }
count-passed = { $over } of { $whole } days have passed
ask-goes-to = The question goes to { $controller }. They decide over what we know about you. They answer within a month.
ask-if-yes = If they say yes, this happens:
ask-goes-lines = All you worked out, your map and your distances are removed.
ask-goes-account = Your name and your user name are removed. You can no longer sign in.
ask-no-way-back = It cannot be brought back.
ask-until-then = Until you get the answer everything works as usual, and you can change your mind.
ask-do = Yes, ask to be forgotten
ask-not = No, go back
