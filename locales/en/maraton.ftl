maraton-goal = { $items } exercises and { $km } kilometres, at your own pace.
maraton-dates = From { $first } to { $last }.
maraton-days-left = { $n ->
    [0] Today is the last day.
    [one] One day left.
   *[other] { $n } days left.
  }
maraton-closed = It is over for this time. Well done! Distances that wait can still be approved.
maraton-nameless = A student
maraton-waiting = Waiting for you
maraton-nothing-waits = No distances are waiting right now.
maraton-group = { $name }: { $n ->
    [one] one distance
   *[other] { $n } distances
  }
maraton-approve-ticked = Approve the ticked ones
maraton-approve-all = Approve all
maraton-approve-all-but = Approve all but { $n ->
    [one] one
   *[other] { $n }
  }
maraton-approve = Approve
maraton-return = Give back
maraton-approve-named = Approve: { $name }, { $told }
maraton-return-named = Give back: { $name }, { $told }
maraton-doubt-far = More than 30 km without a time. Could it be minutes instead? It is not ticked.
maraton-doubt-fast = More than 40 km an hour. Can that be right? It is not ticked.
maraton-doubt-double = As long as another one on the same day. Is it the same? It is not ticked.
maraton-doubt-much = 60 km or 12 hours and more on one day. Can that be right? It is not ticked.
maraton-told = { $km }{"\u00A0"}km
maraton-told-minutes = { $km }{"\u00A0"}km in { $n ->
    [one] one minute
   *[other] { $n } minutes
  }
maraton-told-counted = { $n ->
    [one] One minute
   *[other] { $n } minutes
  }, counts as { $km }{"\u00A0"}km
maraton-told-track = { $km }{"\u00A0"}km, from a file
maraton-told-track-minutes = { $km }{"\u00A0"}km in { $n ->
    [one] one minute
   *[other] { $n } minutes
  }, from a file
