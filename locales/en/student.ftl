today-hello = Hello { $name }!
today-next = Next
today-half-finished = You are in the middle of this one. Your lines are safe.
today-go-on = Keep going
today-start = Start
today-from-teachers = From your teachers
today-no-homework = No homework right now. Would you like to practise anyway?
today-given-by = From { $name }.
today-due = Due { $day }.
today-progress = { $done } of { $count } done.
today-all-done = All done
today-open = Open
today-open-titled = Open { $title }
today-done = This is what you have done
today-all-done-link = All I have done
today-no-minutes = Nothing yet this week.
today-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
  } on { $days ->
    [one] one day
   *[other] { $days } days
  } this week.
today-minutes-a-day = Minutes a day this week
today-not-yet = not yet
kind-homework = Homework
kind-bookmark = Bookmark
kind-test = Test
kind-discussion = Discussion
past-lines = { $n ->
    [0] No lines yet
    [one] { $n } line
   *[other] { $n } lines
  }
past-side-steps = { $n ->
    [one] one side step
   *[other] { $n } side steps
  }
past-hints = { $n ->
    [one] one hint
   *[other] { $n } hints
  }
past-done = Done
past-open = Not done yet
past-left = Swapped for another
past-nothing = What you practise will stand here.
done-title = This is what you have done
done-lead = Each task leads to your lines.
map-lead = This is how it looks now. It changes as you practise.
map-about = About { $n } in 10
map-between = (between { $low } and { $high })
map-not-sure = We are not sure yet. Do a few more and we will know more.
map-needs = Builds on: { $skills }
map-rest = { $n ->
    [one] One more topic
   *[other] { $n } more topics
}
map-note = The band shows how sure we are: the shorter the band, the surer.
map-state-can = Can do
map-state-learning = On the way
map-state-now = You are here
map-state-review = Time to review
map-state-soon = Not begun
strand-number = Numbers
strand-algebra = Algebra
strand-relations-change = Relationships and change
strand-geometry = Geometry
strand-probability-statistics = Probability and statistics
strand-problem-solving = Problem solving
strand-logic = Logic and proof
day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
day-long = { $weekday } { $day } { $month }
day-printed = { $day } { $month } { $year }
day-long-of-year = { $weekday } { $day } { $month } { $year }
day-and-time = { $day } { $time }
day-short-0 = Mo
day-short-1 = Tu
day-short-2 = We
day-short-3 = Th
day-short-4 = Fr
day-short-5 = Sa
day-short-6 = Su
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
plan-title = Today’s plan
plan-warm_up = Warm-up
plan-practice = Practise
plan-stretch = Challenge
plan-note = The plan changes with how it goes. You may always take another task.
