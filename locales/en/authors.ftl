author-title = Preview exercises
author-counts = { $exercises } exercises in { $skills } skills.
author-from-folder = Everything is read anew from { $folder } for every page. Save the file and reload the page.
author-from-program = These are the program’s own exercises. Start with --folder to see a folder of files.
author-all = All skills
author-year = Year { $year }
author-years = Years { $first }–{ $last }
author-exercises = { $n ->
    [0] no exercises
    [one] { $n } exercise
   *[other] { $n } exercises
}
author-none = There are no exercises in this skill yet.
author-facts = { $kind }, level { $level }, difficulty { $difficulty }
author-seed = Draw
author-show = Show
author-before = Previous
author-after = Next
author-proof = To mend
author-proven = Nothing in { $n } drawn items.
author-lines = Write lines to try, one on each row
author-expected = Mistakes that the exercise expects
author-files = The files cannot be read yet
author-files-do = Mend what stands here, save, and reload the page.
author-no-such = There is nothing here called { $id }
author-no-such-do = The name may have changed. Go to all skills and look there.
author-no-page = There is no such page
