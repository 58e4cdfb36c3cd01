kind-homework-help = To be done by a certain day.
kind-bookmark-help = Good to practise when it suits.
kind-test-help = Shows what students can do now. Lines are judged and hints are there as usual.
kind-discussion-help = To work on and then talk about together.
standing-coming = Begins later
standing-open = Under way
standing-past = The last day has been
standing-taken-back = Taken back
work-from = From { $day }
work-from-to = From { $from } to { $to }
work-due = Due { $day }
work-no-due = No last day
work-done = { $done } of { $all } done
work-so-far = { $done } of { $all }
work-not-begun = not begun
work-counts = { $all ->
    [one] One student
   *[other] { $all } students
}, { $done ->
    [one] one done
   *[other] { $done } done
}
work-students = Students in this work
work-items = Tasks in this work
work-neighbours = Previous and next student
work-progress = How far everyone has come
work-progress-table = How far everyone has come. The table scrolls sideways
work-finished-count = Done
cell-finished = Done
cell-begun = Begun
cell-not-begun = Not begun
item-gone = The task is no longer in the bank.
lines-of = All lines that { $name } wrote
no-line-yet = No line yet.
calculation-opened = Opened { $when }
calculation-open = Open the task by itself
student-can = What { $name } can do
student-of-ten = About { $n } in 10 (between { $low } and { $high })
student-unknown = We are not sure yet.
student-did = What { $name } has done
student-all = Show everything
student-nothing = { $name } has not practised anything here yet.
student-earlier = Show earlier
student-everything = Everything { $name } has done
back-to = To { $name }
assign-what = What and when
assign-kind = Kind of work
assign-title = Title
assign-title-help = What students see, for example Equations, week 48.
assign-from = From
assign-from-help = Leave empty to assign it now.
assign-due = Last day
assign-due-help = Leave empty if there is none.
assign-of-each = How many of each
assign-of-each-help = So many tasks of each sort, with different numbers.
assign-which = Which tasks
assign-which-help = The samples show what a task can look like. Numbers are drawn when you assign and are the same for all.
assign-search = Search topics
assign-found = Found:
assign-found-none = No skill is called that. Try another or a shorter word.
assign-sorts = { $n ->
    [one] one sort
   *[other] { $n } sorts
}
assign-show = Show the tasks
assign-mathematics = Mathematics { $level }
assign-years = Years { $years }
assign-level = Level { $level }
assign-give = Assign to { $group }
assign-to = Assign to { $group }
cancel = Cancel
assignments-given = Assigned work
assignments-none = Nothing has been assigned yet
assignments-none-do = Choose a group, and the students have something to work on.
newest-first = Newest first
preview = Preview
preview-as-student = Preview as a student
preview-note = This is how students meet the task. Nothing can be written here.
preview-close = Back to how it goes
preview-item = Task { $n } of { $all }
preview-lines = The student’s lines
preview-first-step = Write your first step
preview-yours = Only for you
preview-hints = { $n ->
    [one] One hint
   *[other] { $n } hints
}
preview-worked = One way to the answer
taken-back = The work has been taken back. Students no longer see it. What they wrote is still there.
take-back = Take back
take-back-open = Take the work back
take-back-what = The work goes from the students’ page. What they have already written stays, for them and for you. If you change your mind, assign it again.
take-back-do = Yes, take it back