maraton-own = Your way
maraton-finished = You have made it! Both the exercises and the kilometres are done.
maraton-course = Your course
maraton-course-pick = Pick your course
maraton-course-help = Exercises of the course count. You can change it whenever you like: all that you have done stays, and we count it again for the course that you pick.
maraton-course-told = Years { $from }–{ $to }, you have done { $n ->
    [one] 1 exercise
   *[other] { $n } exercises
}
maraton-course-own = your course
maraton-course-suggested = fits your school year
maraton-course-take = Pick the course
maraton-course-change = Change course
maraton-course-named = Course: { $name }
maraton-no-course = Pick a course, and your exercises begin to count.
maraton-of-items = of { $goal } exercises
maraton-of-km = of { $goal }{"\u00A0"}km
maraton-waits = { $km }{"\u00A0"}km more are waiting for your teacher
maraton-practise = Go on practising
maraton-report = Add a distance
maraton-kilometres = How far? (km)
maraton-kilometres-help = For example 3.2. Can’t it be measured? Leave it empty.
maraton-minutes = For how long? (minutes)
maraton-minutes-help = Swimming, trampoline or skipping? Write minutes only: 3 km are counted for an hour.
maraton-day = Which day?
maraton-send = Add
maraton-where-never = Where you were is never kept, only how far and how long.
maraton-track = Read it from a watch
maraton-track-day-help = Leave it empty, and we take the day from the file.
maraton-file = File from the watch
maraton-file-help = GPX, TCX or FIT, at most 10 MB
maraton-read = Read it
maraton-file-gone = We read how far, how long and which day. Then the file is thrown away, and where you were is never kept.
maraton-take-back = Take back
maraton-take-back-named = Take back: { $told }, { $day }
maraton-distances = Your distances
maraton-no-distances = What you add is shown here. Walk, cycle, swim or roll: everything by your own power counts.
maraton-state-waiting = Waiting for the teacher
maraton-state-approved = Approved
maraton-state-returned = Given back, look at it again
maraton-route = The way through the Nordic countries
maraton-route-from = From { $from } to { $to }: that is how far the goal is, for each and for all together.
maraton-route-km = { $done } of { $goal }{"\u00A0"}km.
maraton-route-solid = The solid line is how far { $name } has come.
maraton-route-solid-mine = The solid line is how far you have come.
maraton-route-start = { $name } is at the start in { $past }, and { $next } comes next.
maraton-route-start-mine = You are at the start in { $past }, and { $next } comes next.
maraton-route-out = { $name } has set out from { $past } towards { $next }.
maraton-route-out-mine = You have set out from { $past } towards { $next }.
maraton-route-past = { $name } has come past { $past } on the way to { $next }.
maraton-route-past-mine = You have come past { $past } on the way to { $next }.
maraton-route-there = { $name } has reached { $past }!
maraton-route-there-mine = You have reached { $past }!
maraton-schools = How are the schools doing?
maraton-together = Together the schools in the table have { $finishers } students who made it, { $items } exercises and { $km } km.
maraton-schools-order = The schools are ordered by how large a part of their students has made it. So that small and large schools have the same chance, we count as if every school had { $n } more students, who make it as often as everybody else. Only approved distances are counted.
maraton-finishers = Made it
maraton-items-each = Exercises per student
maraton-school = School
maraton-students = Students
maraton-all-km = Kilometres
maraton-km-each = Km per student
maraton-your-school = your school
maraton-other-schools = Other schools
maraton-folded = not shown, groups under five are kept together
scrolls-sideways = Table, scrolls sideways
day-short = { $day } { $month }
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
maraton-announcement = From the organiser
maraton-rules = This is how it works
maraton-entrants = Taking part
maraton-items = Exercises
maraton-metres = Metres
maraton-controller = Municipality or company
maraton-controllers = Municipalities and others that take part
maraton-controllers-note = Together for the schools in the table. They stand by name.
maraton-share = Share
organise = Organise a marathon
organise-lead = You decide the days, the goals and the courses. You see how the schools are doing in total, and no student.
organise-new = New marathon
organise-planned = not begun
organise-open = running now
organise-closed = over
organise-schools = Schools in the table
organise-entrants = Students taking part
organise-finishers = Have made it
organise-items = Exercises done
organise-kilometres = Kilometres, approved
organise-waiting = Distances waiting for teachers
organise-figures-note = Schools with fewer than five students taking part are not counted in, so that nobody can be told by a figure. Distances that wait are counted for all schools together.
organise-pace = The pace, hour by hour
organise-pace-told = Most within a day: { $most } exercises between { $hour }.
organise-pace-hours = Show every hour
organise-pace-note = Counted at every full hour, over schools that are in the table both when the hour begins and when it is over.
organise-pace-none = The pace is shown once the first full hour has passed.
organise-hour = Hour
organise-page-note = Every marathon can have a page for everybody, without signing in: days, goals, rules and how the schools stand, without small schools. Whoever holds the marathon opens the page, and others who take part choose for themselves whether their schools are on it.
organise-page = The page for everybody:
organise-page-way = See it
organise-page-show = Show our schools to everybody
organise-page-hide = Stop showing our schools to everybody
public-planned = It has not begun yet. How the schools stand is here once it has.
public-closed = It is over for this time. Well done!
public-note = Here is only how schools do together, never any student. Schools where fewer than five take part are not shown. The page leaves nothing on what you read it on.
organise-standing = How the schools are doing
organise-csv = Get as CSV
organise-json = Get as JSON
organise-announce = Announce something
organise-events = All marathons
organise-none = There is no marathon yet. Make the first one.
organise-guests = Also taking part:
organise-is-guest = It is somebody else’s marathon, in which you take part.
organise-leave = Take no part
organise-offers = Marathons of others
organise-offers-help = You can take part in these. Your students then see the marathon as their own, and all who take part see how the schools stand, but for small ones.
organise-offer-goals = { $items } exercises and { $distance }
organise-host = Held by:
organise-join = Take part
organise-others = Others
organise-open-to = Who may take part?
organise-open-to-help = Others on the same server decide for themselves whether to take part: everybody sees the marathon among those of others, or whoever you give the invitation types it. Each approves the distances of their own students.
organise-open-own = Only we
organise-open-invited = Those who have the invitation
organise-invitation = Invitation:
organise-invited = Have you been given an invitation? Write it here.
organise-open-all = Everybody
organise-change = Change
organise-begun = It has begun, so the days, goals and courses stay as they are. The name and what is said of it can be changed.
organise-what = When, and what there is to reach
organise-name = Name
organise-first = First day
organise-last = Last day
organise-goal-items = Exercises
organise-goal-kilometres = Kilometres
organise-courses = Courses
organise-courses-help = A student picks one course. Its exercises are those of the school years that you give. Leave empty what you do not need.
organise-course = Course { $n }
organise-course-name = Course { $n }
organise-from = From year
organise-to = To year
organise-words = What is said of it
organise-rules = Rules
organise-rules-help = Shown to all who take part. An empty line begins a new paragraph.
organise-announcement = Announcement
organise-announcement-help = Stands at the top of the marathon’s page until you take it away. Write nobody’s name.
organise-save = Save
organise-make = Make the marathon
organise-take-back = Take the marathon back
organise-take-back-help = It has not begun. If you take it back it is gone, and nobody sees it.
diploma = Diploma
diploma-to = Print your diploma
diploma-help = It fits on an A4 sheet. Nothing else of the page is printed.
diploma-print = Print
diploma-back = Back to the marathon
diploma-has = has finished { $event }
diploma-goals = { $items } exercises and { $km } kilometres
diploma-spirit = step by step, at one’s own level and by one’s own power
draw = The draw
draw-before = When the marathon is over, winners are drawn among all who have finished. What it is drawn by is fixed already and cannot be exchanged: who wants to check it finds a checksum of it below.
draw-commitment = Checksum (SHA-256)
draw-done = It was drawn { $day }, among { $n ->
    [one] 1 ticket
   *[other] { $n } tickets
  }. A ticket does not say whose it is.
