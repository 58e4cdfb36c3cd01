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
group-known-more = Topics that nobody has begun are found where you assign work
group-known-none = Nobody in the group has practised yet. When they begin, the table grows here.
student = Student
whole-group = The whole group
cell-of-ten = { " " }out of 10, between { $low } and { $high }
cell-unknown = not known yet
group-given = Assigned to the group
group-given-none = Nothing has been assigned yet.
part-start = Where everybody starts
part-general = Everything the student has done so far
part-skill = This very topic
part-recent = How the last tasks went
part-forgetting = Time since the topic was practised
part-experience = How much has been done
part-item = The task itself
part-same-item = The same task before
part-sitting = This sitting
part-several = Several topics at once
parts-why = What speaks for and against?
parts-unit = Plus speaks for solving a usual task at the first attempt, minus against it (log odds).
steering = What is chosen next
steering-link = Steer the choice
steering-lead = Say what { $name } is to get next, or not at all. Stegvis chooses the rest.
steering-said = This holds now
steering-nothing = Nothing is said. Stegvis chooses by itself.
steering-pinned = Chosen next
steering-excluded = Not chosen
steering-end = Remove
steering-of-group = Holds for all of { $group }.
steering-skill = Topic
steering-pin = Choose it next
steering-exclude = Do not choose it
steering-note = What is chosen next is a goal too: if something it builds on is missing, that comes first. Work that you assign is not affected.
