answer-one = Choose one answer
answer-several = Choose all that are right
answer-order = Write the letters in the right order
answer-match = Which letter belongs to it?
answer-gap = In the box
answer-gap-number = Box { $n }
answer-point = The number is
answer-words = Explain in your own words
answer-value = Your answer
answer-send = Answer
answer-send-part = Answer { $part }
answer-part-done = Done
answer-unit = Unit:
answer-handed-in = Saved.
answer-kept = Your teacher will read what you wrote.
answer-unreadable = The answer is not complete yet.
answer-lacks = Something is missing. Fill in everything and send it again.
answer-not-yet = That does not hold yet. Read the task once more and try again.
answer-other-expression = It is another expression. Read the task once more and try again.
answer-other-number = It is another number. Read the task once more, or write one step at a time.
answer-other-number-part = It is another number. Read the question once more and try again.
answer-some = { $right ->
    [one] { $right } of { $all } is right. Look at the others.
   *[other] { $right } of { $all } are right. Look at the others.
}
your-answers = Your answers
write-answer = Write your answer