draw-winners = Tickets that won
draw-seed = What it was drawn by
draw-verify = Everybody can check it: the file has all tickets, and “stegvis maraton verify-draw” or a few lines in a terminal show whether it is true.
draw-blanks = Some tickets are nobody's. They are there so that nobody can work out how many have finished in small schools. If one of them wins, the prize goes to the next ticket.
draw-check = Check it yourself
draw-json = Get the draw as JSON
draw-lot = Your ticket
draw-lot-waits = You are in the draw when the marathon is over. The ticket is yours alone, and nobody else sees that it is you.
draw-lot-won = Your ticket won in the draw, in place { $place }! Tell your teacher.
draw-lot-lost = Your ticket was in the draw. This time other tickets won.
draw-lot-late = It had been drawn already when you finished, so the ticket is not in it.
draw-won = Won in your groups
draw-won-one = { $name }, place { $place }
draw-now = Draw
draw-number = How many winners?
draw-number-help = A whole number from 1 to 100. Draw some more than there are prizes, as some tickets are nobody's. It is drawn once, and cannot be done again.
draw-although = Draw although { $n ->
    [one] 1 distance waits
   *[other] { $n } distances wait
  } for teachers. Whoever finishes afterwards is not in it.
draw-later = You can draw when the marathon is over.
draw-none = This marathon was made before there were draws.
class-goal = Does the class qualify?
class-rule = A class of ten students or more qualifies when at least nine in ten have finished.
class-qualified = { $name } has qualified!
class-count = { $name }: { $n } of { $of } have finished.
class-percent = { $name }: more than { $percent } in 100 have finished.
class-not-yet = { $name } is on the way.
class-diploma = Diploma of the class
class-diploma-to = Print the diploma of the class
class-diploma-not-yet = The class has not qualified yet
class-diploma-at = { $name }, { $school }
class-diploma-has = has qualified together in { $event }
class-diploma-how = at least nine in ten have finished, each at their own level
organise-qualified = Classes that have qualified
