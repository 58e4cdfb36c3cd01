groups = Groups
groups-none = You have no group yet
groups-none-do = The school’s administrator adds you to your groups. Then they stand here.
look-again = Look again
group-students = { $n ->
    [0] No students yet
    [one] One student
   *[other] { $n } students
}
you-are-here = You are here
names-hide = Hide names
names-show = Show names
student-numbered = Student { $n }
assign-work = Assign work
group-empty = The group has no students yet
group-empty-do = The school’s administrator adds students. Then you will see them here.
group-here = { $here } of { $all } are here.
group-waiting = { $n ->
    [0] Nobody needs you right now.
    [1] One needs you.
    [2] Two need you.
    [3] Three need you.
    [4] Four need you.
    [5] Five need you.
    [6] Six need you.
   *[other] { $n } need you.
}
group-needs = Needs you now
group-nobody-waits = Nobody is stuck or has gone silent.
group-needs-you = { $name } needs you.
waiting-stuck = { $n ->
    [3] Three side steps
    [4] Four side steps
    [5] Five side steps
    [6] Six side steps
   *[other] { $n } side steps
} after { $maths }.
waiting-silent = { $n ->
    [one] Has not written for a minute.
   *[other] Has not written for { $n } minutes.
} Stands at { $maths }.
waiting-silent-empty = { $n ->
    [one] Has not written for a minute.
   *[other] Has not written for { $n } minutes.
} Opened the task but has no line yet.
open-the-lines = Open the lines
waiting-appeal = Holds that line { $n } is right.
open-the-line = Look at the line
open-the-task = Open the task
group-everyone = Everyone right now
group-as-of = As it was at { $time }.
update = Update
tile-working = Working
tile-stuck = Stuck
tile-silent = Silent
tile-done = Done
tile-away = Not here
tile-task = Task { $n }
tile-practice = Practice
tile-line = { $task }, line { $n }
tile-since = { $task }, for { $n } min
tile-lines = { $task }, { $n ->
    [one] 1 line
   *[other] { $n } lines
}
group-known = What the group can do
group-known-table = What the group can do. The table scrolls sideways
group-known-note = The number says how many of ten such tasks the student is expected to solve. The band shows how sure we are. Hatched: too little to go on yet.
group-known-none = Nobody in the group has practised yet. When they begin, the table grows here.
student = Student
whole-group = The whole group
cell-of-ten = { " " }out of 10, between { $low } and { $high }
cell-unknown = not known yet
group-given = Assigned to the group
group-given-none = Nothing has been assigned yet.
